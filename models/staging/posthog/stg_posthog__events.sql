{{ config(**connector_model('stg_posthog__events')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('posthog', 'events')) %}
{%- set device_id = json_text('source.properties', '$device_id') %}
{%- set is_anonymous %}
    (
        {{ json_text('source.properties', '$is_identified') }} = 'false'
        or source.distinct_id = {{ device_id }}
    )
{%- endset %}
with source as (
    select * from {{ source('posthog', 'events') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['uuid']) }} as interaction_id,
        case
            when not coalesce({{ is_anonymous }}, false) then {{ customer_key(source_text(columns, ['distinct_id'])) }}
        end as customer_id,
        -- The event that identifies somebody names the device in a property of its own.
        coalesce(
            {{ json_text('source.properties', '$anon_distinct_id') }},
            {{ device_id }},
            case when {{ is_anonymous }} then {{ source_text(columns, ['distinct_id']) }} end
        ) as anonymous_id,
        case
            when source.event = '$create_alias' then {{ customer_key(json_text('source.properties', 'alias')) }}
        end as other_id,
        {{ json_text('source.properties', '$session_id') }} as session_id,
        {{ url_path(json_text('source.properties', '$current_url')) }} as content_id,
        {{ json_text('source.properties', 'utm_campaign') }} as campaign_id,

        -- what
        case source.event
            when '$pageview' then 'page_view'
            when '$screen' then 'screen_view'
            when '$identify' then 'identify'
            else {{ event_key('source.event') }}
        end as event_type,
        {{ is_bot_user_agent(json_text('source.properties', '$raw_user_agent')) }} as is_bot,

        -- when
        {{ source_time(columns, 'timestamp', 'posthog') }} as occurred_at,
        {{ source_time(columns, 'timestamp', 'posthog') }} as linked_at,
        coalesce(
            {{ source_time(columns, 'bq_ingested_timestamp', 'posthog') }},
            {{ day_after(source_time(columns, 'timestamp', 'posthog')) }}
        ) as loaded_at

    from source
)

select * from renamed
