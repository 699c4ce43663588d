{{ config(materialized='ephemeral') }}
-- Between two days on which the customer did it, all days are free, so a row says all of the days from
-- its own to the one before the next: those with a gain above gain_from, up to gain_to. An open end is a
-- number, since an engine joins two bounds quickly, and an `or` never.
{%- set latest_days = 'partition by as_of_date, assignment_number, weight_number order by age_days
            rows between unbounded preceding and current row' %}
with event_days as (
    {{ weighted_event_days('int_next_step_dates_to_build') }}
),

weights as (
    select weight_number, daily_cap
    from {{ ref('int_next_step_weights') }}
    where daily_cap is not null
),

rooms as (
    select * from {{ ref('int_daily_rooms') }}
),

used as (
    select
        rooms.as_of_date,
        event_days.assignment_number,
        event_days.weight_number,
        rooms.age_days,
        rooms.room_of_later_days,
        event_days.capped_count,
        event_days.capped_count * rooms.event_share as capped_share,
        case when event_days.capped_count = weights.daily_cap then 1 else 0 end as is_full
    from event_days
    inner join weights on event_days.weight_number = weights.weight_number
    inner join rooms
        on
            event_days.weight_number = rooms.weight_number
            and event_days.event_date = rooms.event_date
),

summed as (
    select
        as_of_date,
        assignment_number,
        weight_number,
        age_days,
        cast(sum(capped_count) over ({{ latest_days }}) as {{ type_double() }}) as used_events,
        cast(sum(is_full) over ({{ latest_days }}) as integer) as full_days,
        sum(capped_share) over ({{ latest_days }}) as used_room,
        room_of_later_days - (sum(capped_share) over ({{ latest_days }}) - capped_share) as gain_from
    from used
)

select
    as_of_date,
    assignment_number,
    weight_number,
    age_days,
    used_events,
    full_days,
    used_room,
    gain_from,
    coalesce(lead(gain_from) over (partition by as_of_date, assignment_number, weight_number order by age_days), 1e16) as gain_to
from summed
