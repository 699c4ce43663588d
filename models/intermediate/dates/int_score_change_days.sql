{{ config(materialized='ephemeral') }}
-- Both windows have the length and the decay of the earlier date's settings, so that what is read off
-- them is activity alone. The days around them are there for the last date of an event.
with changes as (
    select as_of_date, compared_with, comparison
    from {{ ref('int_score_changes_to_build') }}
),

settings as (
    select as_of_date, score_model, window_days, decay, half_life_days, decay_days
    from {{ ref('int_score_settings') }}
),

event_dates as (
    select distinct event_date
    from {{ ref('int_interaction_counts') }}
    where accepted_count > 0
),

days_read as (
    select
        changes.as_of_date,
        changes.comparison,
        min({{ read_from('settings.as_of_date', 'settings.window_days') }}) as first_date
    from changes
    inner join settings on settings.as_of_date in (changes.as_of_date, changes.compared_with)
    group by changes.as_of_date, changes.comparison
),

windows as (
    select
        changes.*,
        settings.score_model,
        settings.decay,
        settings.half_life_days,
        settings.decay_days,
        {{ read_from('changes.compared_with', 'settings.window_days') }} as before_from,
        {{ read_from('changes.as_of_date', 'settings.window_days') }} as after_from
    from changes
    inner join settings on changes.compared_with = settings.as_of_date
),

days as (
    select
        windows.*,
        event_dates.event_date,
        event_dates.event_date between windows.before_from and windows.compared_with as is_before,
        event_dates.event_date >= windows.after_from as is_after,
        greatest({{ days_between('event_dates.event_date', 'windows.compared_with') }}, 0) as age_before,
        {{ days_between('event_dates.event_date', 'windows.as_of_date') }} as age_after
    from windows
    inner join days_read
        on
            windows.as_of_date = days_read.as_of_date
            and windows.comparison = days_read.comparison
    inner join event_dates on event_dates.event_date between days_read.first_date and windows.as_of_date
)

select
    {%- for when in ['before', 'after'] %}
    cast(case when is_{{ when }} then 1 else 0 end as {{ type_double() }}) as in_window_{{ when }},
    cast(
        case when is_{{ when }} then {{ decay_factor('decay', 'age_' ~ when, 'half_life_days', 'decay_days') }} else 0 end * 100000000
        as {{ type_double() }}
    ) as share_{{ when }},
    {%- endfor %}
    as_of_date,
    compared_with,
    comparison,
    score_model,
    event_date
from days
