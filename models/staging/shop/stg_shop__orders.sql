{{ behind_settings_check() }}

with source as (
    select * from {{ source('shop', 'shop_orders') }}
),

renamed as (
    select
        -- ids
        trim(order_id) as interaction_id,
        upper(trim(customer_id)) as customer_id,

        -- what
        case lower(trim(order_status))
            when 'completed' then 'purchase'
            when 'cancelled' then 'order_cancelled'
            when 'test' then 'test_order'
        end as event_type,
        cast(total_amount as decimal(18, 4)) as amount,
        upper(trim(currency)) as currency,

        -- when
        ordered_at as occurred_at,
        loaded_at

    from source
)

select * from renamed
