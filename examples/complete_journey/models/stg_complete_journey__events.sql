-- Baskets carry a time in UTC; campaigns and coupons carry a date only, which stands at midnight.
with source as (
    select * from {{ source('complete_journey', 'events') }}
),

renamed as (
    select
        -- ids
        cast(event_id as {{ dbt.type_string() }}) as interaction_id,
        customer_id,
        session_id,

        -- what
        event_type,
        cast(value as decimal(18, 4)) as amount,
        case when value is not null then 'USD' end as currency,

        -- when
        occurred_at,
        cast('2018-01-02' as timestamp) as loaded_at

    from source
)

select * from renamed
