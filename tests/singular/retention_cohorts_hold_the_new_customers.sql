-- A cohort is as large as its period has customers seen for the first time.
with cohorts as (
    select *
    from {{ ref('retention_cohorts') }}
    where period_number = 0 and period_grain <> 'day'
)

select cohorts.*, growth.new_customers, growth.existing_customers
from cohorts
left join {{ ref('growth_accounting') }} as growth
    on
        cohorts.as_of_date = growth.as_of_date
        and cohorts.period_grain = growth.period_grain
        and cohorts.cohort_start = growth.period_start
        and cohorts.dimension = growth.dimension
        and cohorts.dimension_value = growth.dimension_value
where cohorts.cohort_size <> coalesce(growth.new_customers + growth.existing_customers, 0)
