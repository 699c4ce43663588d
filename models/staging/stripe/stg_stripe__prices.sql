{{ config(**connector_model('stg_stripe__prices')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('stripe', 'price')) %}
{%- set currency = source_text(columns, ['currency']) %}
{%- set interval = source_text(columns, ['recurring_interval', 'interval']) %}
{%- set times = source_decimal(columns, ['recurring_interval_count', 'interval_count']) %}

with source as (
    select * from {{ source('stripe', 'price') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as price_id,

        -- what: a price by tiers or by use has no amount of its own
        {{ source_text(columns, ['nickname', 'product_id', 'id']) }} as plan,
        case
            when {{ source_text(columns, ['recurring_usage_type', 'usage_type']) }} = 'metered' then 0
            else coalesce({{ major_units(source_decimal(columns, ['unit_amount_decimal', 'unit_amount', 'amount']), currency) }}, 0)
        end as unit_price,
        upper({{ currency }}) as currency,
        case {{ interval }} when 'day' then 365 when 'week' then 52 when 'month' then 12 when 'year' then 1 end as payments_a_year,
        coalesce({{ times }}, 1) as intervals,
        false as is_deleted,

        -- when
        {{ source_time(columns, '_fivetran_synced', 'stripe') }} as loaded_at

    from source
)

{{ latest_rows('renamed', 'price_id', [
    'price_id', 'plan', 'unit_price', 'currency', 'payments_a_year', 'intervals', 'loaded_at',
]) }}
