{{ config(materialized='ephemeral') }}
-- The same window on the same date for both: a customer who falls with everybody, as in August, has a
-- change of his own near 0 in relative_z.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'segments', model_name='customer_segments') }}
),

scores as (
    select *, case when score_status = 'scored' then raw_score end as level_score
    from {{ ref('int_customer_scores') }}
    where as_of_date in (select dates_to_build.partition_date from dates_to_build)
),

settings as (
    select significance, fall_significance, minimum_previous_events
    from {{ ref('int_metric_settings') }}
),

cohorts as (
    select
        as_of_date,
        score_model,
        case
            when sum(raw_score) >= 0 and sum(previous_raw_score) > 0 then {{ ratio('sum(raw_score)', 'sum(previous_raw_score)') }}
        end as cohort_growth
    from {{ ref('int_customer_scores') }}
    where score_status = 'scored' and as_of_date in (select dates_to_build.partition_date from dates_to_build)
    group by as_of_date, score_model
),

compared as (
    select
        scores.*,
        {{ change_z('scores.level_score', 'scores.previous_raw_score', 'scores.score_variance') }} as change_z,
        {{ change_z(
            'scores.level_score',
            'cast(scores.previous_raw_score as ' ~ type_double() ~ ') * cast(coalesce(cohorts.cohort_growth, 1) as ' ~ type_double() ~ ')',
            'scores.score_variance'
        ) }} as relative_z
    from scores
    left join cohorts on scores.as_of_date = cohorts.as_of_date and scores.score_model = cohorts.score_model
)

select
    compared.as_of_date,
    compared.customer_id,
    compared.score_model,
    compared.score_status,
    compared.level_score,
    compared.window_days,
    compared.active_days,
    compared.previous_active_days,
    compared.first_active_on,
    compared.change_z,
    compared.relative_z,
    case
        when compared.level_score is not null
            then {{ score_trend('compared.change_z', 'compared.interactions', 'compared.previous_interactions', 'settings') }}
    end as trend,
    coalesce(
        compared.previous_interactions >= settings.minimum_previous_events
        and compared.change_z <= -settings.significance
        and compared.relative_z <= -settings.significance,
        false
    ) as is_falling,
    coalesce(compared.relative_z <= -settings.fall_significance, false) as is_lower
from compared
cross join settings
