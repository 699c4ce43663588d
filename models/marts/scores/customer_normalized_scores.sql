-- Ranked and scaled among the scored customers of one model and date; everyone else gets nulls.
with scores as (
    select as_of_date, customer_id, score_model, score_status, raw_score
    from {{ ref('customer_scores') }}
),

benchmarks as (
    select as_of_date, score_model, benchmark
    from {{ ref('int_score_benchmarks') }}
),

log_scores as (
    select
        scores.*,
        benchmarks.benchmark,
        {{ engagement_index('scores.raw_score', 'benchmarks.benchmark', 'scores.score_status') }} as engagement_index,
        cast(ln(cast(1 + greatest(scores.raw_score, 0) as {{ type_double() }})) as decimal(18, 8)) as log_score
    from scores
    inner join benchmarks
        on
            scores.as_of_date = benchmarks.as_of_date
            and scores.score_model = benchmarks.score_model
),

populations as (
    select
        as_of_date,
        score_model,
        min(raw_score) as min_raw_score,
        max(raw_score) as max_raw_score,
        {{ population_mean('log_score') }} as mean_log_score,
        {{ population_deviation('log_score') }} as deviation_log_score
    from log_scores
    where score_status = 'scored'
    group by as_of_date, score_model
),

scaled as (
    select
        log_scores.*,
        {{ ratio(
            '100 * (log_scores.raw_score - populations.min_raw_score)',
            'populations.max_raw_score - populations.min_raw_score',
            'decimal(18, 6)'
        ) }} as min_max_score,
        cast(100 * percent_rank() over (
            partition by log_scores.as_of_date, log_scores.score_model, log_scores.score_status
            order by log_scores.raw_score
        ) as decimal(18, 6)) as percentile_score,
        (cast(log_scores.log_score as {{ type_double() }}) - populations.mean_log_score)
        / nullif(populations.deviation_log_score, 0) as z_score
    from log_scores
    left join populations
        on
            log_scores.as_of_date = populations.as_of_date
            and log_scores.score_model = populations.score_model
)

select
    as_of_date,
    customer_id,
    score_model,
    score_status,
    raw_score,
    benchmark,
    engagement_index,
    cast(case
        when engagement_index is not null then least(greatest(engagement_index, 0), 100)
    end as decimal(9, 6)) as engagement_score,
    {{ when_scored('min_max_score') }} as min_max_score,
    {{ when_scored('percentile_score') }} as percentile_score,
    {{ when_scored('z_score') }} as z_score,
    {{ when_scored('100 / (1 + exp(-z_score))') }} as logistic_score
from scaled
