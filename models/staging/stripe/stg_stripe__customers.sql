{{ config(**connector_model('stg_stripe__customers')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('stripe', 'customer')) %}
{%- set own_id = "'stripe:' || " ~ source_text(columns, ['id']) %}

with source as (
    select * from {{ source('stripe', 'customer') }}
),

renamed as (
    select
        -- ids
        coalesce({{ customer_key(source_text(columns, ['email'])) }}, {{ own_id }}) as customer_id,
        {{ own_id }} as other_id,

        -- what
        upper({{ source_text(columns, ['address_country']) }}) as country,
        {{ source_flag(columns, ['is_deleted']) }}
        or {{ source_flag(columns, ['_fivetran_deleted']) }}
        or not {{ source_flag(columns, ['livemode'], missing='true') }} as is_deleted,

        -- when
        {{ source_time(columns, 'created', 'stripe') }} as created_at,
        {{ source_time(columns, 'created', 'stripe') }} as linked_at,
        {{ source_time(columns, '_fivetran_synced', 'stripe') }} as loaded_at

    from source
)

{{ latest_rows('renamed', 'other_id', [
    'customer_id', 'other_id', 'country', 'created_at', 'linked_at', 'loaded_at',
]) }}
