{{ config(materialized='ephemeral') }}
-- Every figure is a running total of changes: of all that ever happened, and of what enters and leaves
-- the windows. It holds from one change to the next, and is spread over the dates between them.
{%- set counts = ['interactions', 'active_days', 'previous_interactions', 'previous_active_days'] %}
{%- set points = ['previous_points', 'variance'] + channel_points() %}
{%- set up_to_here = 'partition by assignment_number order by place rows between unbounded preceding and current row' %}
with dates_to_build as (
    select as_of_date, cast(row_number() over (order by as_of_date) as integer) as place
    from {{ ref('int_score_dates_to_build') }}
),

-- A change that holds for n dates holds from its own to the n - 1 after it.
lengths as (
    select longest.place as length, dates_to_build.place - 1 as places_on
    from dates_to_build as longest
    inner join dates_to_build on longest.place >= dates_to_build.place
),

lifetime_changes as (
    select * from {{ ref('int_customer_lifetime_changes') }}
),

day_points as (
    select * from {{ ref('int_customer_day_points') }}
),

window_moves as (
    select * from {{ ref('int_score_window_moves') }}
),

changes as (
    select
        assignment_number,
        as_of_date,
        {%- for column in counts + points %}
        0 as {{ column }},
        {%- endfor %}
        lifetime_interactions,
        last_interaction_at,
        first_active_on
    from lifetime_changes
    union all
    select
        day_points.assignment_number,
        window_moves.as_of_date,
        window_moves.into_current * day_points.interactions as interactions,
        window_moves.into_current * day_points.active_days as active_days,
        window_moves.into_previous * day_points.interactions as previous_interactions,
        window_moves.into_previous * day_points.active_days as previous_active_days,
        window_moves.into_previous * day_points.points as previous_points,
        (window_moves.into_current + window_moves.into_previous) * day_points.variance as variance,
        {%- for column in channel_points() %}
        window_moves.into_current * day_points.{{ column }} as {{ column }},
        {%- endfor %}
        0 as lifetime_interactions,
        null as last_interaction_at,
        null as first_active_on
    from day_points
    inner join window_moves
        on
            day_points.event_date = window_moves.event_date
            and day_points.settings_number = window_moves.settings_number
),

placed as (
    select changes.*, dates_to_build.place
    from changes
    inner join dates_to_build on changes.as_of_date = dates_to_build.as_of_date
),

-- Of several changes on one date, only the last row holds for any date; it holds them all.
running as (
    select
        assignment_number,
        place,
        max(last_interaction_at) over ({{ up_to_here }}) as last_interaction_at,
        min(first_active_on) over ({{ up_to_here }}) as first_active_on,
        {%- for column in ['lifetime_interactions'] + counts %}
        cast(sum({{ column }}) over ({{ up_to_here }}) as bigint) as {{ column }},
        {%- endfor %}
        {%- for column in points %}
        {{ from_parts('sum(' ~ column ~ ') over (' ~ up_to_here ~ ')') }} as {{ column }},
        {%- endfor %}
        coalesce(
            lead(place) over (partition by assignment_number order by place),
            (select max(place) + 1 from dates_to_build)
        ) - place as length
    from placed
)

select
    dates_to_build.as_of_date,
    running.assignment_number,
    {%- for column in counts + points %}
    running.{{ column }},
    {%- endfor %}
    running.lifetime_interactions,
    running.last_interaction_at,
    running.first_active_on
from running
inner join lengths on running.length = lengths.length
inner join dates_to_build on running.place + lengths.places_on = dates_to_build.place
