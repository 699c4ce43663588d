{{ config(**connector_model('stg_hubspot__email_status_changes')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('hubspot', 'email_event_status_change')) %}
{%- set status = "upper(" ~ source_text(columns, ['portal_subscription_status']) ~ ")" %}
with source as (
    select * from {{ source('hubspot', 'email_event_status_change') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as interaction_id,

        -- what: all e-mails, or one kind of them
        case
            when {{ status }} = 'UNSUBSCRIBED' then 'unsubscribed'
            when {{ source_text(columns, ['subscriptions']) }} like '%"UNSUBSCRIBED"%' then 'unsubscribed_from_list'
            when {{ status }} = 'SUBSCRIBED' then 'subscribed_to_email_marketing'
        end as event_type,

        -- when
        {{ source_time(columns, '_fivetran_synced', 'hubspot') }} as loaded_at

    from source
)

select * from renamed
