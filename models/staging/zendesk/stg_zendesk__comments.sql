{{ config(**connector_model('stg_zendesk__comments')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('zendesk', 'ticket_comment')) %}

with source as (
    select * from {{ source('zendesk', 'ticket_comment') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as comment_id,
        {{ source_text(columns, ['ticket_id']) }} as ticket_id,
        {{ source_text(columns, ['user_id']) }} as author_id,

        -- what
        {{ source_flag(columns, ['public'], missing='true') }} as is_public,
        {{ source_flag(columns, ['_fivetran_deleted']) }} as is_deleted,

        -- when
        {{ source_time(columns, 'created', 'zendesk') }} as created_at,
        {{ source_time(columns, '_fivetran_synced', 'zendesk') }} as loaded_at

    from source
)

{{ latest_rows('renamed', 'comment_id', ['comment_id', 'ticket_id', 'author_id', 'is_public', 'created_at', 'loaded_at']) }}
