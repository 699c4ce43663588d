-- The customers of all numbers of active days are all customers; those above 0 are the active ones.
with distribution as (
    select
        as_of_date,
        window_days,
        dimension,
        dimension_value,
        min(total_customers) as total_customers,
        sum(customers) as customers,
        sum(case when active_days > 0 then customers else 0 end) as active_customers
    from {{ ref('active_day_distribution') }}
    group by as_of_date, window_days, dimension, dimension_value
),

ratios as (
    select as_of_date, window_days, dimension, dimension_value, active_customers, total_customers
    from {{ ref('engagement_ratios') }}
    where total_basis = 'ever_active'
),

numbers as (
    select as_of_date, window_days, dimension, dimension_value, count(*) as numbers_of_days
    from {{ ref('active_day_distribution') }}
    group by as_of_date, window_days, dimension, dimension_value
)

select distribution.*, numbers.numbers_of_days, ratios.active_customers as active_by_the_ratios
from distribution
inner join numbers
    on
        distribution.as_of_date = numbers.as_of_date
        and distribution.window_days = numbers.window_days
        and distribution.dimension = numbers.dimension
        and distribution.dimension_value = numbers.dimension_value
left join ratios
    on
        distribution.as_of_date = ratios.as_of_date
        and distribution.window_days = ratios.window_days
        and distribution.dimension = ratios.dimension
        and distribution.dimension_value = ratios.dimension_value
where
    distribution.customers <> distribution.total_customers
    or numbers.numbers_of_days <> distribution.window_days + 1
    or distribution.active_customers <> ratios.active_customers
    or distribution.total_customers <> ratios.total_customers
    or (distribution.window_days = 7 and distribution.total_customers > 0 and ratios.active_customers is null)
