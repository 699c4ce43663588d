{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'active_day_distribution')) }}
{%- set mart = metric_marts() | selectattr('name', 'equalto', 'active_day_distribution') | first %}

with windows as (
    select as_of_date, window_days, is_complete_window, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'active_day_distribution'
),

changes as (
    select * from {{ ref('int_active_day_changes') }}
),

-- All customers have their rows also where there are none yet.
totals as (
    select as_of_date, dimension, dimension_value, total_customers
    from {{ ref('engagement_ratios') }}
    where total_basis = 'ever_active' and window_days = 7
    union all
    select distinct as_of_date, 'all' as dimension, 'all' as dimension_value, 0 as total_customers
    from windows
),

populations as (
    select
        windows.as_of_date,
        windows.window_days,
        windows.is_complete_window,
        windows.inputs_version,
        totals.dimension,
        totals.dimension_value,
        max(totals.total_customers) as total_customers
    from windows
    inner join totals on windows.as_of_date = totals.as_of_date
    group by
        windows.as_of_date, windows.window_days, windows.is_complete_window, windows.inputs_version,
        totals.dimension, totals.dimension_value
),

numbers as (
    select cast(generated_number - 1 as integer) as active_days
    from ({{ whole_numbers((mart.windows | max) + 1) }}) as numbers_from_one
),

active as (
    select
        windows.as_of_date,
        windows.window_days,
        changes.dimension,
        changes.dimension_value,
        changes.active_days,
        sum(changes.customer_change) as customers
    from windows
    inner join changes on windows.window_days = changes.window_days and windows.as_of_date >= changes.changed_on
    group by windows.as_of_date, windows.window_days, changes.dimension, changes.dimension_value, changes.active_days
),

-- Every number of days has a row, also where nobody has it.
counted as (
    select
        populations.*,
        numbers.active_days,
        coalesce(active.customers, 0) as active_customers,
        sum(coalesce(active.customers, 0)) over (
            partition by populations.as_of_date, populations.window_days, populations.dimension, populations.dimension_value
        ) as all_active_customers
    from populations
    inner join numbers on populations.window_days >= numbers.active_days
    left join active
        on
            populations.as_of_date = active.as_of_date
            and populations.window_days = active.window_days
            and populations.dimension = active.dimension
            and populations.dimension_value = active.dimension_value
            and numbers.active_days = active.active_days
),

completed as (
    select
        *,
        cast(case when active_days = 0 then total_customers - all_active_customers else active_customers end as bigint) as customers
    from counted
)

select
    as_of_date,
    window_days,
    dimension,
    dimension_value,
    active_days,
    is_complete_window,
    customers,
    total_customers,
    {{ ratio('customers', 'total_customers') }} as share_of_customers,
    inputs_version
from completed
