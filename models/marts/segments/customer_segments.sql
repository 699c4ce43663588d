-- previous_band is that of the as-of date before, also on the first kept date.
with scores as (
    select * from {{ ref('int_customer_scores') }}
),

as_of_dates as (
    select as_of_date, is_kept, data_starts_on
    from {{ ref('int_as_of_dates') }}
),

settings as (
    select as_of_date, score_model, good_from_index
    from {{ ref('int_score_settings') }}
),

benchmarks as (
    select as_of_date, score_model, benchmark
    from {{ ref('int_score_benchmarks') }}
),

score_bands as (
    select band, band_rank, lower_bound, upper_bound, valid_from, valid_to
    from {{ ref('stg_settings__score_bands') }}
),

indexed as (
    select
        scores.as_of_date,
        scores.customer_id,
        scores.score_model,
        scores.score_status,
        scores.raw_score,
        as_of_dates.is_kept,
        settings.good_from_index,
        {{ engagement_index('scores.raw_score', 'benchmarks.benchmark', 'scores.score_status') }} as engagement_index,
        {{ lifecycle_status('scores', 'as_of_dates.data_starts_on') }} as lifecycle_status
    from scores
    inner join as_of_dates on scores.as_of_date = as_of_dates.as_of_date
    inner join settings
        on
            scores.as_of_date = settings.as_of_date
            and scores.score_model = settings.score_model
    inner join benchmarks
        on
            scores.as_of_date = benchmarks.as_of_date
            and scores.score_model = benchmarks.score_model
),

-- Without a benchmark nobody scored above 0, and the raw score has the index's sign.
banded as (
    select
        indexed.*,
        coalesce(score_bands.band, 'unscored') as band,
        score_bands.band_rank
    from indexed
    left join score_bands
        on
            indexed.score_status = 'scored'
            and {{ in_force('score_bands', 'indexed.as_of_date') }}
            and {{ in_band('coalesce(indexed.engagement_index, indexed.raw_score)', 'score_bands') }}
),

compared as (
    select
        *,
        lag(band) over (partition by customer_id order by as_of_date) as previous_band
    from banded
)

select
    as_of_date,
    customer_id,
    score_model,
    score_status,
    engagement_index,
    band,
    band_rank,
    case when score_status = 'scored' then coalesce(engagement_index >= good_from_index, false) end as is_good,
    previous_band,
    lifecycle_status
from compared
where is_kept
