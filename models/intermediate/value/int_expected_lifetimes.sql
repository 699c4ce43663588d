{{ config(materialized=shared_step()) }}

with buyers as (
    select as_of_date, orders_365_days, orders_previous_365_days
    from {{ ref('int_buyers') }}
),

settings as (
    select maximum_lifetime_years
    from {{ ref('int_metric_settings') }}
),

churn as (
    select
        as_of_date,
        {{ ratio('count(case when orders_365_days = 0 then 1 end)', 'count(*)') }} as buyer_churn_rate
    from buyers
    where orders_previous_365_days > 0
    group by as_of_date
)

-- A churn of 0 would make a lifetime endless.
select
    churn.as_of_date,
    churn.buyer_churn_rate,
    cast(least(
        settings.maximum_lifetime_years,
        coalesce({{ ratio('1', 'churn.buyer_churn_rate', 'decimal(18, 6)') }}, settings.maximum_lifetime_years)
    ) as decimal(18, 6)) as expected_lifetime_years
from churn
cross join settings
