{{ config(**connector_model('stg_ga4__events')) }}
{{ behind_settings_check() }}
-- An event has no id: what tells it from another of the same device stands in several columns, some of them new. Of
-- tables behind a wildcard the columns can't be looked up.
{%- set given = source_columns(source('ga4', 'events')) %}
{%- set event_id = [] %}
{%- for column in [
    'user_pseudo_id', 'event_timestamp', 'event_name', 'event_bundle_sequence_id', 'batch_page_id', 'batch_ordering_id',
    'batch_event_index'
] if not given or column in given %}
{%- do event_id.append(column) %}
{%- endfor %}
{%- set order_id = "nullif(nullif(trim(ecommerce.transaction_id), ''), '(not set)')" %}
{%- set session_id = value_of_pair('event_params', 'ga_session_id', 'int_value') %}
with source as (
    select * from {{ source('ga4', 'events') }}
),

renamed as (
    select
        -- ids
        case
            when event_name = 'purchase' and {{ order_id }} is not null then {{ order_id }}
            else {{ dbt.hash(row_as_text(event_id)) }}
        end as interaction_id,
        {{ customer_key(clean_text('user_id', lower=false)) }} as customer_id,
        {{ clean_text('user_pseudo_id', lower=false) }} as anonymous_id,
        user_pseudo_id || '-' || cast({{ session_id }} as {{ dbt.type_string() }}) as session_id,
        case
            when event_name in ('purchase', 'refund') then {{ order_id }}
            else {{ url_path(value_of_pair('event_params', 'page_location', 'string_value')) }}
        end as content_id,
        {{ value_of_pair('event_params', 'campaign', 'string_value') }} as campaign_id,

        -- what
        {{ event_key('event_name') }} as event_type,
        case
            when event_name = 'purchase' then cast(ecommerce.purchase_revenue as decimal(18, 4))
            when event_name = 'refund' then cast(ecommerce.refund_value as decimal(18, 4))
        end as amount,
        case
            when event_name in ('purchase', 'refund')
                then upper({{ value_of_pair('event_params', 'currency', 'string_value') }})
        end as currency,

        -- when
        {{ timestamp_from_microseconds('event_timestamp') }} as occurred_at,
        {{ day_after(timestamp_from_microseconds('event_timestamp')) }} as loaded_at

    from source
)

select * from renamed
