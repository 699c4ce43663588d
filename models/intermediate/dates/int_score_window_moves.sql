{{ config(materialized='ephemeral') }}
-- An event date enters the current window, moves to the previous one, and leaves it. Read from the
-- windows themselves, so that settings that change in between, or dates that are missing, need no care.
with dates_to_build as (
    select
        as_of_date,
        row_number() over (order by as_of_date) as place,
        lead(as_of_date) over (order by as_of_date) as next_as_of_date
    from {{ ref('int_score_dates_to_build') }}
),

window_days as (
    select settings_number, event_date, is_previous, as_of_date
    from {{ ref('int_score_window_days') }}
),

placed as (
    select
        window_days.settings_number,
        window_days.event_date,
        window_days.is_previous,
        dates_to_build.as_of_date,
        dates_to_build.next_as_of_date,
        dates_to_build.place - row_number() over (
            partition by window_days.settings_number, window_days.event_date, window_days.is_previous
            order by window_days.as_of_date
        ) as stretch
    from window_days
    inner join dates_to_build on window_days.as_of_date = dates_to_build.as_of_date
),

stretches as (
    select
        settings_number,
        event_date,
        is_previous,
        min(as_of_date) as entered_on,
        case when count(next_as_of_date) = count(*) then max(next_as_of_date) end as left_on
    from placed
    group by settings_number, event_date, is_previous, stretch
),

moves as (
    select settings_number, event_date, is_previous, entered_on as as_of_date, 1 as direction
    from stretches
    union all
    select settings_number, event_date, is_previous, left_on as as_of_date, -1 as direction
    from stretches
    where left_on is not null
)

select
    settings_number,
    event_date,
    as_of_date,
    cast(sum(case when is_previous then 0 else direction end) as {{ type_double() }}) as into_current,
    cast(sum(case when is_previous then direction else 0 end) as {{ type_double() }}) as into_previous
from moves
group by settings_number, event_date, as_of_date
