{{ config(**connector_model('stg_intercom__conversation_parts')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('intercom', 'conversation_part_history')) %}
{%- set author = intercom_author(source_text(columns, ['author_type'])) %}
with source as (
    select * from {{ source('intercom', 'conversation_part_history') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as part_id,
        {{ source_text(columns, ['conversation_id']) }} as conversation_id,
        case when {{ author }} = 'customer' then 'intercom:' || {{ source_text(columns, ['author_id']) }} end as contact_id,

        -- what: the text itself stays where it is
        {{ author }} as author_type,
        {{ source_text(columns, ['part_type']) }} as part_type,
        {{ source_text(columns, ['part_type']) }} = 'comment' or {{ source_text(columns, ['body']) }} is not null as has_text,

        -- when
        {{ source_time(columns, 'created_at', 'intercom') }} as occurred_at,
        {{ source_time(columns, '_fivetran_synced', 'intercom') }} as loaded_at

    from source
    where {{ is_current(columns) }}
)

select * from renamed
