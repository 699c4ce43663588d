{{ config(**connector_model('stg_stripe__charges')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('stripe', 'charge')) %}
{%- set currency = source_text(columns, ['currency']) %}

with source as (
    select * from {{ source('stripe', 'charge') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as interaction_id,
        -- who paid as a guest is known by the address alone
        coalesce(
            'stripe:' || {{ source_text(columns, ['customer_id']) }},
            {{ customer_key(source_text(columns, ['receipt_email'])) }}
        ) as customer_id,

        -- what
        case
            when not {{ source_flag(columns, ['livemode'], missing='true') }} then 'test_payment'
            when {{ source_text(columns, ['status']) }} = 'failed' then 'charge_failed'
            when {{ source_text(columns, ['invoice_id']) }} is not null then 'invoice_paid'
            else 'charge_succeeded'
        end as event_type,
        {{ major_units(source_decimal(columns, ['amount']), currency) }} as amount,
        upper({{ currency }}) as currency,
        {{ source_flag(columns, ['_fivetran_deleted']) }} as is_deleted,

        -- when
        {{ source_time(columns, 'created', 'stripe') }} as occurred_at,
        {{ source_time(columns, '_fivetran_synced', 'stripe') }} as loaded_at

    from source
    -- what is only reserved on a card, or on its way, isn't paid yet
    where
        {{ source_text(columns, ['status']) }} = 'failed'
        or (
            {{ source_text(columns, ['status']) }} = 'succeeded'
            and {{ source_flag(columns, ['captured'], missing='true') }}
        )
)

{{ latest_rows('renamed', 'interaction_id', [
    'interaction_id', 'customer_id', 'event_type', 'amount', 'currency', 'occurred_at', 'loaded_at',
]) }}
