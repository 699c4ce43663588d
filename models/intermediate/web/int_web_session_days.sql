{{ config(materialized='view') }}
-- A part that goes on over midnight is near it on both sides, so only those few are put in order. A row
-- says how its session stood at the end of the date, which is all that an as-of date may see.
{%- set session = 'partition by visitor_id, session_number' %}
{%- set up_to_here = 'rows between unbounded preceding and current row' %}
{%- set so_far = session ~ ' order by event_date ' ~ up_to_here %}
{%- set previous_end = 'lag(ended_at) over (partition by visitor_id order by started_at)' %}
with parts as (
    select
        visitor_id, event_date, part_number, customer_id, started_at, ended_at,
        events, page_views, conversions, is_near_midnight
    from {{ ref('int_web_session_parts') }}
),

settings as (
    select engaged_session_seconds
    from {{ ref('int_metric_settings') }}
),

started as (
    select
        *,
        case
            when {{ time_plus('minute', var('session_timeout_minutes'), previous_end) }} >= started_at then 0
            else 1
        end as starts_session
    from parts
    where is_near_midnight
),

numbered as (
    select *, sum(starts_session) over (partition by visitor_id order by started_at {{ up_to_here }}) as session_number
    from started
),

accumulated as (
    select
        visitor_id,
        session_number,
        event_date,
        min(event_date) over ({{ session }}) as session_date,
        sum(case when starts_session = 1 then part_number end) over ({{ session }}) as part_number,
        customer_id,
        count(customer_id) over ({{ so_far }}) as known_parts,
        min(started_at) over ({{ session }}) as started_at,
        ended_at,
        sum(events) over ({{ so_far }}) as events,
        sum(page_views) over ({{ so_far }}) as page_views,
        sum(conversions) over ({{ so_far }}) as conversions,
        lead(event_date) over ({{ session }} order by event_date) as next_date
    from numbered
),

days as (
    select
        visitor_id, session_date, event_date, part_number,
        -- the last one known so far
        max(customer_id) over ({{ session }}, known_parts) as customer_id,
        started_at, ended_at, events, page_views, conversions, next_date
    from accumulated
    union all
    select
        visitor_id, event_date as session_date, event_date, part_number,
        customer_id,
        started_at, ended_at, events, page_views, conversions, cast(null as date) as next_date
    from parts
    where not is_near_midnight
),

measured as (
    select *, {{ seconds_between('started_at', 'ended_at') }} as duration_seconds
    from days
)

select
    measured.visitor_id || '|' || cast(measured.session_date as {{ dbt.type_string() }}) || '|'
    || cast(cast(measured.part_number as integer) as {{ dbt.type_string() }}) as session_id,
    measured.event_date,
    coalesce({{ date_plus(-1, 'measured.next_date') }}, {{ closed_validity('null', 'to') }}) as stands_until,
    measured.visitor_id,
    measured.customer_id,
    measured.session_date,
    measured.started_at,
    measured.ended_at,
    measured.duration_seconds,
    cast(measured.events as integer) as events,
    cast(measured.page_views as integer) as page_views,
    cast(measured.conversions as integer) as conversions,
    measured.events = 1 and measured.page_views = 1 as is_bounce,
    measured.duration_seconds >= settings.engaged_session_seconds
    or measured.page_views >= 2
    or measured.conversions > 0 as is_engaged
from measured
cross join settings
