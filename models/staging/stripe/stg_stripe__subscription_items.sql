{{ config(**connector_model('stg_stripe__subscription_items')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('stripe', 'subscription_item')) %}

with source as (
    select * from {{ source('stripe', 'subscription_item') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as item_id,
        {{ source_text(columns, ['subscription_id']) }} as subscription_id,
        {{ source_text(columns, ['price_id', 'plan_id']) }} as price_id,

        -- what: by use there is none
        coalesce({{ source_decimal(columns, ['quantity']) }}, 1) as quantity,
        {{ source_flag(columns, ['_fivetran_deleted']) }} as is_deleted,

        -- when
        {{ source_time(columns, 'current_period_start', 'stripe') }} as period_started_at,
        {{ source_time(columns, 'current_period_end', 'stripe') }} as period_ends_at,
        {{ source_time(columns, '_fivetran_synced', 'stripe') }} as loaded_at

    from source
)

{{ latest_rows('renamed', 'item_id', [
    'item_id', 'subscription_id', 'price_id', 'quantity', 'period_started_at', 'period_ends_at', 'loaded_at',
]) }}
