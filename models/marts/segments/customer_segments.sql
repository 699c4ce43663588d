{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'segments')) }}
-- previous_band is that of the as-of date before, also on the first kept date.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'segments') }}
),

as_of_dates as (
    select as_of_date, data_starts_on, lag(as_of_date) over (order by as_of_date) as previous_as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_scored
),

dates_to_read as (
    select as_of_dates.*, dates_to_build.inputs_version
    from dates_to_build
    inner join as_of_dates on dates_to_build.partition_date = as_of_dates.as_of_date
),

scores as (
    select * from {{ ref('int_customer_scores') }}
    where
        as_of_date in (select dates_to_read.as_of_date from dates_to_read)
        or as_of_date in (select dates_to_read.previous_as_of_date from dates_to_read)
),

levels as (
    select as_of_date, score_model, raw_score, engagement_index, band, band_rank, is_good
    from {{ ref('int_score_levels') }}
),

banded as (
    select
        scores.*,
        levels.engagement_index,
        coalesce(levels.band, 'unscored') as band,
        levels.band_rank,
        levels.is_good
    from scores
    left join levels
        on
            scores.as_of_date = levels.as_of_date
            and scores.score_model = levels.score_model
            and case when scores.score_status = 'scored' then scores.raw_score end = levels.raw_score
),

compared as (
    select
        as_of_date,
        customer_id,
        score_model,
        score_status,
        window_days,
        active_days,
        previous_active_days,
        first_active_on,
        engagement_index,
        band,
        band_rank,
        is_good,
        lag(band) over (partition by customer_id order by as_of_date) as band_before,
        lag(as_of_date) over (partition by customer_id order by as_of_date) as date_before
    from banded
)

select
    compared.as_of_date,
    compared.customer_id,
    compared.score_model,
    compared.score_status,
    compared.engagement_index,
    compared.band,
    compared.band_rank,
    compared.is_good,
    case when compared.date_before = dates_to_read.previous_as_of_date then compared.band_before end as previous_band,
    {{ lifecycle_status('compared', 'dates_to_read.data_starts_on') }} as lifecycle_status,
    dates_to_read.inputs_version
from compared
inner join dates_to_read on compared.as_of_date = dates_to_read.as_of_date
