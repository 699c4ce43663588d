{{ config(enabled=channel_is_on('loyalty')) }}
-- Total customers are counted once more beside engagement_ratios, for more dimensions: they agree.
with ratios as (
    select distinct as_of_date, dimension, dimension_value, total_customers
    from {{ ref('engagement_ratios') }}
    where total_basis = 'ever_active' and dimension in ('all', 'plan', 'country')
),

metrics as (
    select distinct as_of_date, dimension, dimension_value, total_customers
    from {{ ref('loyalty_metrics') }}
),

ratios_dimensions as (
    select distinct dimension
    from ratios
)

select
    coalesce(ratios.as_of_date, metrics.as_of_date) as as_of_date,
    coalesce(ratios.dimension, metrics.dimension) as dimension,
    coalesce(ratios.dimension_value, metrics.dimension_value) as dimension_value,
    ratios.total_customers as total_customers_of_ratios,
    metrics.total_customers
from ratios
full outer join metrics
    on
        ratios.as_of_date = metrics.as_of_date
        and ratios.dimension = metrics.dimension
        and ratios.dimension_value = metrics.dimension_value
where
    coalesce(ratios.dimension, metrics.dimension) in (select ratios_dimensions.dimension from ratios_dimensions)
    and coalesce(ratios.total_customers, -1) <> coalesce(metrics.total_customers, -1)
