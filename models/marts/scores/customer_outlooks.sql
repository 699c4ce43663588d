{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'customer_outlooks')) }}
-- The same formula, settings and benchmark as on the as-of date; only the window ends later, so that
-- events leave it and the others have grown older.
with dates_to_build as (
    select dates_to_build.as_of_date, dates_to_build.inputs_version, metric_settings.outlook_days
    from {{ ref('int_outlook_dates_to_build') }} as dates_to_build
    cross join {{ ref('int_metric_settings') }} as metric_settings
),

levels as (
    select as_of_date, score_model, raw_score, engagement_index, band
    from {{ ref('int_score_levels') }}
),

score_bands as (
    select band, lower_bound, upper_bound, valid_from, valid_to
    from {{ ref('stg_settings__score_bands') }}
),

-- Whatever counts later counts now, and has a row here.
contributions as (
    select
        contributions.as_of_date,
        contributions.customer_id,
        contributions.event_type,
        coalesce(points_ahead.points_ahead, 0) as points_ahead,
        coalesce(points_ahead.points_ahead, 0) - contributions.points as points_change
    from {{ ref('customer_score_contributions') }} as contributions
    inner join dates_to_build on contributions.as_of_date = dates_to_build.as_of_date
    left join {{ ref('int_outlook_points') }} as points_ahead
        on
            contributions.as_of_date = points_ahead.as_of_date
            and contributions.customer_id = points_ahead.customer_id
            and contributions.event_type = points_ahead.event_type
),

ranked as (
    select
        *,
        row_number() over (partition by as_of_date, customer_id order by points_change, event_type) as loss_rank
    from contributions
),

summed as (
    select
        as_of_date,
        customer_id,
        sum(points_ahead) as raw_score_ahead,
        max(case when loss_rank = 1 and points_change < 0 then event_type end) as top_loss_event_type,
        max(case when loss_rank = 1 and points_change < 0 then points_change end) as top_loss_points
    from ranked
    group by as_of_date, customer_id
),

scores as (
    select
        scores.as_of_date,
        scores.customer_id,
        scores.score_model,
        scores.score_status,
        scores.raw_score,
        cast(coalesce(summed.raw_score_ahead, 0) as decimal(18, 6)) as raw_score_ahead,
        summed.top_loss_event_type,
        cast(summed.top_loss_points as decimal(18, 6)) as top_loss_points,
        dates_to_build.outlook_days,
        dates_to_build.inputs_version
    from {{ ref('int_customer_scores') }} as scores
    inner join dates_to_build on scores.as_of_date = dates_to_build.as_of_date
    left join summed
        on
            scores.as_of_date = summed.as_of_date
            and scores.customer_id = summed.customer_id
),

-- Without a benchmark only a raw score of 0 or less has a band, as today.
indexed as (
    select
        scores.*,
        benchmarks.benchmark,
        {{ engagement_index('scores.raw_score_ahead', 'benchmarks.benchmark', 'scores.score_status') }} as index_ahead,
        {{ engagement_index('scores.top_loss_points', 'benchmarks.benchmark', 'scores.score_status') }} as top_loss_index
    from scores
    inner join {{ ref('int_score_benchmarks') }} as benchmarks
        on
            scores.as_of_date = benchmarks.as_of_date
            and scores.score_model = benchmarks.score_model
)

select
    indexed.as_of_date,
    indexed.customer_id,
    indexed.outlook_days,
    indexed.score_model,
    indexed.score_status,
    indexed.raw_score,
    indexed.raw_score_ahead,
    levels.engagement_index,
    indexed.index_ahead,
    cast(indexed.index_ahead - levels.engagement_index as decimal(18, 6)) as index_at_stake,
    coalesce(levels.band, 'unscored') as band,
    case when indexed.score_status = 'scored' then score_bands.band else 'unscored' end as band_ahead,
    indexed.top_loss_event_type,
    indexed.top_loss_points,
    indexed.top_loss_index,
    indexed.inputs_version
from indexed
left join levels
    on
        indexed.as_of_date = levels.as_of_date
        and indexed.score_model = levels.score_model
        and case when indexed.score_status = 'scored' then indexed.raw_score end = levels.raw_score
left join score_bands
    on
        {{ in_force('score_bands', 'indexed.as_of_date') }}
        and {{ in_band(
            'coalesce(indexed.index_ahead, case when indexed.raw_score_ahead <= 0 then indexed.raw_score_ahead end)', 'score_bands'
        ) }}
