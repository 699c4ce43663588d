{{ config(enabled=channel_is_on('commerce')) }}
-- The buyers who bought in the last 365 days are the purchasers of that window, and so are their orders.
with buyers as (
    select
        as_of_date,
        count(case when orders_365_days > 0 then 1 end) as purchasers,
        sum(orders_365_days) as orders
    from {{ ref('customer_value') }}
    group by as_of_date
),

metrics as (
    select as_of_date, purchasers, orders
    from {{ ref('commerce_metrics') }}
    where window_days = 365 and dimension = 'all'
)

select buyers.as_of_date, buyers.purchasers, buyers.orders, metrics.purchasers as purchasers_of_window, metrics.orders as orders_of_window
from buyers
inner join metrics on buyers.as_of_date = metrics.as_of_date
where buyers.purchasers <> metrics.purchasers or buyers.orders <> metrics.orders
