{{ config(**connector_model('stg_intercom__contacts')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('intercom', 'contact_history')) %}
{%- set contact_id = "'intercom:' || " ~ source_text(columns, ['id']) %}
{%- set email_id = customer_key(source_text(columns, ['email'])) %}
{%- set external_id = customer_key(source_text(columns, ['external_id'])) %}
{%- set role = source_text(columns, ['role']) %}
with source as (
    select * from {{ source('intercom', 'contact_history') }}
),

-- The external id of a lead is one that Intercom made up. A lead that became a user is deleted; the e-mail address tells
-- whose it is.
renamed as (
    select
        -- ids
        coalesce(case when {{ role }} = 'user' then {{ external_id }} end, {{ email_id }}, {{ contact_id }}) as customer_id,
        {{ contact_id }} as other_id,
        {{ email_id }} as email_id,

        -- what
        case when {{ is_current(columns) }} then {{ source_text(columns, ['location_country']) }} end as country,

        -- when
        {{ source_time(columns, 'created_at', 'intercom') }} as created_at,
        {{ source_time(columns, 'created_at', 'intercom') }} as linked_at,
        {{ source_time(columns, 'updated_at', 'intercom') }} as updated_at,
        {{ source_time(columns, '_fivetran_synced', 'intercom') }} as loaded_at

    from source
),

versions as (
    select
        *,
        row_number() over (
            partition by other_id
            order by updated_at desc nulls last, loaded_at desc nulls last, customer_id, email_id, country, created_at
        ) as version
    from renamed
)

select customer_id, other_id, email_id, country, created_at, linked_at, loaded_at
from versions
where version = 1
