{{ config(materialized='ephemeral') }}
-- The index is stored with 6 places, so the first raw score above an edge is looked for in the stored
-- rounding: at the edge plus half a place, and one millionth to either side.
with dates_to_build as (
    select as_of_date
    from {{ ref('int_next_step_dates_to_build') }}
),

benchmarks as (
    select as_of_date, score_model, benchmark
    from {{ ref('int_score_benchmarks') }}
    where benchmark is not null
),

score_bands as (
    select * from {{ ref('stg_settings__score_bands') }}
),

neighbours as (
    select
        dates_to_build.as_of_date,
        score_bands.band,
        lead(score_bands.band) over (partition by dates_to_build.as_of_date order by score_bands.band_rank) as next_band,
        lead(score_bands.lower_bound) over (partition by dates_to_build.as_of_date order by score_bands.band_rank) as next_band_edge
    from dates_to_build
    inner join score_bands on {{ in_force('score_bands', 'dates_to_build.as_of_date') }}
),

steps as (
    select -1 as step_parts
    union all
    select 0 as step_parts
    union all
    select 1 as step_parts
),

candidates as (
    select
        neighbours.*,
        benchmarks.score_model,
        benchmarks.benchmark,
        {{ from_parts(
            '(ceil(cast(neighbours.next_band_edge + 0.0000005 as ' ~ type_double() ~ ') * cast(benchmarks.benchmark as ' ~ type_double()
            ~ ') * 10000) + steps.step_parts)'
        ) }} as raw_score
    from neighbours
    inner join benchmarks on neighbours.as_of_date = benchmarks.as_of_date
    cross join steps
    where neighbours.next_band is not null
)

select
    as_of_date,
    score_model,
    band,
    next_band,
    cast(next_band_edge as decimal(18, 6)) as next_band_edge,
    benchmark,
    cast(min(raw_score) as decimal(18, 6)) as entry_raw_score
from candidates
where {{ engagement_index('raw_score', 'benchmark', "'scored'") }} > next_band_edge
group by as_of_date, score_model, band, next_band, next_band_edge, benchmark
