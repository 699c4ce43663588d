{{ config(materialized='ephemeral') }}
-- What the kept history as a whole says of a customer. Days are counted from the latest date, so that
-- the sums stay small.
with latest as (
    {{ partitions_to_build('as_of_date', 'int_customer_engagement_versions', model_name='customer_engagement') }}
),

segments as (
    select
        segments.customer_id,
        segments.as_of_date,
        segments.engagement_index,
        case when coalesce(segments.previous_stable_band, '') <> segments.stable_band then segments.as_of_date end as entered_on,
        cast(case
            when segments.engagement_index is not null
                then {{ days_between('latest.partition_date', 'segments.as_of_date') }}
        end as decimal(9, 0)) as days_on
    from {{ ref('customer_segments') }} as segments
    cross join latest
),

summed as (
    select
        customer_id,
        max(entered_on) as stable_band_since,
        count(engagement_index) as dates,
        sum(days_on) as days_sum,
        sum(days_on * days_on) as squares_sum,
        sum(engagement_index) as index_sum,
        sum(days_on * cast(engagement_index as decimal(18, 6))) as products_sum
    from segments
    group by customer_id
)

select
    customer_id,
    stable_band_since,
    cast(
        cast(dates * products_sum - days_sum * index_sum as {{ type_double() }}) / nullif(dates * squares_sum - days_sum * days_sum, 0)
        as decimal(18, 6)
    ) as index_slope
from summed
