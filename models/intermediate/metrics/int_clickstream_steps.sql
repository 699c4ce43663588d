{{ config(materialized='ephemeral') }}
-- Sessions end with the as-of date, as they do in web_metrics.
{%- set marts = ['clickstream_transitions', 'clickstream_paths'] %}
{%- set session = 'partition by as_of_date, window_days, session_id order by occurred_at, interaction_id, source' %}
with windows as (
    select distinct as_of_date, window_days, window_start
    from {{ ref('int_metric_windows') }}
    where mart in ('{{ marts | join("', '") }}')
),

settings as (
    select path_steps
    from {{ ref('int_metric_settings') }}
),

session_days as (
    select
        windows.as_of_date, windows.window_days,
        session_days.session_id, session_days.visitor_id, session_days.event_date, session_days.started_at, session_days.ended_at
    from {{ ref('int_web_session_days') }} as session_days
    inner join windows
        on
            session_days.session_date between windows.window_start and windows.as_of_date
            and session_days.event_date between windows.window_start and windows.as_of_date
    where {{ lack_a_date(marts) }}
),

dates as (
    select distinct event_date as partition_date
    from session_days
),

events as (
    {{ web_events('dates') }}
),

steps as (
    select
        session_days.as_of_date,
        session_days.window_days,
        session_days.session_id,
        events.occurred_at,
        events.interaction_id,
        events.source,
        case when events.is_page_view then coalesce(events.content_id, events.event_type) else events.event_type end as step
    from events
    inner join session_days
        on
            events.visitor_id = session_days.visitor_id
            and events.event_date = session_days.event_date
            and events.occurred_at between session_days.started_at and session_days.ended_at
),

compared as (
    select *, lag(step) over ({{ session }}) as previous_step
    from steps
),

numbered as (
    select
        *,
        row_number() over ({{ session }}) as step_number,
        lead(step) over ({{ session }}) as next_step
    from compared
    where previous_step is null or previous_step <> step
)

select
    numbered.as_of_date,
    numbered.window_days,
    numbered.session_id,
    numbered.step_number,
    numbered.step,
    numbered.next_step,
    settings.path_steps
from numbered
inner join settings on numbered.step_number <= settings.path_steps
