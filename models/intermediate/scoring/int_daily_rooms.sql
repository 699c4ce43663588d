{{ config(materialized='ephemeral') }}
-- The days from the as-of date back that take further events, each up to the daily cap; without one the
-- as-of date takes them all. In hundred millionths of an event, what is left of each after decay.
with weights as (
    select * from {{ ref('int_next_step_weights') }}
),

-- Ten years: what decays or is capped isn't looked for further back.
ages as (
    select cast(generated_number - 1 as integer) as age_days
    from ({{ whole_numbers(3660) }}) as numbers_from_one
),

days as (
    select
        weights.as_of_date,
        weights.weight_number,
        weights.daily_cap,
        ages.age_days,
        {{ date_plus('-ages.age_days', 'weights.as_of_date') }} as event_date,
        cast(
            {{ decay_factor('weights.decay', 'ages.age_days', 'weights.half_life_days', 'weights.decay_days') }} * 100000000
            as {{ type_double() }}
        ) as event_share
    from weights
    inner join ages
        on
            weights.window_days > ages.age_days
            and (weights.daily_cap is not null or ages.age_days = 0)
),

-- 10^16 is more than any score asks for.
filled as (
    select
        *,
        sum(coalesce(daily_cap * event_share, 1e16)) over (
            partition by as_of_date, weight_number order by age_days rows between unbounded preceding and current row
        ) as room
    from days
)

select
    as_of_date,
    weight_number,
    event_date,
    age_days,
    event_share,
    coalesce(lag(room) over (partition by as_of_date, weight_number order by age_days), 0) as room_of_later_days,
    room
from filled
