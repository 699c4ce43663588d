-- Every customer has one plan and one country, (none) included, and at most one account.
with summed as (
    select
        as_of_date,
        window_days,
        total_basis,
        dimension,
        sum(active_customers) as active_customers,
        sum(total_customers) as total_customers
    from {{ ref('engagement_ratios') }}
    where dimension in ('plan', 'country', 'account')
    group by as_of_date, window_days, total_basis, dimension
),

everybody as (
    select as_of_date, window_days, total_basis, active_customers, total_customers
    from {{ ref('engagement_ratios') }}
    where dimension = 'all'
)

select summed.*, everybody.active_customers as all_active_customers, everybody.total_customers as all_customers
from summed
left join everybody
    on
        summed.as_of_date = everybody.as_of_date
        and summed.window_days = everybody.window_days
        and summed.total_basis = everybody.total_basis
where
    everybody.total_customers is null
    or (summed.dimension <> 'account' and summed.active_customers <> everybody.active_customers)
    or (summed.dimension <> 'account' and summed.total_customers <> everybody.total_customers)
    or summed.active_customers > everybody.active_customers
    or summed.total_customers > everybody.total_customers
