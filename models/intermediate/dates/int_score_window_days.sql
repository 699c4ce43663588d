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
)

{{ days_of_windows('window_ends', 'event_dates') }}
