{{ config(materialized='view', **connector_model('int_hubspot_email_events')) }}
-- A detail that is loaded after its event moves the event's load time, so that the event is read again.
{%- set tables = connector_tables('hubspot') %}
{%- set details = {
    'email_event_open': 'stg_hubspot__email_opens',
    'email_event_click': 'stg_hubspot__email_clicks',
    'email_event_status_change': 'stg_hubspot__email_status_changes',
} %}
with events as (
    select * from {{ ref('stg_hubspot__email_events') }}
),

loaded as (
    {% for table, model in details.items() if table in tables -%}
    select
        interaction_id,
        {{ 'event_type' if table == 'email_event_status_change' else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as event_type,
        {{ 'false' if table == 'email_event_status_change' else 'is_bot' }} as is_bot,
        loaded_at
    from {{ ref(model) }}
    union all
    {% endfor -%}
    select
        interaction_id,
        event_type,
        is_bot,
        loaded_at
    from events
    where false
),

details as (
    select
        interaction_id,
        max(event_type) as event_type,
        max(case when is_bot then 1 else 0 end) as machines,
        max(loaded_at) as loaded_at
    from loaded
    group by interaction_id
)

select
    events.interaction_id,
    events.customer_id,
    events.content_id,
    events.campaign_id,
    coalesce(details.event_type, events.event_type) as event_type,
    events.is_bot or coalesce(details.machines, 0) = 1 as is_bot,
    events.occurred_at,
    case when details.loaded_at > events.loaded_at then details.loaded_at else events.loaded_at end as loaded_at
from events
left join details on events.interaction_id = details.interaction_id
