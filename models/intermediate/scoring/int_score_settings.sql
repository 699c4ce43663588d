with as_of_dates as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
),

score_models as (
    select * from {{ ref('stg_settings__score_models') }}
),

event_weights as (
    select * from {{ ref('stg_settings__event_weights') }}
),

event_types as (
    select * from {{ ref('stg_settings__event_types') }}
),

score_bands as (
    select * from {{ ref('stg_settings__score_bands') }}
),

score_calibrations as (
    select * from {{ ref('stg_settings__score_calibrations') }}
),

settings_in_force as (
    select
        as_of_dates.as_of_date,
        score_models.*,
        score_calibrations.benchmark_value as frozen_benchmark
    from as_of_dates
    inner join score_models on {{ in_force('score_models', 'as_of_dates.as_of_date') }}
    left join score_calibrations
        on
            score_models.score_model = score_calibrations.score_model
            and {{ in_force('score_calibrations', 'as_of_dates.as_of_date') }}
),

weights_text as (
    select
        as_of_dates.as_of_date,
        event_weights.score_model,
        {{ rows_as_text(['event_type', 'weight', 'daily_cap', 'window_cap'], 'event_weights') }} as rows_text
    from as_of_dates
    inner join event_weights on {{ in_force('event_weights', 'as_of_dates.as_of_date') }}
    group by as_of_dates.as_of_date, event_weights.score_model
),

bands_text as (
    select
        as_of_dates.as_of_date,
        {{ rows_as_text(['band', 'band_rank', 'lower_bound', 'upper_bound'], 'score_bands') }} as rows_text
    from as_of_dates
    inner join score_bands on {{ in_force('score_bands', 'as_of_dates.as_of_date') }}
    group by as_of_dates.as_of_date
),

types_text as (
    select {{ rows_as_text(['event_type', 'channel', 'is_active']) }} as rows_text
    from event_types
),

versioned as (
    select
        settings_in_force.as_of_date,
        settings_in_force.score_model,
        settings_in_force.window_days,
        settings_in_force.decay,
        settings_in_force.half_life_days,
        settings_in_force.decay_days,
        settings_in_force.minimum_events,
        settings_in_force.minimum_tenure_days,
        settings_in_force.benchmark_type,
        settings_in_force.benchmark_value,
        settings_in_force.benchmark_percentile,
        settings_in_force.frozen_benchmark,
        settings_in_force.good_from_index,
        {{ dbt.hash(
            row_as_text([
                'score_model', 'priority', 'attribute_name', 'attribute_value', 'window_days', 'decay',
                'half_life_days', 'decay_days', 'minimum_events', 'minimum_tenure_days', 'benchmark_type',
                'benchmark_value', 'benchmark_percentile', 'frozen_benchmark', 'good_from_index',
            ], 'settings_in_force')
            ~ " || '" ~ var('reporting_timezone') ~ '|' ~ var('earliest_event_date') ~ "|'"
            ~ " || coalesce(weights_text.rows_text, '') || coalesce(bands_text.rows_text, '') || coalesce(types_text.rows_text, '')"
        ) }} as config_version
    from settings_in_force
    left join weights_text
        on
            settings_in_force.as_of_date = weights_text.as_of_date
            and settings_in_force.score_model = weights_text.score_model
    left join bands_text on settings_in_force.as_of_date = bands_text.as_of_date
    cross join types_text
)

-- The dates on which the same settings are in force share a number: a short key for joins.
select
    *,
    cast(dense_rank() over (order by score_model, config_version) as integer) as settings_number
from versioned
