-- The only place where a score's window has its edges: [as-of date - (W - 1), as-of date], and the
-- previous window of the same length right before it.
with as_of_dates as (
    select as_of_date, is_scored, comparison is not null as is_explained
    from {{ ref('int_as_of_dates') }}
),

settings as (
    select as_of_date, score_model, window_days, decay, half_life_days, decay_days
    from {{ ref('int_score_settings') }}
),

event_dates as (
    select distinct event_date
    from {{ ref('int_customer_event_days') }}
),

window_ends as (
    select settings.*, settings.as_of_date as window_end, false as is_previous
    from settings
    union all
    select settings.*, {{ date_plus('-window_days', 'as_of_date') }} as window_end, true as is_previous
    from settings
),

window_days as (
    select
        window_ends.*,
        event_dates.event_date,
        {{ dbt.datediff('event_dates.event_date', 'window_ends.window_end', 'day') }} as age_days
    from window_ends
    inner join event_dates
        on event_dates.event_date between {{ read_from('window_ends.window_end', 'window_ends.window_days') }} and window_ends.window_end
)

select
    window_days.as_of_date,
    window_days.score_model,
    window_days.event_date,
    window_days.is_previous,
    as_of_dates.is_scored,
    as_of_dates.is_explained,
    {{ decay_factor('decay', 'age_days', 'half_life_days', 'decay_days') }} as decay_factor
from window_days
inner join as_of_dates on window_days.as_of_date = as_of_dates.as_of_date
