{{ config(materialized=shared_step()) }}
-- The sessions of a window are first counted by whole minutes; only those in a minute that holds a
-- middle are put in order. With an even number there are two middles, perhaps in two minutes.
{%- set dimensions = ['visitor_kind', 'plan', 'country'] %}
{%- set window_keys = ['as_of_date', 'window_days', 'dimension', 'dimension_value'] %}
{%- set in_window = 'partition by ' ~ window_keys | join(', ') %}
{%- set so_far = 'rows between unbounded preceding and current row' %}
{%- set days = ['session_date', 'event_date', 'stands_until', 'whole_minutes'] %}
with windows as (
    select as_of_date, window_days, window_start
    from {{ ref('int_metric_windows') }}
    where mart = 'web_metrics'
),

session_days as (
    select *, floor(duration_seconds / 60) as whole_minutes
    from {{ ref('int_web_windowed_sessions') }}
),

minutes as (
    {{ by_dimension('session_days', days, ['sessions'], dimensions) }}
),

windowed_minutes as (
    select
        windows.as_of_date,
        windows.window_days,
        windows.window_start,
        minutes.dimension,
        minutes.dimension_value,
        minutes.whole_minutes,
        sum(minutes.sessions) as sessions
    from windows
    inner join minutes
        on
            minutes.session_date between windows.window_start and windows.as_of_date
            and windows.as_of_date between minutes.event_date and minutes.stands_until
    group by
        windows.as_of_date, windows.window_days, windows.window_start, minutes.dimension, minutes.dimension_value, minutes.whole_minutes
),

-- Places count from 1.
placed_minutes as (
    select
        *,
        sum(sessions) over ({{ in_window }} order by whole_minutes {{ so_far }}) - sessions as places_before,
        floor((sum(sessions) over ({{ in_window }}) + 1) / 2.0) as lower_middle,
        floor(sum(sessions) over ({{ in_window }}) / 2.0) + 1 as upper_middle
    from windowed_minutes
),

middle_minutes as (
    select *
    from placed_minutes
    where places_before < upper_middle and places_before + sessions >= lower_middle
),

middle_sessions as (
    select *
    from session_days
    where whole_minutes in (select middle_minutes.whole_minutes from middle_minutes)
),

durations as (
    {{ by_dimension('middle_sessions', days + ['duration_seconds'], ['sessions'], dimensions) }}
),

middle_durations as (
    select
        {%- for column in window_keys + ['whole_minutes', 'places_before', 'lower_middle', 'upper_middle'] %}
        middle_minutes.{{ column }},
        {%- endfor %}
        durations.duration_seconds,
        sum(durations.sessions) as sessions
    from middle_minutes
    inner join durations
        on
            middle_minutes.whole_minutes = durations.whole_minutes
            and middle_minutes.dimension = durations.dimension
            and middle_minutes.dimension_value = durations.dimension_value
            and durations.session_date between middle_minutes.window_start and middle_minutes.as_of_date
            and middle_minutes.as_of_date between durations.event_date and durations.stands_until
    group by
        {%- for column in window_keys + ['whole_minutes', 'places_before', 'lower_middle', 'upper_middle'] %}
        middle_minutes.{{ column }},
        {%- endfor %}
        durations.duration_seconds
),

placed_durations as (
    select
        *,
        places_before + sum(sessions) over ({{ in_window }}, whole_minutes order by duration_seconds {{ so_far }}) as last_place
    from middle_durations
)

select
    {{ window_keys | join(', ') }},
    cast(sum(duration_seconds * (
        case when lower_middle > last_place - sessions and lower_middle <= last_place then 1 else 0 end
        + case when upper_middle > last_place - sessions and upper_middle <= last_place then 1 else 0 end
    )) / 2 as decimal(18, 6)) as median_time_spent_seconds
from placed_durations
group by {{ window_keys | join(', ') }}
