{{ config(materialized='ephemeral') }}
-- What a customer can't do himself, or what brings no points, is no way up.
with dates_to_build as (
    select as_of_date
    from {{ ref('int_next_step_dates_to_build') }}
),

settings as (
    select as_of_date, settings_number, score_model, window_days, decay, half_life_days, decay_days
    from {{ ref('int_score_settings') }}
),

event_types as (
    select event_type, label
    from {{ ref('stg_settings__event_types') }}
    where initiator = 'customer'
),

weights as (
    select weight_number, settings_number, event_type, weight, daily_cap, window_cap, points_factor, points_divisor
    from {{ ref('int_score_weights') }}
    where weight > 0
)

select
    settings.*,
    weights.weight_number,
    weights.event_type,
    coalesce(event_types.label, event_types.event_type) as label,
    weights.weight,
    weights.daily_cap,
    weights.window_cap,
    weights.points_factor,
    weights.points_divisor
from settings
inner join dates_to_build on settings.as_of_date = dates_to_build.as_of_date
inner join weights on settings.settings_number = weights.settings_number
inner join event_types on weights.event_type = event_types.event_type
