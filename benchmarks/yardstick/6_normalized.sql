-- Everything normalised is a function of the date, the score model and the raw score: it is computed
-- once a distinct score, and joined back.
create type band as enum (select band from (select band, band_rank from score_bands union all select 'unscored', 99) order by band_rank);

create temp table levels as
with counted as (
    select as_of_date, score_model, raw_score, count(*) as customers
    from int_customer_scores
    where score_status = 'scored'
    group by as_of_date, score_model, raw_score
)
select
    *,
    cast(ln(cast(1 + greatest(raw_score, 0) as double)) as decimal(18, 8)) as log_score,
    coalesce(sum(customers) over lower, 0) as customers_below,
    coalesce(sum(case when raw_score > 0 then customers end) over lower, 0) as positive_below
from counted
window lower as (partition by as_of_date, score_model order by raw_score rows between unbounded preceding and 1 preceding);

create temp table populations as
select
    as_of_date,
    score_model,
    sum(customers) as customers,
    sum(case when raw_score > 0 then customers end) as positive_customers,
    min(raw_score) as lowest,
    max(raw_score) as highest,
    cast(sum(log_score * cast(customers as decimal(12, 0))) as double) / sum(customers) as mean_log_score,
    case
        when min(log_score) = max(log_score) then 0
        else sqrt(greatest(
            cast(sum(cast(log_score as decimal(19, 8)) * log_score * cast(customers as decimal(10, 0))) as double) / sum(customers)
            - power(cast(sum(log_score * cast(customers as decimal(12, 0))) as double) / sum(customers), 2), 0
        ))
    end as deviation_log_score
from levels
group by as_of_date, score_model;

create table int_score_benchmarks as
with dates as (
    select getvariable('first_date') + unnest(range(getvariable('last_k') + 1))::integer as as_of_date
),
wanted as (
    select
        dates.as_of_date,
        cast(score_models.score_model as score_model) as score_model,
        benchmark_type,
        benchmark_value,
        cast(benchmark_percentile * (positive_customers - 1) as decimal(18, 4)) as wanted_place
    from dates
    cross join score_models
    left join populations
        on dates.as_of_date = populations.as_of_date
        and score_models.score_model = populations.score_model
),
neighbours as (
    select
        levels.as_of_date,
        levels.score_model,
        -- how many of the level's places are next to the wanted one, times how near
        raw_score * cast(
            case
                when floor(wanted_place) between positive_below and positive_below + customers - 1
                    then 1 - (wanted_place - floor(wanted_place))
                else 0
            end
            + case
                when wanted_place > floor(wanted_place)
                    and floor(wanted_place) + 1 between positive_below and positive_below + customers - 1
                    then wanted_place - floor(wanted_place)
                else 0
            end
        as decimal(18, 4)) as share
    from levels
    inner join wanted using (as_of_date, score_model)
    where benchmark_type = 'percentile' and raw_score > 0
        and wanted_place between positive_below - 1 and positive_below + customers
)
select
    as_of_date,
    score_model,
    cast(case when any_value(benchmark_type) = 'fixed' then any_value(benchmark_value) else sum(share) end as decimal(18, 6)) as benchmark
from wanted
left join neighbours using (as_of_date, score_model)
group by as_of_date, score_model;

create temp table scales as
with indexed as (
    select
        levels.*,
        benchmark,
        cast(cast(100 * raw_score as double) / nullif(cast(benchmark as double), 0) as decimal(18, 6)) as engagement_index,
        lowest,
        highest,
        populations.customers as customers_of_date,
        (cast(log_score as double) - mean_log_score) / nullif(deviation_log_score, 0) as z_score
    from levels
    inner join populations using (as_of_date, score_model)
    inner join int_score_benchmarks using (as_of_date, score_model)
)
select
    as_of_date,
    indexed.score_model,
    raw_score as level,
    benchmark,
    engagement_index,
    cast(least(greatest(engagement_index, 0), 100) as decimal(9, 6)) as engagement_score,
    cast(cast(
        cast(100 * (raw_score - lowest) as double) / nullif(cast(highest - lowest as double), 0)
        as decimal(18, 6)
    ) as decimal(9, 6)) as min_max_score,
    cast(cast(100 * case
        when customers_of_date > 1 then cast(customers_below as double) / cast(customers_of_date - 1 as double)
        else 0
    end as decimal(18, 6)) as decimal(9, 6)) as percentile_score,
    cast(z_score as decimal(18, 6)) as z_score,
    cast(100 / (1 + exp(-z_score)) as decimal(9, 6)) as logistic_score,
    cast(band as band) as band,
    band_rank,
    coalesce(engagement_index, raw_score) between inside_from and inside_until as is_inside,
    cast(dwell_days as integer) as dwell_days,
    coalesce(engagement_index >= good_from_index, false) as is_good
from indexed
inner join score_models on indexed.score_model = cast(score_models.score_model as score_model)
left join score_bands
    on (lower_bound is null or coalesce(engagement_index, raw_score) > lower_bound)
    and (upper_bound is null or coalesce(engagement_index, raw_score) <= upper_bound);

create table customer_normalized_scores as
select
    scores.as_of_date,
    customer_id,
    scores.score_model,
    score_status,
    raw_score,
    int_score_benchmarks.benchmark,
    engagement_index,
    engagement_score,
    min_max_score,
    percentile_score,
    z_score,
    logistic_score
from int_customer_scores as scores
inner join int_score_benchmarks
    on scores.as_of_date = int_score_benchmarks.as_of_date
    and scores.score_model = int_score_benchmarks.score_model
left join scales
    on scores.as_of_date = scales.as_of_date
    and scores.score_model = scales.score_model
    and case when score_status = 'scored' then raw_score end = level
where scores.as_of_date >= getvariable('first_kept_date');
