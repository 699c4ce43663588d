{{ behind_settings_check() }}

with source as (
    select * from {{ source('shop', 'shop_order_lines') }}
),

renamed as (
    select
        -- ids
        order_id,
        line_number,
        sku,

        -- numbers
        quantity,
        unit_price

    from source
)

select * from renamed
