{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'scores')) }}
-- percentile_cont takes a constant on most engines, so the two neighbours are found by hand.
{%- set up_to_here = 'partition by as_of_date, score_model order by raw_score rows between unbounded preceding and current row' %}
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'scores') }}
),

settings as (
    select score_settings.*, dates_to_build.inputs_version
    from {{ ref('int_score_settings') }} as score_settings
    inner join dates_to_build on score_settings.as_of_date = dates_to_build.partition_date
),

percentile_settings as (
    select as_of_date, score_model, benchmark_percentile
    from settings
    where benchmark_type = 'percentile' and frozen_benchmark is null
),

positive_scores as (
    select scores.as_of_date, scores.score_model, scores.raw_score, percentile_settings.benchmark_percentile, count(*) as customers
    from {{ ref('int_customer_scores') }} as scores
    inner join percentile_settings
        on
            scores.as_of_date = percentile_settings.as_of_date
            and scores.score_model = percentile_settings.score_model
    where scores.score_status = 'scored' and scores.raw_score > 0
    group by scores.as_of_date, scores.score_model, scores.raw_score, percentile_settings.benchmark_percentile
),

-- Places count from 0; customers of one score stand on neighbouring places.
placed as (
    select
        *,
        sum(customers) over ({{ up_to_here }}) - customers as first_place,
        sum(customers) over ({{ up_to_here }}) - 1 as last_place,
        cast(benchmark_percentile * (sum(customers) over (partition by as_of_date, score_model) - 1) as decimal(18, 4)) as wanted_place
    from positive_scores
),

neighbours as (
    select
        *,
        case when floor(wanted_place) between first_place and last_place then 1 - (wanted_place - floor(wanted_place)) else 0 end
        + case when floor(wanted_place) + 1 between first_place and last_place then wanted_place - floor(wanted_place) else 0 end
            as nearness
    from placed
),

percentiles as (
    select
        as_of_date,
        score_model,
        sum(cast(raw_score as decimal(19, 6)) * cast(nearness as decimal(18, 4))) as benchmark
    from neighbours
    where nearness > 0
    group by as_of_date, score_model
)

select
    settings.as_of_date,
    settings.score_model,
    cast(coalesce(
        settings.frozen_benchmark,
        case when settings.benchmark_type = 'fixed' then settings.benchmark_value else percentiles.benchmark end
    ) as decimal(18, 6)) as benchmark,
    settings.inputs_version
from settings
left join percentiles
    on
        settings.as_of_date = percentiles.as_of_date
        and settings.score_model = percentiles.score_model
