{{ config(**connector_model('stg_intercom__conversations')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('intercom', 'conversation_history')) %}
{%- set author = intercom_author(source_text(columns, ['source_author_type'])) %}
with source as (
    select * from {{ source('intercom', 'conversation_history') }}
),

-- What is sent by a rule is a machine's, in whosever name.
renamed as (
    select
        -- ids
        {{ source_text(columns, ['id']) }} as conversation_id,
        case when {{ author }} = 'customer' then 'intercom:' || {{ source_text(columns, ['source_author_id']) }} end as contact_id,
        'intercom:' || {{ source_text(columns, ['conversation_rating_contact_id']) }} as rating_contact_id,

        -- what
        case
            when {{ source_text(columns, ['source_delivered_as']) }} in ('automated', 'operator_initiated') then 'bot'
            else {{ author }}
        end as author_type,
        {{ source_decimal(columns, ['conversation_rating_value']) }} as rating,

        -- when
        {{ source_time(columns, 'created_at', 'intercom') }} as created_at,
        {{ source_time(columns, 'first_contact_reply_created_at', 'intercom') }} as first_contact_reply_at,
        {{ source_time(columns, 'conversation_rating_created_at', 'intercom') }} as rated_at,
        {{ source_time(columns, 'updated_at', 'intercom') }} as updated_at,
        {{ source_time(columns, '_fivetran_synced', 'intercom') }} as loaded_at

    from source
    where {{ is_current(columns) }}
),

versions as (
    select
        *,
        row_number() over (
            partition by conversation_id
            order by updated_at desc nulls last, loaded_at desc nulls last, contact_id, rating, rated_at, first_contact_reply_at
        ) as version
    from renamed
)

select
    conversation_id,
    contact_id,
    rating_contact_id,
    author_type,
    rating,
    created_at,
    first_contact_reply_at,
    rated_at,
    updated_at,
    loaded_at
from versions
where version = 1
