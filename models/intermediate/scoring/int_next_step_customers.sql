{{ config(materialized='ephemeral') }}

with dates_to_build as (
    select as_of_date, inputs_version
    from {{ ref('int_next_step_dates_to_build') }}
),

scores as (
    select as_of_date, customer_id, score_model, raw_score
    from {{ ref('int_customer_scores') }}
    where score_status = 'scored'
),

levels as (
    select as_of_date, score_model, raw_score, engagement_index, band
    from {{ ref('int_score_levels') }}
),

band_entries as (
    select * from {{ ref('int_band_entries') }}
),

customer_score_models as (
    select customer_id, assignment_number, valid_from, valid_to
    from {{ ref('int_customer_score_models') }}
)

select
    scores.as_of_date,
    scores.customer_id,
    customer_score_models.assignment_number,
    scores.score_model,
    scores.raw_score,
    levels.engagement_index,
    band_entries.benchmark,
    levels.band,
    band_entries.next_band,
    band_entries.next_band_edge,
    {{ whole_parts('(band_entries.entry_raw_score - scores.raw_score)') }} as points_needed,
    dates_to_build.inputs_version
from scores
inner join dates_to_build on scores.as_of_date = dates_to_build.as_of_date
inner join customer_score_models
    on
        scores.customer_id = customer_score_models.customer_id
        and {{ in_force('customer_score_models', 'scores.as_of_date') }}
inner join levels
    on
        scores.as_of_date = levels.as_of_date
        and scores.score_model = levels.score_model
        and scores.raw_score = levels.raw_score
inner join band_entries
    on
        levels.as_of_date = band_entries.as_of_date
        and levels.score_model = band_entries.score_model
        and levels.band = band_entries.band
