{{ config(materialized='view') }}
-- Also of the date a year before, which the kept marts don't have.
with comparisons as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where comparison is not null
),

scores as (
    select as_of_date, customer_id, score_model, raw_score
    from {{ ref('int_customer_scores') }}
    where score_status = 'scored'
),

benchmarks as (
    select as_of_date, score_model, benchmark
    from {{ ref('int_score_benchmarks') }}
),

levels as (
    select as_of_date, score_model, raw_score, engagement_index
    from {{ ref('int_score_levels') }}
)

select
    scores.as_of_date,
    scores.customer_id,
    scores.score_model,
    benchmarks.benchmark,
    levels.engagement_index
from scores
inner join comparisons on scores.as_of_date = comparisons.as_of_date
inner join benchmarks on scores.as_of_date = benchmarks.as_of_date and scores.score_model = benchmarks.score_model
inner join levels
    on
        scores.as_of_date = levels.as_of_date
        and scores.score_model = levels.score_model
        and scores.raw_score = levels.raw_score
where levels.engagement_index is not null
