{{ config(**connector_model('stg_shopify__refunds')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('shopify', 'transaction')) %}

with source as (
    select * from {{ source('shopify', 'transaction') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as interaction_id,
        {{ source_text(columns, ['order_id']) }} as content_id,

        -- what: in the shop's currency, which an older loader says only where the buyer's is another
        cast(
            abs({{ source_decimal(columns, ['amount_set_shop_amount', 'currency_exchange_final_amount', 'amount']) }})
            as decimal(18, 4)
        ) as amount,
        upper(
            {{ source_text(columns, ['amount_set_shop_currency_code', 'currency_exchange_currency', 'currency']) }}
        ) as currency,
        {{ source_flag(columns, ['_fivetran_deleted']) }} as is_deleted,

        -- when
        coalesce(
            {{ source_time(columns, 'processed_at', 'shopify') }},
            {{ source_time(columns, 'created_at', 'shopify') }}
        ) as occurred_at,
        {{ source_time(columns, '_fivetran_synced', 'shopify') }} as loaded_at

    from source
    where
        lower({{ source_text(columns, ['kind']) }}) = 'refund'
        and lower({{ source_text(columns, ['status']) }}) = 'success'
        and not {{ source_flag(columns, ['test']) }}
)

{{ latest_rows('renamed', 'interaction_id', [
    'interaction_id', 'content_id', 'amount', 'currency', 'occurred_at', 'loaded_at',
]) }}
