{{ config(**connector_model('stg_zendesk__status_changes')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('zendesk', 'ticket_field_history')) %}
{%- set changed_at = source_time(columns, 'updated', 'zendesk') %}

with source as (
    select * from {{ source('zendesk', 'ticket_field_history') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['ticket_id']) }} || ':' || cast({{ changed_at }} as {{ dbt.type_string() }}) as change_id,
        {{ source_text(columns, ['ticket_id']) }} as ticket_id,

        -- what
        lower({{ source_text(columns, ['value']) }}) as status,
        {{ source_flag(columns, ['_fivetran_deleted']) }} as is_deleted,

        -- when
        {{ changed_at }} as changed_at,
        {{ source_time(columns, '_fivetran_synced', 'zendesk') }} as loaded_at

    from source
    where {{ source_text(columns, ['field_name']) }} = 'status'
)

{{ latest_rows('renamed', 'change_id', ['change_id', 'ticket_id', 'status', 'changed_at', 'loaded_at']) }}
