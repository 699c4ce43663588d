{{ config(**connector_model('stg_mixpanel__identity_mappings')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('mixpanel', 'mp_identity_mappings_data_view')) %}
with source as (
    select * from {{ source('mixpanel', 'mp_identity_mappings_data_view') }}
),

renamed as (
    select
        -- ids
        {{ customer_key(source_text(columns, ['resolved_distinct_id'])) }} as customer_id,
        {{ customer_key("replace(" ~ source_text(columns, ['distinct_id']) ~ ", '$device:', '')") }} as other_id,

        -- when: the mapping is written anew each day, and says what holds
        cast(null as timestamp) as linked_at,
        cast(null as timestamp) as loaded_at

    from source
)

select * from renamed
