{{ config(materialized='ephemeral') }}
-- Sessions add up over days, so they are summed by day before they meet the windows.
{%- set dimensions = ['visitor_kind', 'plan', 'country'] %}
{%- set figures = {
    'sessions': 'sessions',
    'sessions_with_page_view': 'case when page_views > 0 then 1 else 0 end',
    'page_views': 'page_views',
    'time_spent_seconds': 'duration_seconds',
    'zero_duration_sessions': 'case when duration_seconds = 0 then 1 else 0 end',
    'bounced_sessions': 'case when is_bounce then 1 else 0 end',
    'unengaged_sessions': 'case when is_engaged then 0 else 1 end',
    'converted_sessions': 'case when conversions > 0 then 1 else 0 end',
} %}
with windows as (
    select as_of_date, window_days, window_start
    from {{ ref('int_metric_windows') }}
    where mart = 'web_metrics'
),

session_days as (
    select
        session_date, event_date, stands_until,
        {%- for figure, summed in figures.items() %}
        sum({{ summed }}) as {{ figure }},
        {%- endfor %}
        {{ dimensions | join(', ') }}
    from {{ ref('int_web_windowed_sessions') }}
    group by session_date, event_date, stands_until, {{ dimensions | join(', ') }}
),

windowed as (
    select windows.as_of_date, windows.window_days, session_days.*
    from windows
    inner join session_days
        on
            session_days.session_date between windows.window_start and windows.as_of_date
            and windows.as_of_date between session_days.event_date and session_days.stands_until
)

{{ by_dimension('windowed', ['as_of_date', 'window_days'], figures.keys() | list, dimensions) }}
