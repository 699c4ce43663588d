{{ config(**connector_model('stg_shopify__customers')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('shopify', 'customer')) %}
{%- set own_id = "'shopify:' || " ~ source_text(columns, ['id']) %}

with source as (
    select * from {{ source('shopify', 'customer') }}
),

renamed as (
    select
        -- ids
        coalesce({{ customer_key(source_text(columns, ['email'])) }}, {{ own_id }}) as customer_id,
        {{ own_id }} as other_id,

        -- what
        {{ source_flag(columns, ['_fivetran_deleted']) }} as is_deleted,

        -- when
        {{ source_time(columns, 'created_at', 'shopify') }} as created_at,
        {{ source_time(columns, 'created_at', 'shopify') }} as linked_at,
        {{ source_time(columns, '_fivetran_synced', 'shopify') }} as loaded_at

    from source
)

{{ latest_rows('renamed', 'other_id', ['customer_id', 'other_id', 'created_at', 'linked_at', 'loaded_at']) }}
