{{ config(**connector_model('stg_klaviyo__persons')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('klaviyo', 'person')) %}
{%- set own_id = "'klaviyo:' || " ~ source_text(columns, ['id']) %}
{%- set email_id = customer_key(source_text(columns, ['email'])) %}
with source as (
    select * from {{ source('klaviyo', 'person') }}
),

-- What a deleted profile did stays its own: only its attributes go.
renamed as (
    select
        -- ids
        coalesce({{ customer_key(source_text(columns, ['external_id'])) }}, {{ email_id }}, {{ own_id }}) as customer_id,
        {{ own_id }} as other_id,
        {{ email_id }} as email_id,

        -- what
        case when not {{ any_flag(columns, ['_fivetran_deleted']) }} then {{ source_text(columns, ['country']) }} end as country,

        -- when
        {{ source_time(columns, 'created', 'klaviyo') }} as created_at,
        {{ source_time(columns, 'created', 'klaviyo') }} as linked_at,
        {{ source_time(columns, '_fivetran_synced', 'klaviyo') }} as loaded_at

    from source
)

select * from renamed
