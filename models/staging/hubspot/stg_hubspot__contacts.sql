{{ config(**connector_model('stg_hubspot__contacts')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('hubspot', 'contact')) %}
{%- set contact_id = "'hubspot:' || " ~ source_text(columns, ['id']) %}
{%- set email_id = customer_key(source_text(columns, ['property_email'])) %}
{%- set own_id = customer_key(source_text(columns, ['property_external_id', 'property_user_id'])) %}
{%- set country = source_text(columns, ['property_hs_country_region_code', 'property_country']) %}
{%- set is_deleted = any_flag(columns, ['is_deleted', '_fivetran_deleted']) %}
with source as (
    select * from {{ source('hubspot', 'contact') }}
),

-- What a deleted contact did stays its own: only its attributes go.
renamed as (
    select
        -- ids
        coalesce({{ own_id }}, {{ email_id }}, {{ contact_id }}) as customer_id,
        {{ contact_id }} as contact_id,
        {{ email_id }} as email_id,
        {{ hashed_list(source_text(columns, ['property_hs_additional_emails'])) }} as further_email_ids,
        {{ source_text(columns, ['property_hs_calculated_merged_vids']) }} as merged_ids,
        {{ source_text(columns, ['property_associatedcompanyid']) }} as account_id,

        -- what
        case when not {{ is_deleted }} then {{ country }} end as country,

        -- when
        {{ source_time(columns, 'property_createdate', 'hubspot') }} as created_at,
        {{ source_time(columns, '_fivetran_synced', 'hubspot') }} as loaded_at

    from source
)

select * from renamed
