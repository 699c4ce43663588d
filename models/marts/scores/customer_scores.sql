{{ config(materialized='view') }}

with scores as (
    select * from {{ ref('int_customer_scores') }}
),

kept_dates as (
    select as_of_date, data_loaded_until
    from {{ ref('int_as_of_dates') }}
    where is_kept
),

-- A hash of all settings is the same text on every row of a date and model: joined, not stored.
settings as (
    select as_of_date, score_model, config_version
    from {{ ref('int_score_settings') }}
),

coverage as (
    select as_of_date, score_model, data_coverage
    from {{ ref('int_score_coverage') }}
)

select
    scores.as_of_date,
    scores.customer_id,
    scores.score_model,
    scores.window_days,
    scores.raw_score,
    scores.previous_raw_score,
    scores.score_variance,
    {{ covered_score_status('scores.score_status', 'coverage.data_coverage') }} as score_status,
    coverage.data_coverage,
    scores.interactions,
    scores.active_days,
    scores.previous_interactions,
    scores.last_interaction_at,
    scores.first_seen_on,
    scores.tenure_days,
    scores.lifetime_interactions,
    scores.is_known,
    {%- for channel in channels() %}
    scores.{{ channel }}_raw_score,
    {%- endfor %}
    settings.config_version,
    kept_dates.data_loaded_until
from scores
inner join kept_dates on scores.as_of_date = kept_dates.as_of_date
inner join settings
    on
        scores.as_of_date = settings.as_of_date
        and scores.score_model = settings.score_model
inner join coverage
    on
        scores.as_of_date = coverage.as_of_date
        and scores.score_model = coverage.score_model
