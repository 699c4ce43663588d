{{ config(materialized='ephemeral') }}
-- Hysteresis is computed from the scores and not remembered, so that no band depends on what was run.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'segments', model_name='customer_segments') }}
),

as_of_dates as (
    select as_of_date, previous_as_of_date, bands_read_from, {{ day_number('as_of_date') }} as day_number
    from {{ ref('int_as_of_dates') }}
    where is_in_history
),

edges as (
    select min(as_of_dates.bands_read_from) as read_from, max(as_of_dates.as_of_date) as read_until
    from as_of_dates
    inner join dates_to_build on as_of_dates.as_of_date = dates_to_build.partition_date
),

dates_to_read as (
    select as_of_dates.*
    from as_of_dates
    inner join edges on as_of_dates.as_of_date between edges.read_from and edges.read_until
),

banded as (
    {{ banded_scores('dates_to_read') }}
),

judged as (
    {{ stable_bands('banded') }}
),

-- The day whose confirmed band gives way on this one; null on a day on which none does.
followed as (
    select
        dates_to_read.as_of_date,
        judged.*,
        judged.previous_day = previous_dates.day_number as has_previous,
        case
            when
                judged.previous_day = previous_dates.day_number
                and judged.previous_stable_rank <> judged.stable_rank
                and judged.confirmed_before >= (judged.oldest_day - judged.day_number + judged.previous_day) * 100
                then floor(judged.confirmed_before / 100)
        end as previous_confirmed_day
    from judged
    inner join dates_to_read on judged.day_number = dates_to_read.day_number
    inner join dates_to_build on dates_to_read.as_of_date = dates_to_build.partition_date
    left join as_of_dates as previous_dates on dates_to_read.previous_as_of_date = previous_dates.as_of_date
)

select
    followed.as_of_date,
    followed.customer_number,
    followed.stable_rank,
    case when followed.has_previous then followed.previous_rank end as previous_rank,
    case when followed.has_previous then followed.previous_stable_rank end as previous_stable_rank,
    confirmed_dates.as_of_date as previous_confirmed_on,
    case
        when
            followed.departure >= followed.oldest_day * 100
            and mod(followed.departure, 100) > followed.stable_rank
            and followed.stable_rank > 0
            then mod(followed.departure, 100)
    end as fallen_from_rank
from followed
left join as_of_dates as confirmed_dates on followed.previous_confirmed_day = confirmed_dates.day_number
