-- percentile_cont takes a constant on most engines, so the two neighbours are found by hand.
with customer_scores as (
    select as_of_date, score_model, raw_score
    from {{ ref('int_customer_scores') }}
    where score_status = 'scored' and raw_score > 0
),

settings as (
    select as_of_date, score_model, benchmark_type, benchmark_value, benchmark_percentile, frozen_benchmark
    from {{ ref('int_score_settings') }}
),

percentile_settings as (
    select as_of_date, score_model, benchmark_percentile
    from settings
    where benchmark_type = 'percentile' and frozen_benchmark is null
),

ranked as (
    select
        customer_scores.as_of_date,
        customer_scores.score_model,
        customer_scores.raw_score,
        row_number() over (
            partition by customer_scores.as_of_date, customer_scores.score_model order by customer_scores.raw_score
        ) - 1 as place,
        cast(percentile_settings.benchmark_percentile * (count(*) over (
            partition by customer_scores.as_of_date, customer_scores.score_model
        ) - 1) as decimal(18, 4)) as wanted_place
    from customer_scores
    inner join percentile_settings
        on
            customer_scores.as_of_date = percentile_settings.as_of_date
            and customer_scores.score_model = percentile_settings.score_model
),

percentiles as (
    select
        as_of_date,
        score_model,
        sum(cast(raw_score as decimal(19, 6)) * cast(1 - abs(place - wanted_place) as decimal(18, 4))) as benchmark
    from ranked
    where abs(place - wanted_place) < 1
    group by as_of_date, score_model
)

select
    settings.as_of_date,
    settings.score_model,
    cast(coalesce(
        settings.frozen_benchmark,
        case when settings.benchmark_type = 'fixed' then settings.benchmark_value else percentiles.benchmark end
    ) as decimal(18, 6)) as benchmark
from settings
left join percentiles
    on
        settings.as_of_date = percentiles.as_of_date
        and settings.score_model = percentiles.score_model
