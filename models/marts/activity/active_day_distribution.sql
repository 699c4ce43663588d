{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'active_day_distribution')) }}
{%- set mart = metric_marts() | selectattr('name', 'equalto', 'active_day_distribution') | first %}

with windows as (
    select as_of_date, window_days, is_complete_window, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'active_day_distribution'
),

changes as (
    select window_days, changed_on, active_days, customer_change
    from {{ ref('int_active_day_changes') }}
),

totals as (
    select as_of_date, total_customers
    from {{ ref('engagement_ratios') }}
    where total_basis = 'ever_active' and dimension = 'all' and window_days = 7
),

numbers as (
    select cast(generated_number - 1 as integer) as active_days
    from ({{ dbt.generate_series((mart.windows | max) + 1) }}) as numbers_from_one
),

active as (
    select windows.as_of_date, windows.window_days, changes.active_days, sum(changes.customer_change) as customers
    from windows
    inner join changes on windows.window_days = changes.window_days and windows.as_of_date >= changes.changed_on
    group by windows.as_of_date, windows.window_days, changes.active_days
),

-- Every number of days has a row, also where nobody has it.
counted as (
    select
        windows.*,
        numbers.active_days,
        coalesce(totals.total_customers, 0) as total_customers,
        coalesce(active.customers, 0) as active_customers,
        sum(coalesce(active.customers, 0)) over (partition by windows.as_of_date, windows.window_days) as all_active_customers
    from windows
    inner join numbers on windows.window_days >= numbers.active_days
    left join totals on windows.as_of_date = totals.as_of_date
    left join active
        on
            windows.as_of_date = active.as_of_date
            and windows.window_days = active.window_days
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
    active_days,
    is_complete_window,
    customers,
    total_customers,
    {{ ratio('customers', 'total_customers') }} as share_of_customers,
    inputs_version
from completed
