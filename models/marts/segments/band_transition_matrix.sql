{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'band_transition_matrix')) }}
-- Only what is told of a date whose data is complete counts, as in segment_transitions.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'band_transition_matrix') }}
),

history as (
    select as_of_date, previous_as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_kept and exists (select 1 from dates_to_build)
),

incomplete as (
    select as_of_date, score_model
    from {{ ref('int_score_coverage') }}
    where data_coverage < 1
),

score_bands as (
    select * from {{ ref('stg_settings__score_bands') }}
),

steps as (
    select segments.score_model, segments.stable_band as from_band, segments.stable_band as to_band, count(*) as transitions
    from {{ ref('customer_segments') }} as segments
    inner join history on segments.as_of_date = history.as_of_date
    left join incomplete
        on
            segments.as_of_date = incomplete.as_of_date
            and segments.score_model = incomplete.score_model
    where segments.stable_band = segments.previous_stable_band and incomplete.as_of_date is null
    group by segments.score_model, segments.stable_band
    union all
    select moves.score_model, moves.from_band, moves.to_band, count(*) as transitions
    from {{ ref('segment_transitions') }} as moves
    inner join history on moves.as_of_date = history.as_of_date
    group by moves.score_model, moves.from_band, moves.to_band
),

-- Every name that a band had in the history; its place is the latest that it had.
named_bands as (
    select
        score_bands.band,
        score_bands.band_rank,
        row_number() over (partition by score_bands.band order by max(score_bands.valid_from) desc, score_bands.band_rank desc) as recency
    from score_bands
    inner join history
        on {{ in_force('score_bands', 'history.as_of_date') }} or {{ in_force('score_bands', 'history.previous_as_of_date') }}
    group by score_bands.band, score_bands.band_rank
),

bands as (
    select band, band_rank
    from named_bands
    where recency = 1
    union all
    select 'unscored' as band, 0 as band_rank
),

models as (
    select distinct score_model from steps
    union all
    select 'all' as score_model
),

pairs as (
    select
        models.score_model,
        from_bands.band as from_band,
        from_bands.band_rank as from_rank,
        to_bands.band as to_band,
        to_bands.band_rank as to_rank
    from models
    cross join bands as from_bands
    cross join bands as to_bands
),

counted as (
    select pairs.*, coalesce(sum(steps.transitions), 0) as transitions
    from pairs
    left join steps
        on
            pairs.from_band = steps.from_band
            and pairs.to_band = steps.to_band
            and pairs.score_model in (steps.score_model, 'all')
    group by pairs.score_model, pairs.from_band, pairs.from_rank, pairs.to_band, pairs.to_rank
),

totals as (
    select
        *,
        sum(transitions) over (partition by score_model, from_band) as customer_periods,
        sum(case when from_band <> to_band then transitions else 0 end) over (partition by score_model, from_band) as leavings
    from counted
),

periods as (
    select
        count(*) as periods,
        {{ days_between('min(previous_as_of_date)', 'max(as_of_date)') }} as history_days
    from history
)

select
    dates_to_build.partition_date as as_of_date,
    totals.score_model,
    totals.from_band,
    cast(totals.from_rank as integer) as from_rank,
    totals.to_band,
    cast(totals.to_rank as integer) as to_rank,
    cast(totals.transitions as bigint) as transitions,
    cast(totals.customer_periods as bigint) as customer_periods,
    {{ ratio('totals.transitions', 'totals.customer_periods') }} as probability,
    {{ ratio('totals.customer_periods * periods.history_days', 'totals.leavings * periods.periods', 'decimal(18, 6)') }}
        as expected_days_in_band,
    dates_to_build.inputs_version
from dates_to_build
cross join totals
cross join periods
