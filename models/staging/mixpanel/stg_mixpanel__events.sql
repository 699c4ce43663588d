{{ config(**connector_model('stg_mixpanel__events')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('mixpanel', 'mp_master_event')) %}
{%- set device_id = source_text(columns, ['device_id', 'mp_device_id']) %}
{%- set distinct_id = source_text(columns, ['distinct_id', 'mp_distinct_id']) %}
{%- set insert_id = source_text(columns, ['insert_id', 'mp_insert_id']) %}
{%- set event_type = event_key(source_text(columns, ['event_name', 'mp_event_name'])) %}
with source as (
    select * from {{ source('mixpanel', 'mp_master_event') }}
),

renamed as (
    select
        -- ids
        {{ insert_id }} as insert_id,
        {{ distinct_id }} as distinct_id,
        coalesce(
            {{ customer_key(source_text(columns, ['user_id', 'mp_user_id'])) }},
            case
                when {{ distinct_id }} not like '$device:%' and {{ distinct_id }} <> coalesce({{ device_id }}, '')
                    then {{ customer_key(distinct_id) }}
            end
        ) as customer_id,
        coalesce(
            {{ device_id }},
            case when {{ distinct_id }} like '$device:%' then replace({{ distinct_id }}, '$device:', '') end
        ) as anonymous_id,
        {{ url_path(json_text('source.properties', '$current_url')) }} as content_id,

        -- what
        case {{ event_type }}
            when '$mp_web_page_view' then 'page_view'
            else {{ event_type }}
        end as event_type,

        -- when
        {{ source_time(columns, 'time', 'mixpanel') }} as occurred_at

    from source
),

-- The same insert id with another event, user or time is another event: so Mixpanel tells duplicates.
identified as (
    select
        case
            when insert_id is not null
                then {{ dbt.hash(row_as_text(['insert_id', 'event_type', 'distinct_id', 'occurred_at'])) }}
        end as interaction_id,
        customer_id,
        anonymous_id,
        content_id,
        event_type,
        occurred_at,
        {{ day_after('occurred_at') }} as loaded_at
    from renamed
)

select * from identified
