{{ behind_settings_check() }}

with source as (
    select * from {{ source('email', 'email_events') }}
),

renamed as (
    select
        -- ids
        trim(event_id) as interaction_id,
        upper(trim(customer_id)) as customer_id,
        message_id as content_id,
        campaign_id,

        -- what
        'email_' || nullif(lower(trim(event)), '') as event_type,
        is_machine_open as is_bot,

        -- when
        {{ timestamp_from_epoch('occurred_epoch') }} as occurred_at,
        loaded_at

    from source
)

select * from renamed
