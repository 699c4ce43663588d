-- The customers active in a week are those of the window of 7 days that ends with it.
with weeks as (
    select {{ date_plus(6, 'period_start') }} as week_end, dimension, dimension_value, active_customers
    from {{ ref('growth_accounting') }}
    where period_grain = 'week'
),

ratios as (
    select as_of_date, dimension, dimension_value, active_customers
    from {{ ref('engagement_ratios') }}
    where total_basis = 'ever_active' and window_days = 7 and dimension in ('all', 'plan', 'country')
)

select weeks.*, ratios.active_customers as active_by_the_ratios
from ratios
inner join weeks
    on
        ratios.as_of_date = weeks.week_end
        and ratios.dimension = weeks.dimension
        and ratios.dimension_value = weeks.dimension_value
where weeks.active_customers <> ratios.active_customers
