{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'segments')) }}
-- What a row says of the as-of date before is true on the first kept date too. Nobody declines or falls
-- while a source is missing.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'segments') }}
),

scores as (
    select * from {{ ref('int_named_bands') }}
),

levels as (
    select as_of_date, score_model, raw_score, engagement_index, band, band_rank, is_good
    from {{ ref('int_score_levels') }}
),

score_models as (
    select
        coverage.as_of_date,
        coverage.score_model,
        coverage.data_coverage,
        score_settings.good_from_index,
        metric_settings.renewal_horizon_days,
        as_of_dates.data_starts_on,
        dates_to_build.inputs_version
    from {{ ref('int_score_coverage') }} as coverage
    inner join dates_to_build on coverage.as_of_date = dates_to_build.partition_date
    inner join {{ ref('int_as_of_dates') }} as as_of_dates on coverage.as_of_date = as_of_dates.as_of_date
    inner join {{ ref('int_score_settings') }} as score_settings
        on coverage.as_of_date = score_settings.as_of_date and coverage.score_model = score_settings.score_model
    cross join {{ ref('int_metric_settings') }} as metric_settings
),

renewals as (
    select customer_id, valid_from, valid_to, renewal_date
    from {{ ref('int_customer_renewals') }}
),

described as (
    select
        scores.as_of_date,
        scores.customer_id,
        scores.score_model,
        {{ covered_score_status('scores.score_status', 'score_models.data_coverage') }} as score_status,
        score_models.data_coverage,
        levels.engagement_index,
        coalesce(levels.band, 'unscored') as band,
        levels.band_rank,
        levels.is_good,
        scores.previous_band,
        coalesce(scores.stable_band, levels.band, 'unscored') as stable_band,
        cast(
            case when scores.stable_band is null then levels.band_rank else nullif(scores.stable_rank, 0) end as integer
        ) as stable_band_rank,
        scores.previous_stable_band,
        scores.previous_confirmed_on,
        scores.change_z,
        scores.relative_z,
        scores.trend,
        {{ risk_reasons('scores', 'score_models', 'renewals.renewal_date', 'scores.as_of_date') }} as reasons,
        {{ lifecycle_status('scores', 'score_models.data_starts_on') }} as lifecycle_status,
        score_models.inputs_version
    from scores
    left join score_models on scores.as_of_date = score_models.as_of_date and scores.score_model = score_models.score_model
    left join renewals
        on scores.customer_id = renewals.customer_id and scores.as_of_date between renewals.valid_from and renewals.valid_to
    left join levels
        on
            scores.as_of_date = levels.as_of_date
            and scores.score_model = levels.score_model
            and scores.level_score = levels.raw_score
)

select
    as_of_date,
    customer_id,
    score_model,
    score_status,
    data_coverage,
    engagement_index,
    band,
    band_rank,
    is_good,
    previous_band,
    stable_band,
    stable_band_rank,
    previous_stable_band,
    previous_confirmed_on,
    change_z,
    relative_z,
    trend,
    reasons <> '' as at_risk,
    nullif(substring(reasons, 3), '') as risk_reasons,
    lifecycle_status,
    inputs_version
from described
