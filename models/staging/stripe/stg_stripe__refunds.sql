{{ config(**connector_model('stg_stripe__refunds')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('stripe', 'refund')) %}
{%- set currency = source_text(columns, ['currency']) %}

with source as (
    select * from {{ source('stripe', 'refund') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as interaction_id,
        {{ source_text(columns, ['charge_id']) }} as content_id,

        -- what
        {{ source_text(columns, ['status']) }} as status,
        {{ major_units(source_decimal(columns, ['amount']), currency) }} as amount,
        upper({{ currency }}) as currency,
        {{ source_flag(columns, ['_fivetran_deleted']) }} as is_deleted,

        -- when
        {{ source_time(columns, 'created', 'stripe') }} as occurred_at,
        {{ source_time(columns, '_fivetran_synced', 'stripe') }} as loaded_at

    from source
)

{{ latest_rows('renamed', 'interaction_id', [
    'interaction_id', 'content_id', 'status', 'amount', 'currency', 'occurred_at', 'loaded_at',
]) }}
