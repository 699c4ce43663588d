-- Who was active before, by a period's own account, is who was active by the account of that period.
with growth as (
    select
        *,
        lag(active_customers) over (
            partition by as_of_date, period_grain, dimension, dimension_value order by period_start
        ) as active_before
    from {{ ref('growth_accounting') }}
)

select *
from growth
where previous_active_customers <> active_before
