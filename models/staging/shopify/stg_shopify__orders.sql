{{ config(**connector_model('stg_shopify__orders')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('shopify', 'order')) %}

with source as (
    select * from {{ source('shopify', 'order') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as interaction_id,
        -- who bought as a guest is known by the address alone
        coalesce(
            'shopify:' || {{ source_text(columns, ['customer_id']) }},
            {{ customer_key(source_text(columns, ['email'])) }}
        ) as customer_id,

        -- what: in the shop's currency, before refunds
        case when {{ source_flag(columns, ['test']) }} then 'test_order' else 'order_placed' end as event_type,
        {{ source_decimal(columns, ['total_price_set_shop_amount', 'total_price']) }} as amount,
        upper({{ source_text(columns, ['total_price_set_shop_currency_code', 'currency_code', 'currency']) }}) as currency,
        {{ source_flag(columns, ['_fivetran_deleted']) }} as is_deleted,

        -- when: an order that was brought from another shop was created later than it was placed
        coalesce(
            {{ source_time(columns, 'processed_at', 'shopify') }},
            {{ source_time(columns, 'created_at', 'shopify') }}
        ) as occurred_at,
        {{ source_time(columns, 'cancelled_at', 'shopify') }} as cancelled_at,
        {{ source_time(columns, '_fivetran_synced', 'shopify') }} as loaded_at

    from source
)

{{ latest_rows('renamed', 'interaction_id', [
    'interaction_id', 'customer_id', 'event_type', 'amount', 'currency', 'occurred_at', 'cancelled_at', 'loaded_at',
]) }}
