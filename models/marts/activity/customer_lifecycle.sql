{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'customer_lifecycle')) }}
-- A quarter of weeks and a year of months are listed by customer; growth_accounting counts all periods.
{%- set listed_periods = 13 %}
with windows as (
    select as_of_date, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'customer_lifecycle'
),

complete_periods as (
    select period_grain, min(periods_back) as last_periods_back
    from {{ ref('int_periods') }}
    where is_complete
    group by period_grain
),

customers as (
    select customer_number, customer_id
    from {{ ref('int_customers') }}
),

lifecycles as (
    select period_grain, periods_back, period_start, customer_number, lifecycle
    from {{ ref('int_lifecycle_periods') }}
)

select
    windows.as_of_date,
    lifecycles.period_grain,
    lifecycles.period_start,
    customers.customer_id,
    lifecycles.lifecycle,
    windows.inputs_version
from lifecycles
inner join complete_periods
    on
        lifecycles.period_grain = complete_periods.period_grain
        and lifecycles.periods_back < complete_periods.last_periods_back + {{ listed_periods }}
inner join customers on lifecycles.customer_number = customers.customer_number
cross join windows
