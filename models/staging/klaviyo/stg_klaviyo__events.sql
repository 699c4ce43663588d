{{ config(**connector_model('stg_klaviyo__events')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('klaviyo', 'event')) %}
{%- set cohort = source_text(columns, ['property_cohort_message_send_cohort']) %}
{%- set flow = source_text(columns, ['flow_id']) %}
with source as (
    select * from {{ source('klaviyo', 'event') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as interaction_id,
        'klaviyo:' || {{ source_text(columns, ['person_id']) }} as customer_id,
        -- A flow sends its message again to whoever enters it again, a campaign never does.
        case
            when {{ flow }} is not null then coalesce({{ cohort }}, {{ source_text(columns, ['flow_message_id', 'property_message']) }})
            else coalesce({{ source_text(columns, ['campaign_id', 'property_message']) }}, {{ cohort }})
        end as content_id,
        coalesce({{ source_text(columns, ['campaign_id']) }}, {{ flow }}) as campaign_id,

        -- what
        case lower({{ source_text(columns, ['type']) }})
            when 'received email' then 'email_delivered'
            when 'opened email' then 'email_opened'
            when 'clicked email' then 'email_link_clicked'
            when 'bounced email' then 'email_bounced'
            when 'dropped email' then 'email_dropped'
            when 'marked email as spam' then 'email_marked_as_spam'
            when 'unsubscribed' then 'unsubscribed'
            when 'unsubscribed from email marketing' then 'unsubscribed'
            else {{ event_key(source_text(columns, ['type'])) }}
        end as event_type,
        {{ any_flag(columns, ['property_machine_open', 'property_apple_privacy_open', 'property_bot_click']) }} as is_bot,

        -- when
        coalesce({{ source_time(columns, 'datetime', 'klaviyo') }}, {{ source_time(columns, 'timestamp', 'klaviyo') }}) as occurred_at,
        {{ source_time(columns, '_fivetran_synced', 'klaviyo') }} as loaded_at

    from source
    where not {{ any_flag(columns, ['_fivetran_deleted']) }}
)

select * from renamed
