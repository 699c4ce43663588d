{{ config(materialized='ephemeral') }}
-- Hysteresis, computed from the scores and not remembered: the stable band is the last confirmed one of
-- the look-back, else the band itself. Days are numbers here, and a day and a band one number, so that
-- the latest of several is their maximum.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'segments', model_name='customer_segments') }}
),

as_of_dates as (
    select as_of_date, previous_as_of_date, bands_read_from, {{ day_number('as_of_date') }} as day_number
    from {{ ref('int_as_of_dates') }}
    where is_in_history
),

dates_to_read as (
    select as_of_dates.*
    from as_of_dates
    inner join (
        select min(as_of_dates.bands_read_from) as read_from, max(as_of_dates.as_of_date) as read_until
        from as_of_dates
        inner join dates_to_build on as_of_dates.as_of_date = dates_to_build.partition_date
    ) as edges on as_of_dates.as_of_date between edges.read_from and edges.read_until
),

score_bands as (
    select * from {{ ref('stg_settings__score_bands') }}
),

lookback as (
    select hysteresis_lookback_days - 1 as days_before
    from {{ ref('int_metric_settings') }}
),

levels as (
    select
        levels.as_of_date,
        levels.score_model,
        levels.raw_score,
        levels.band_rank,
        score_bands.dwell_days,
        {{ is_inside_band('coalesce(levels.engagement_index, levels.raw_score)', 'score_bands') }} as is_inside
    from {{ ref('int_score_levels') }} as levels
    left join score_bands
        on
            levels.band_rank = score_bands.band_rank
            and {{ in_force('score_bands', 'levels.as_of_date') }}
),

banded as (
    select
        dates_to_read.day_number,
        scores.customer_id,
        coalesce(levels.band_rank, 0) as band_rank,
        levels.dwell_days,
        coalesce(levels.is_inside, true) as is_inside
    from {{ ref('int_customer_scores') }} as scores
    inner join dates_to_read on scores.as_of_date = dates_to_read.as_of_date
    left join levels
        on
            scores.as_of_date = levels.as_of_date
            and scores.score_model = levels.score_model
            and case when scores.score_status = 'scored' then scores.raw_score end = levels.raw_score
),

entered as (
    select
        *,
        case
            when band_rank = lag(band_rank) over (partition by customer_id order by day_number) then null
            else day_number
        end as entered_day
    from banded
),

stays as (
    select
        *,
        max(entered_day) over (partition by customer_id order by day_number rows unbounded preceding) as stay
    from entered
),

confirmed as (
    select
        *,
        case when is_inside or day_number - stay >= dwell_days - 1 then day_number end as confirmed_day
    from stays
),

-- What was confirmed before a stay, and which other band before that.
summaries as (
    select
        customer_id,
        stay,
        band_rank,
        min(confirmed_day) as first_confirmed_day,
        max(max(confirmed_day) * 100 + band_rank) over (
            partition by customer_id order by stay rows between unbounded preceding and 1 preceding
        ) as confirmed_before
    from confirmed
    group by customer_id, stay, band_rank
),

departures as (
    select
        *,
        case when first_confirmed_day is not null and mod(confirmed_before, 100) <> band_rank then confirmed_before end as departure
    from summaries
),

histories as (
    select
        customer_id,
        stay,
        first_confirmed_day,
        confirmed_before,
        max(departure) over (partition by customer_id order by stay rows unbounded preceding) as left_by_now,
        max(departure) over (
            partition by customer_id order by stay rows between unbounded preceding and 1 preceding
        ) as left_before
    from departures
),

judged as (
    select
        stays.customer_id,
        stays.day_number,
        stays.band_rank,
        case
            when histories.first_confirmed_day <= stays.day_number then stays.band_rank
            when histories.confirmed_before >= (stays.day_number - lookback.days_before) * 100 then mod(histories.confirmed_before, 100)
            else stays.band_rank
        end as stable_rank,
        case when histories.first_confirmed_day <= stays.day_number then histories.left_by_now else histories.left_before end as departure,
        (stays.day_number - lookback.days_before) * 100 as oldest
    from stays
    inner join histories on stays.customer_id = histories.customer_id and stays.stay = histories.stay
    cross join lookback
),

followed as (
    select
        *,
        lag(band_rank) over by_day as previous_rank,
        lag(stable_rank) over by_day as previous_stable_rank,
        lag(day_number) over by_day as previous_day
    from judged
    window by_day as (partition by customer_id order by day_number)
)

select
    dates_to_read.as_of_date,
    followed.customer_id,
    followed.stable_rank,
    case when followed.previous_day = previous_dates.day_number then followed.previous_rank end as previous_rank,
    case when followed.previous_day = previous_dates.day_number then followed.previous_stable_rank end as previous_stable_rank,
    case
        when followed.departure >= followed.oldest and mod(followed.departure, 100) > followed.stable_rank and followed.stable_rank > 0
            then mod(followed.departure, 100)
    end as fallen_from_rank
from followed
inner join dates_to_read on followed.day_number = dates_to_read.day_number
inner join dates_to_build on dates_to_read.as_of_date = dates_to_build.partition_date
left join as_of_dates as previous_dates on dates_to_read.previous_as_of_date = previous_dates.as_of_date
