{{ config(**connector_model('stg_zendesk__tickets')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('zendesk', 'ticket')) %}

with source as (
    select * from {{ source('zendesk', 'ticket') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as ticket_id,
        {{ source_text(columns, ['requester_id']) }} as requester_id,
        {{ source_text(columns, ['submitter_id']) }} as submitter_id,

        -- what: a ticket in the bin keeps its row
        coalesce({{ source_text(columns, ['status']) }} = 'deleted', false)
        or {{ source_flag(columns, ['_fivetran_deleted']) }} as is_deleted,

        -- when
        {{ source_time(columns, 'created_at', 'zendesk') }} as created_at,
        {{ source_time(columns, '_fivetran_synced', 'zendesk') }} as loaded_at

    from source
)

{{ latest_rows('renamed', 'ticket_id', ['ticket_id', 'requester_id', 'submitter_id', 'created_at', 'loaded_at']) }}
