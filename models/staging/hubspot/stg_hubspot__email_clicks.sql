{{ config(**connector_model('stg_hubspot__email_clicks')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('hubspot', 'email_event_click')) %}
{%- set program = source_text(columns, ['user_agent']) %}
with source as (
    select * from {{ source('hubspot', 'email_event_click') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as interaction_id,

        -- what
        {{ is_bot_user_agent(program) }} as is_bot,

        -- when
        {{ source_time(columns, '_fivetran_synced', 'hubspot') }} as loaded_at

    from source
)

select * from renamed
