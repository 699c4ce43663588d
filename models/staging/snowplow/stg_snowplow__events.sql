{{ config(**connector_model('stg_snowplow__events')) }}
{{ behind_settings_check() }}
{%- set columns = source_columns(source('snowplow', 'events')) %}
{%- set is_order = "source.event = 'transaction'" %}
with source as (
    select * from {{ source('snowplow', 'events') }}
),

renamed as (
    select
        -- ids
        coalesce(
            case when {{ is_order }} then {{ source_text(columns, ['tr_orderid']) }} end,
            {{ source_text(columns, ['event_id']) }}
        ) as interaction_id,
        {{ customer_key(source_text(columns, ['user_id'])) }} as customer_id,
        {{ source_text(columns, ['domain_userid', 'network_userid']) }} as anonymous_id,
        {{ source_text(columns, ['domain_sessionid']) }} as session_id,
        case
            when {{ is_order }} then {{ source_text(columns, ['tr_orderid']) }}
            when source.event = 'struct' then {{ source_text(columns, ['se_label']) }}
            else {{ source_text(columns, ['page_urlpath']) }}
        end as content_id,
        {{ source_text(columns, ['mkt_campaign']) }} as campaign_id,

        -- what
        case
            when source.event = 'struct' then {{ event_key(source_text(columns, ['se_action'])) }}
            else {{ event_key(source_text(columns, ['event_name', 'event'])) }}
        end as event_type,
        case when {{ is_order }} then {{ source_decimal(columns, ['tr_total']) }} end as amount,
        case when {{ is_order }} then upper({{ source_text(columns, ['tr_currency']) }}) end as currency,
        {{ is_bot_user_agent(source_text(columns, ['useragent'])) }} as is_bot,

        -- when
        coalesce(
            {{ source_time(columns, 'derived_tstamp', 'snowplow') }},
            {{ source_time(columns, 'collector_tstamp', 'snowplow') }}
        ) as occurred_at,
        coalesce(
            {{ source_time(columns, 'load_tstamp', 'snowplow') }},
            {{ source_time(columns, 'etl_tstamp', 'snowplow') }},
            {{ source_time(columns, 'collector_tstamp', 'snowplow') }}
        ) as loaded_at

    from source
)

select * from renamed
