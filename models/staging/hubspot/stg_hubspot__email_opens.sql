{{ config(**connector_model('stg_hubspot__email_opens')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('hubspot', 'email_event_open')) %}
{%- set program = source_text(columns, ['user_agent']) %}
with source as (
    select * from {{ source('hubspot', 'email_event_open') }}
),

-- Apple's mail program loads every picture in advance, and says no more of itself than this.
renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as interaction_id,

        -- what
        {{ is_bot_user_agent(program) }} or coalesce({{ program }} = 'Mozilla/5.0', false) as is_bot,

        -- when
        {{ source_time(columns, '_fivetran_synced', 'hubspot') }} as loaded_at

    from source
)

select * from renamed
