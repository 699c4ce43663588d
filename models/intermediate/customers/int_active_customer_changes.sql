with spans as (
    select total_basis, plan, window_days, channel, active_from, active_to
    from {{ ref('int_active_spans') }}
),

sliced as (
    select total_basis, window_days, active_from, active_to, 'all' as dimension, 'all' as dimension_value
    from spans
    where channel = 'all'
    union all
    select total_basis, window_days, active_from, active_to, 'plan' as dimension, coalesce(plan, '(none)') as dimension_value
    from spans
    where channel = 'all'
    union all
    select total_basis, window_days, active_from, active_to, 'channel' as dimension, channel as dimension_value
    from spans
    where channel <> 'all'
),

changes as (
    select total_basis, window_days, dimension, dimension_value, active_from as changed_on, 1 as customer_change
    from sliced
    union all
    select total_basis, window_days, dimension, dimension_value, {{ date_plus(1, 'active_to') }} as changed_on, -1 as customer_change
    from sliced
)

select
    total_basis,
    window_days,
    dimension,
    dimension_value,
    changed_on,
    cast(sum(customer_change) as bigint) as customer_change
from changes
group by total_basis, window_days, dimension, dimension_value, changed_on
