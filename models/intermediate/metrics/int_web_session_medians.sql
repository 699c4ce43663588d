{{ config(enabled=channel_is_on('web'), materialized='ephemeral') }}
-- The sessions of a window are first counted by whole minutes; only those in the minute that holds the
-- middle are put in order. With an even number there are two middles, perhaps in two minutes.
{%- set dimensions = ['visitor_kind', 'plan', 'country'] %}
{%- set group_keys = ['as_of_date', 'window_days', 'dimension', 'dimension_value'] %}
{%- set days = ['minute', 'session_date', 'event_date', 'stands_until'] %}
with windows as (
    select as_of_date, window_days, window_start
    from {{ ref('int_metric_windows') }}
    where mart = 'web_metrics'
),

durations as (
    select
        floor(duration_seconds / 60) as minute,
        session_date, event_date, stands_until, duration_seconds, {{ dimensions | join(', ') }},
        sum(sessions) as sessions
    from {{ ref('int_web_windowed_sessions') }}
    group by session_date, event_date, stands_until, duration_seconds, {{ dimensions | join(', ') }}
),

minutes as (
    select {{ (days + dimensions) | join(', ') }}, sum(sessions) as sessions
    from durations
    group by {{ (days + dimensions) | join(', ') }}
),

windowed_minutes as (
    select windows.as_of_date, windows.window_days, minutes.*
    from windows
    inner join minutes
        on
            minutes.session_date between windows.window_start and windows.as_of_date
            and windows.as_of_date between minutes.event_date and minutes.stands_until
),

counted_minutes as (
    {{ by_dimension('windowed_minutes', ['as_of_date', 'window_days', 'minute'], ['sessions'], dimensions) }}
),

-- Places count from 1.
placed_minutes as (
    select
        *,
        sum(sessions) over (partition by {{ group_keys | join(', ') }} order by minute) as last_place,
        floor((sum(sessions) over (partition by {{ group_keys | join(', ') }}) + 1) / 2.0) as lower_middle,
        floor(sum(sessions) over (partition by {{ group_keys | join(', ') }}) / 2.0) + 1 as upper_middle
    from counted_minutes
),

middle_minutes as (
    select placed_minutes.*, windows.window_start
    from placed_minutes
    inner join windows on placed_minutes.as_of_date = windows.as_of_date and placed_minutes.window_days = windows.window_days
    where last_place >= lower_middle and last_place - sessions < upper_middle
),

durations_by_dimension as (
    {{ by_dimension('durations', days + ['duration_seconds'], ['sessions'], dimensions) }}
),

middle_durations as (
    select
        middles.as_of_date, middles.window_days, middles.dimension, middles.dimension_value,
        middles.minute, middles.lower_middle, middles.upper_middle,
        middles.last_place - middles.sessions as places_before,
        durations.duration_seconds,
        sum(durations.sessions) as sessions
    from middle_minutes as middles
    inner join durations_by_dimension as durations
        on
            middles.minute = durations.minute
            and middles.dimension = durations.dimension
            and middles.dimension_value = durations.dimension_value
            and durations.session_date between middles.window_start and middles.as_of_date
            and middles.as_of_date between durations.event_date and durations.stands_until
    group by
        middles.as_of_date, middles.window_days, middles.dimension, middles.dimension_value,
        middles.minute, middles.lower_middle, middles.upper_middle, middles.last_place, middles.sessions, durations.duration_seconds
),

placed_durations as (
    select
        *,
        places_before + sum(sessions) over (
            partition by {{ group_keys | join(', ') }}, minute order by duration_seconds
        ) as last_place
    from middle_durations
)

select
    {{ group_keys | join(', ') }},
    sum(duration_seconds * (
        case when lower_middle > last_place - sessions and lower_middle <= last_place then 1 else 0 end
        + case when upper_middle > last_place - sessions and upper_middle <= last_place then 1 else 0 end
    )) / 2 as median_time_spent_seconds
from placed_durations
group by {{ group_keys | join(', ') }}
