-- The only place where a score's window has its edges: [as-of date - (W - 1), as-of date], and the
-- previous window of the same length right before it.
with settings as (
    select as_of_date, settings_number, score_model, window_days, decay, half_life_days, decay_days
    from {{ ref('int_score_settings') }}
),

event_dates as (
    select distinct event_date
    from {{ ref('int_interaction_counts') }}
    where accepted_count > 0
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
    as_of_date,
    settings_number,
    score_model,
    event_date,
    is_previous,
    {{ decay_factor('decay', 'age_days', 'half_life_days', 'decay_days') }} as decay_factor
from window_days
