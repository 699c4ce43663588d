{{ behind_settings_check() }}

with source as (
    select * from {{ source('support', 'support_csat_ratings') }}
),

renamed as (
    select
        -- ids
        trim(rating_id) as interaction_id,
        upper(trim(customer_id)) as customer_id,
        trim(ticket_id) as content_id,

        -- what
        'csat_rated' as event_type,
        cast(rating as decimal(18, 4)) as quantity,

        -- when
        rated_at as occurred_at,
        loaded_at

    from source
)

select * from renamed
