{{ config(enabled=channel_is_on('web')) }}
-- Whoever is at a step goes on to the next one or leaves, and the first step has every session of the window.
with transitions as (
    select as_of_date, window_days, step_number, to_step, sessions, sessions_at_step
    from {{ ref('clickstream_transitions') }}
),

steps as (
    select
        as_of_date,
        window_days,
        step_number,
        max(sessions_at_step) as sessions_at_step,
        min(sessions_at_step) as least_sessions_at_step,
        sum(sessions) as sessions,
        sum(case when to_step <> '(exit)' then sessions else 0 end) as sessions_that_go_on
    from transitions
    group by as_of_date, window_days, step_number
),

web_sessions as (
    select as_of_date, window_days, sessions
    from {{ ref('web_metrics') }}
    where dimension = 'all'
),

expected as (
    select
        steps.*,
        case
            when steps.step_number = 1 then web_sessions.sessions
            else lag(steps.sessions_that_go_on) over (partition by steps.as_of_date, steps.window_days order by steps.step_number)
        end as sessions_expected
    from steps
    left join web_sessions on steps.as_of_date = web_sessions.as_of_date and steps.window_days = web_sessions.window_days
)

select as_of_date, window_days, step_number, sessions, sessions_at_step, sessions_expected
from expected
where
    sessions <> sessions_at_step
    or sessions_at_step <> least_sessions_at_step
    or coalesce(sessions_expected, -1) <> sessions_at_step
