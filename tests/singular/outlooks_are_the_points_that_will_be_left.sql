-- The score of a later day, counted from the daily fact in plain decimals, date by date.
with outlooks as (
    select as_of_date, customer_id, score_model, outlook_days, raw_score_ahead
    from {{ ref('customer_outlooks') }}
),

event_days as (
    select customer_id, event_type, event_date, event_count
    from {{ ref('int_customer_event_days') }}
    where event_count > 0
),

settings as (
    select as_of_date, score_model, settings_number, window_days, decay, half_life_days, decay_days
    from {{ ref('int_score_settings') }}
),

weights as (
    select settings_number, event_type, cast(weight as decimal(12, 4)) as weight, daily_cap, window_cap
    from {{ ref('int_score_weights') }}
),

aged as (
    select
        outlooks.as_of_date,
        outlooks.customer_id,
        outlooks.score_model,
        event_days.event_type,
        event_days.event_count,
        outlooks.outlook_days + {{ dbt.datediff('event_days.event_date', 'outlooks.as_of_date', 'day') }} as age_days
    from outlooks
    inner join event_days
        on
            outlooks.customer_id = event_days.customer_id
            and outlooks.as_of_date >= event_days.event_date
),

counted as (
    select
        aged.as_of_date,
        aged.customer_id,
        weights.weight,
        weights.window_cap,
        sum(
            least(aged.event_count, coalesce(weights.daily_cap, aged.event_count))
            * {{ decay_factor('settings.decay', 'aged.age_days', 'settings.half_life_days', 'settings.decay_days') }}
        ) as counted_events
    from aged
    inner join settings
        on
            aged.as_of_date = settings.as_of_date
            and aged.score_model = settings.score_model
            and aged.age_days < settings.window_days
    inner join weights
        on
            settings.settings_number = weights.settings_number
            and aged.event_type = weights.event_type
    group by aged.as_of_date, aged.customer_id, aged.event_type, weights.weight, weights.window_cap
),

summed as (
    select
        as_of_date,
        customer_id,
        sum(round(weight * cast(least(counted_events, coalesce(window_cap, counted_events)) as decimal(18, 8)), 6)) as points
    from counted
    group by as_of_date, customer_id
)

select outlooks.as_of_date, outlooks.customer_id, outlooks.raw_score_ahead, summed.points
from outlooks
left join summed
    on
        outlooks.as_of_date = summed.as_of_date
        and outlooks.customer_id = summed.customer_id
where outlooks.raw_score_ahead <> coalesce(summed.points, 0)
