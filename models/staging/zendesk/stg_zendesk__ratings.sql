{{ config(**connector_model('stg_zendesk__ratings')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('zendesk', 'satisfaction_rating')) %}
{%- set score = source_text(columns, ['score']) %}

with source as (
    select * from {{ source('zendesk', 'satisfaction_rating') }}
),

renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as interaction_id,
        'zendesk:' || {{ source_text(columns, ['requester_id']) }} as customer_id,
        {{ source_text(columns, ['ticket_id']) }} as content_id,

        -- what: only good or bad, which are the ends of the scale of 5; what was offered, or wasn't, is no rating
        'csat_rated' as event_type,
        cast(case when {{ score }} like 'good%' then 5 when {{ score }} like 'bad%' then 1 end as decimal(18, 4)) as quantity,
        {{ source_flag(columns, ['_fivetran_deleted']) }}
        or coalesce({{ score }} not like 'good%' and {{ score }} not like 'bad%', true) as is_deleted,

        -- when: a rating's row may be made when it is asked for
        coalesce(
            {{ source_time(columns, 'updated_at', 'zendesk') }},
            {{ source_time(columns, 'created_at', 'zendesk') }}
        ) as occurred_at,
        {{ source_time(columns, '_fivetran_synced', 'zendesk') }} as loaded_at

    from source
)

{{ latest_rows('renamed', 'interaction_id', [
    'interaction_id', 'customer_id', 'content_id', 'event_type', 'quantity', 'occurred_at', 'loaded_at',
]) }}
