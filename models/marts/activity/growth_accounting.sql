{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'growth_accounting')) }}
{%- set states = ['new', 'existing', 'returning', 'resurrected', 'dormant'] %}
{%- set figures = ['new_customers', 'existing_customers', 'returning_customers', 'resurrected_customers', 'dormant_customers'] %}

with windows as (
    select as_of_date, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'growth_accounting'
),

periods as (
    select period_grain, period_start, has_previous, is_after_warm_up
    from {{ ref('int_periods') }}
    where is_complete and is_whole and period_grain <> 'day'
),

customers as (
    select customer_number, plan, country
    from {{ ref('int_customers') }}
),

lifecycles as (
    select
        lifecycles.period_grain,
        lifecycles.period_start,
        customers.plan,
        {%- for state in states %}
        count(case when lifecycles.lifecycle = '{{ state }}' then 1 end) as {{ state }}_customers,
        {%- endfor %}
        customers.country
    from {{ ref('int_lifecycle_periods') }} as lifecycles
    inner join customers on lifecycles.customer_number = customers.customer_number
    group by lifecycles.period_grain, lifecycles.period_start, customers.plan, customers.country
),

summed as (
    {{ by_dimension('lifecycles', ['period_grain', 'period_start'], figures, ['plan', 'country']) }}
),

dimension_values as (
    select 'all' as dimension, 'all' as dimension_value
    union distinct
    select dimension, dimension_value from summed
),

-- A period without anybody has a row of zeros; what came before the first period isn't known.
counted as (
    select
        periods.period_grain,
        periods.period_start,
        periods.is_after_warm_up,
        dimension_values.dimension,
        dimension_values.dimension_value,
        {%- for figure in figures if figure != 'dormant_customers' %}
        coalesce(summed.{{ figure }}, 0) as {{ figure }},
        {%- endfor %}
        case when periods.has_previous then coalesce(summed.returning_customers, 0) end as retained_customers,
        case when periods.has_previous then coalesce(summed.dormant_customers, 0) end as dormant_customers
    from periods
    cross join dimension_values
    left join summed
        on
            periods.period_grain = summed.period_grain
            and periods.period_start = summed.period_start
            and dimension_values.dimension = summed.dimension
            and dimension_values.dimension_value = summed.dimension_value
),

totalled as (
    select
        *,
        new_customers + existing_customers + returning_customers + resurrected_customers as active_customers,
        retained_customers + dormant_customers as previous_active_customers
    from counted
)

select
    windows.as_of_date,
    totalled.period_grain,
    totalled.period_start,
    totalled.dimension,
    totalled.dimension_value,
    totalled.is_after_warm_up,
    cast(totalled.active_customers as bigint) as active_customers,
    {%- for figure in figures %}
    cast(totalled.{{ figure }} as bigint) as {{ figure }},
    {%- endfor %}
    cast(totalled.previous_active_customers as bigint) as previous_active_customers,
    cast(totalled.active_customers - totalled.previous_active_customers as bigint) as net_change,
    {{ ratio('totalled.dormant_customers', 'totalled.previous_active_customers') }} as churn_rate,
    {{ ratio('totalled.retained_customers', 'totalled.previous_active_customers') }} as retention_rate,
    {{ ratio(
        '(totalled.new_customers + totalled.resurrected_customers)',
        'case when totalled.is_after_warm_up then totalled.dormant_customers end'
    ) }} as quick_ratio,
    windows.inputs_version
from totalled
cross join windows
