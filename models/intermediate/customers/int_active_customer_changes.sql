{{ config(materialized=shared_step()) }}
-- The spans of a customer don't overlap, so the distinct customers of a window are a sum of changes.
with active_days as (
    select * from {{ ref('int_active_day_counts') }}
),

bases as (
    select 'ever_active' as total_basis, 0 as waits_until_known
    union all
    select 'known' as total_basis, 1 as waits_until_known
),

windows as (
    {% for window_days in [1, 7, 30] -%}
    select {{ window_days }} as window_days
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

spans as (
    select
        bases.total_basis,
        windows.window_days,
        active_days.dimension,
        active_days.dimension_value,
        active_days.customers,
        {{ date_plus('bases.waits_until_known * active_days.days_until_known', 'active_days.event_date') }} as active_from,
        {{ date_plus('least(active_days.days_until_next, windows.window_days)', 'active_days.event_date') }} as active_until
    from active_days
    cross join bases
    cross join windows
),

-- Everybody has one plan, so all are the sum of the plans.
sliced as (
    select total_basis, window_days, active_from, active_until, customers, dimension, dimension_value
    from spans
    union all
    select total_basis, window_days, active_from, active_until, customers, 'all' as dimension, 'all' as dimension_value
    from spans
    where dimension = 'plan'
),

changes as (
    select total_basis, window_days, dimension, dimension_value, active_from as changed_on, customers
    from sliced
    where active_from < active_until
    union all
    select total_basis, window_days, dimension, dimension_value, active_until as changed_on, -customers as customers
    from sliced
    where active_from < active_until
)

select
    total_basis,
    window_days,
    dimension,
    dimension_value,
    changed_on,
    cast(sum(customers) as bigint) as customer_change
from changes
group by total_basis, window_days, dimension, dimension_value, changed_on
