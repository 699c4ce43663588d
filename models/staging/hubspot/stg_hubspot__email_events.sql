{{ config(**connector_model('stg_hubspot__email_events')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('hubspot', 'email_event')) %}
{%- set event_id = source_text(columns, ['id']) %}
{%- set type = "replace(lower(" ~ source_text(columns, ['type']) ~ "), '_', '')" %}
with source as (
    select * from {{ source('hubspot', 'email_event') }}
),

-- The event that a later one makes obsolete isn't one: a message that bounced after all wasn't delivered.
renamed as (
    select
        -- ids
        {{ event_id }} as interaction_id,
        {{ customer_key(source_text(columns, ['recipient'])) }} as customer_id,
        coalesce({{ source_text(columns, ['sent_by_id']) }}, case when {{ type }} = 'sent' then {{ event_id }} end) as content_id,
        {{ source_text(columns, ['email_campaign_id']) }} as campaign_id,

        -- what
        case {{ type }}
            when 'open' then 'email_opened'
            when 'click' then 'email_link_clicked'
            when 'bounce' then 'email_bounced'
            when 'spamreport' then 'email_marked_as_spam'
            when 'statuschange' then 'email_preferences_changed'
            else 'email_' || {{ type }}
        end as event_type,
        {{ any_flag(columns, ['filtered_event']) }} as is_bot,

        -- when
        {{ source_time(columns, 'created', 'hubspot') }} as occurred_at,
        {{ source_time(columns, '_fivetran_synced', 'hubspot') }} as loaded_at

    from source
    where {{ source_text(columns, ['obsoleted_by_id']) }} is null
)

select * from renamed
