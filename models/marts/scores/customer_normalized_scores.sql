{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'normalized')) }}
-- Ranked and scaled among the scored customers of one model and date, those of a stale source among
-- them; everyone else gets nulls.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'normalized') }}
),

scores as (
    select as_of_date, customer_id, score_model, score_status, raw_score
    from {{ ref('int_customer_scores') }}
),

benchmarks as (
    select as_of_date, score_model, benchmark
    from {{ ref('int_score_benchmarks') }}
),

levels as (
    select * from {{ ref('int_score_levels') }}
),

coverage as (
    select as_of_date, score_model, data_coverage
    from {{ ref('int_score_coverage') }}
)

select
    scores.as_of_date,
    scores.customer_id,
    scores.score_model,
    {{ covered_score_status('scores.score_status', 'coverage.data_coverage') }} as score_status,
    scores.raw_score,
    benchmarks.benchmark,
    levels.engagement_index,
    levels.engagement_score,
    levels.min_max_score,
    levels.percentile_score,
    levels.z_score,
    levels.logistic_score,
    dates_to_build.inputs_version
from scores
inner join dates_to_build on scores.as_of_date = dates_to_build.partition_date
inner join benchmarks
    on
        scores.as_of_date = benchmarks.as_of_date
        and scores.score_model = benchmarks.score_model
inner join coverage
    on
        scores.as_of_date = coverage.as_of_date
        and scores.score_model = coverage.score_model
left join levels
    on
        scores.as_of_date = levels.as_of_date
        and scores.score_model = levels.score_model
        and case when scores.score_status = 'scored' then scores.raw_score end = levels.raw_score
