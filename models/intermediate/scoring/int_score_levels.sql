{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'scores')) }}
-- Everything normalised is a function of the date, the score model and the raw score, so it is
-- computed once a distinct score.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'scores') }}
),

levels as (
    select scores.as_of_date, scores.score_model, scores.raw_score, dates_to_build.inputs_version, count(*) as customers
    from {{ ref('int_customer_scores') }} as scores
    inner join dates_to_build on scores.as_of_date = dates_to_build.partition_date
    where scores.score_status = 'scored'
    group by scores.as_of_date, scores.score_model, scores.raw_score, dates_to_build.inputs_version
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

logged as (
    select
        *,
        cast(ln(cast(1 + greatest(raw_score, 0) as {{ type_double() }})) as decimal(18, 8)) as log_score
    from levels
),

populations as (
    select
        as_of_date,
        score_model,
        sum(customers) as customers,
        min(raw_score) as min_raw_score,
        max(raw_score) as max_raw_score,
        {{ population_mean('log_score', 'customers') }} as mean_log_score,
        {{ population_deviation('log_score', 'customers') }} as deviation_log_score
    from logged
    group by as_of_date, score_model
),

scaled as (
    select
        logged.*,
        settings.good_from_index,
        {{ ratio('100 * logged.raw_score', 'benchmarks.benchmark', 'decimal(18, 6)') }} as engagement_index,
        {{ ratio(
            '100 * (logged.raw_score - populations.min_raw_score)',
            'populations.max_raw_score - populations.min_raw_score',
            'decimal(18, 6)'
        ) }} as min_max_score,
        sum(logged.customers) over (
            partition by logged.as_of_date, logged.score_model order by logged.raw_score
            rows between unbounded preceding and current row
        ) - logged.customers as customers_below,
        populations.customers - 1 as other_customers,
        (cast(logged.log_score as {{ type_double() }}) - populations.mean_log_score)
        / nullif(populations.deviation_log_score, 0) as z_score
    from logged
    inner join populations
        on
            logged.as_of_date = populations.as_of_date
            and logged.score_model = populations.score_model
    inner join settings
        on
            logged.as_of_date = settings.as_of_date
            and logged.score_model = settings.score_model
    inner join benchmarks
        on
            logged.as_of_date = benchmarks.as_of_date
            and logged.score_model = benchmarks.score_model
)

-- Without a benchmark nobody scored above 0, and the raw score has the index's sign.
select
    scaled.as_of_date,
    scaled.score_model,
    scaled.raw_score,
    cast(scaled.customers as bigint) as customers,
    scaled.engagement_index,
    cast(case
        when scaled.engagement_index is not null then least(greatest(scaled.engagement_index, 0), 100)
    end as decimal(9, 6)) as engagement_score,
    scaled.min_max_score,
    cast(
        coalesce(100 * {{ ratio('scaled.customers_below', 'scaled.other_customers', type_double()) }}, 0) as decimal(18, 6)
    ) as percentile_score,
    cast(scaled.z_score as decimal(18, 6)) as z_score,
    cast(100 / (1 + exp(-scaled.z_score)) as decimal(18, 6)) as logistic_score,
    score_bands.band,
    score_bands.band_rank,
    coalesce(scaled.engagement_index >= scaled.good_from_index, false) as is_good,
    scaled.inputs_version
from scaled
left join score_bands
    on
        {{ in_force('score_bands', 'scaled.as_of_date') }}
        and {{ in_band('coalesce(scaled.engagement_index, scaled.raw_score)', 'score_bands') }}
