{{ config(**connector_model('stg_intercom__conversation_contacts')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('intercom', 'conversation_contact_history')) %}
with source as (
    select * from {{ source('intercom', 'conversation_contact_history') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['conversation_id']) }} as conversation_id,
        'intercom:' || {{ source_text(columns, ['contact_id']) }} as contact_id,

        -- when
        {{ source_time(columns, '_fivetran_synced', 'intercom') }} as loaded_at

    from source
    where {{ is_current(columns) }}
)

select * from renamed
