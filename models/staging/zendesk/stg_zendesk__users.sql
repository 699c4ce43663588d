{{ config(**connector_model('stg_zendesk__users')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('zendesk', 'user')) %}

with source as (
    select * from {{ source('zendesk', 'user') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as user_id,
        {{ customer_key(source_text(columns, ['external_id'])) }} as external_id,
        {{ customer_key(source_text(columns, ['email'])) }} as email_id,

        -- what: an agent who was deleted has written what they wrote
        coalesce({{ source_text(columns, ['role']) }}, 'end-user') <> 'end-user' as is_agent,
        not {{ source_flag(columns, ['active'], missing='true') }}
        or {{ source_flag(columns, ['_fivetran_deleted']) }} as is_gone,
        false as is_deleted,

        -- when
        {{ source_time(columns, 'created_at', 'zendesk') }} as created_at,
        {{ source_time(columns, '_fivetran_synced', 'zendesk') }} as loaded_at

    from source
)

{{ latest_rows('renamed', 'user_id', [
    'user_id', 'external_id', 'email_id', 'is_agent', 'is_gone', 'created_at', 'loaded_at',
]) }}
