{{ config(materialized='ephemeral') }}
-- A customer is counted once a period, and once as last seen: so both kinds of retention are sums.
-- Days are followed for customers first seen in the days of int_periods only.
with active_dates as (
    select customer_number, event_date
    from {{ ref('int_active_dates') }}
),

periods as (
    select period_grain, periods_back, period_start
    from {{ ref('int_periods') }}
    where is_complete
),

customers as (
    select customer_number, plan
    from {{ ref('int_customers') }}
),

first_dates as (
    select customer_number, min(event_date) as first_active_on
    from active_dates
    group by customer_number
),

days as (
    select period_start, periods_back
    from periods
    where period_grain = 'day'
),

young_customers as (
    select first_dates.customer_number
    from first_dates
    inner join days on first_dates.first_active_on = days.period_start
),

active_periods as (
    select 'day' as period_grain, active_dates.customer_number, days.periods_back
    from active_dates
    inner join young_customers on active_dates.customer_number = young_customers.customer_number
    inner join days on active_dates.event_date = days.period_start
    union all
    select active.period_grain, active.customer_number, active.periods_back
    from {{ ref('int_active_periods') }} as active
    inner join periods on active.period_grain = periods.period_grain and active.periods_back = periods.periods_back
),

placed as (
    select
        period_grain,
        customer_number,
        periods_back,
        max(periods_back) over (partition by period_grain, customer_number) as cohort_periods_back,
        min(periods_back) over (partition by period_grain, customer_number) as last_periods_back
    from active_periods
)

select
    placed.period_grain,
    placed.cohort_periods_back,
    placed.cohort_periods_back - placed.periods_back as period_number,
    placed.periods_back = placed.last_periods_back as is_last_seen,
    customers.plan,
    count(*) as customers
from placed
inner join customers on placed.customer_number = customers.customer_number
group by
    placed.period_grain,
    placed.cohort_periods_back,
    placed.cohort_periods_back - placed.periods_back,
    placed.periods_back = placed.last_periods_back,
    customers.plan
