{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'clickstream_transitions')) }}

with windows as (
    select as_of_date, window_days, is_complete_window, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'clickstream_transitions'
),

transitions as (
    select
        as_of_date,
        window_days,
        step_number,
        step as from_step,
        coalesce(next_step, '(exit)') as to_step,
        count(*) as sessions
    from {{ ref('int_clickstream_steps') }}
    where step_number < path_steps
    group by as_of_date, window_days, step_number, step, coalesce(next_step, '(exit)')
),

shared as (
    select
        *,
        sum(sessions) over (partition by as_of_date, window_days, step_number) as sessions_at_step
    from transitions
)

select
    windows.as_of_date,
    windows.window_days,
    cast(shared.step_number as integer) as step_number,
    shared.from_step,
    shared.to_step,
    windows.is_complete_window,
    cast(shared.sessions as bigint) as sessions,
    cast(shared.sessions_at_step as bigint) as sessions_at_step,
    {{ ratio('shared.sessions', 'shared.sessions_at_step') }} as share_of_sessions,
    windows.inputs_version
from windows
inner join shared on windows.as_of_date = shared.as_of_date and windows.window_days = shared.window_days
