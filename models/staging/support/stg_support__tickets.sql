{{ behind_settings_check() }}

with source as (
    select * from {{ source('support', 'support_tickets') }}
),

renamed as (
    select
        -- ids
        trim(ticket_id) as interaction_id,
        upper(trim(customer_id)) as customer_id,
        trim(ticket_id) as content_id,

        -- what
        case lower(trim(initiated_by))
            when 'customer' then 'ticket_opened'
            else 'ticket_opened_by_agent'
        end as event_type,
        subject_category,
        priority,

        -- when
        created_at as occurred_at,
        loaded_at

    from source
)

select * from renamed
