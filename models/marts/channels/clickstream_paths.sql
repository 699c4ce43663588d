{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'clickstream_paths')) }}

with windows as (
    select as_of_date, window_days, is_complete_window, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'clickstream_paths'
),

settings as (
    select top_paths
    from {{ ref('int_metric_settings') }}
),

session_paths as (
    select
        as_of_date,
        window_days,
        session_id,
        {{ list_in_order('step', ' > ', 'step_number') }} as path_text,
        count(*) as steps
    from {{ ref('int_clickstream_steps') }}
    group by as_of_date, window_days, session_id
),

paths as (
    select as_of_date, window_days, path_text, max(steps) as steps, count(*) as sessions
    from session_paths
    group by as_of_date, window_days, path_text
),

ranked as (
    select
        *,
        row_number() over (partition by as_of_date, window_days order by sessions desc, path_text asc) as path_rank,
        sum(sessions) over (partition by as_of_date, window_days) as all_sessions
    from paths
)

select
    windows.as_of_date,
    windows.window_days,
    cast(ranked.path_rank as integer) as path_rank,
    ranked.path_text,
    cast(ranked.steps as integer) as steps,
    windows.is_complete_window,
    cast(ranked.sessions as bigint) as sessions,
    cast(ranked.all_sessions as bigint) as all_sessions,
    {{ ratio('ranked.sessions', 'ranked.all_sessions') }} as share_of_sessions,
    windows.inputs_version
from windows
inner join ranked on windows.as_of_date = ranked.as_of_date and windows.window_days = ranked.window_days
cross join settings
where ranked.path_rank <= settings.top_paths
