{{ config(**partitioned_by('event_date', 'int_web_date_versions')) }}
-- A date is cut into stretches from its own events alone, so that it can be built by itself; what goes
-- on over midnight is joined in int_web_session_days.
{%- set timeout = var('session_timeout_minutes') %}
with dates_to_build as (
    {{ partitions_to_build('event_date', 'int_web_date_versions') }}
),

events as (
    {{ web_events('dates_to_build') }}
),

started as (
    select
        *,
        case
            when
                {{ time_plus('minute', timeout, 'lag(occurred_at) over (partition by visitor_id, event_date order by occurred_at)') }}
                >= occurred_at
                then 0
            else 1
        end as starts_part
    from events
),

-- Of the events of one moment, the one that starts a part comes first, so that all of them are in it.
numbered as (
    select
        *,
        sum(starts_part) over (
            partition by visitor_id, event_date order by occurred_at asc, starts_part desc
            rows between unbounded preceding and current row
        ) as part_number
    from started
),

by_customer as (
    select
        visitor_id,
        event_date,
        part_number,
        customer_id,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        count(*) as events,
        count(case when is_page_view then 1 end) as page_views,
        count(case when is_conversion then 1 end) as conversions
    from numbered
    group by visitor_id, event_date, part_number, customer_id
),

-- Whoever was known last in the part; of two at the same moment, the later id.
ranked as (
    select
        *,
        row_number() over (
            partition by visitor_id, event_date, part_number
            order by case when customer_id is null then 1 else 0 end, ended_at desc, customer_id desc
        ) as customer_rank
    from by_customer
),

parts as (
    select
        visitor_id,
        event_date,
        part_number,
        max(case when customer_rank = 1 then customer_id end) as customer_id,
        min(started_at) as started_at,
        max(ended_at) as ended_at,
        sum(events) as events,
        sum(page_views) as page_views,
        sum(conversions) as conversions
    from ranked
    group by visitor_id, event_date, part_number
)

select
    parts.visitor_id,
    parts.event_date,
    cast(parts.part_number as integer) as part_number,
    parts.customer_id,
    parts.started_at,
    parts.ended_at,
    cast(parts.events as integer) as events,
    cast(parts.page_views as integer) as page_views,
    cast(parts.conversions as integer) as conversions,
    {{ reporting_date(time_plus('minute', timeout, 'parts.ended_at')) }} > parts.event_date
    or {{ reporting_date(time_plus('minute', '-' ~ timeout, 'parts.started_at')) }} < parts.event_date as is_near_midnight,
    dates_to_build.inputs_version
from parts
inner join dates_to_build on parts.event_date = dates_to_build.partition_date
