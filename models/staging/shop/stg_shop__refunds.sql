{{ behind_settings_check() }}

with source as (
    select * from {{ source('shop', 'shop_refunds') }}
),

renamed as (
    select
        -- ids
        trim(refund_id) as interaction_id,
        upper(trim(customer_id)) as customer_id,
        order_id as content_id,

        -- what
        'order_refunded' as event_type,
        cast(amount as decimal(18, 4)) as amount,
        upper(trim(currency)) as currency,

        -- when
        refunded_at as occurred_at,
        loaded_at

    from source
)

select * from renamed
