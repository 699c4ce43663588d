{{ config(materialized='ephemeral') }}
-- The score model's window as it will lie outlook_days after the as-of date, under the settings of the
-- as-of date; nothing new comes into it.
with dates_to_build as (
    select as_of_date
    from {{ ref('int_outlook_dates_to_build') }}
),

metric_settings as (
    select outlook_days
    from {{ ref('int_metric_settings') }}
),

settings as (
    select as_of_date, settings_number, score_model, window_days, decay, half_life_days, decay_days
    from {{ ref('int_score_settings') }}
),

event_dates as (
    select distinct event_date
    from {{ ref('int_interaction_counts') }}
    where accepted_count > 0
),

window_ends as (
    select
        settings.*,
        {{ date_plus('metric_settings.outlook_days', 'settings.as_of_date') }} as window_end,
        false as is_previous
    from settings
    inner join dates_to_build on settings.as_of_date = dates_to_build.as_of_date
    cross join metric_settings
)

{{ days_of_windows('window_ends', 'event_dates') }}
