with event_days as (
    select customer_id, event_type, event_date, event_count, machine_count, first_occurred_at, last_occurred_at
    from {{ ref('int_customer_event_days') }}
),

explained_dates as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where comparison is not null
),

settings as (
    select as_of_date, window_days
    from {{ ref('int_score_settings') }}
),

windows as (
    {% for window_days in [7, 30, 90] -%}
    select as_of_date, {{ window_days }} as window_days
    from explained_dates
    union distinct
    {% endfor -%}
    select settings.as_of_date, settings.window_days
    from settings
    inner join explained_dates on settings.as_of_date = explained_dates.as_of_date
)

select
    windows.as_of_date,
    event_days.customer_id,
    event_days.event_type,
    windows.window_days,
    cast(sum(event_days.event_count) as integer) as event_count,
    cast(sum(event_days.machine_count) as integer) as machine_count,
    cast(count(case when event_days.event_count > 0 then 1 end) as integer) as days_with_events,
    min(event_days.first_occurred_at) as first_occurred_at,
    max(event_days.last_occurred_at) as last_occurred_at
from windows
inner join event_days
    on event_days.event_date between {{ read_from('windows.as_of_date', 'windows.window_days') }} and windows.as_of_date
group by windows.as_of_date, event_days.customer_id, event_days.event_type, windows.window_days
