{{ config(materialized='ephemeral') }}
-- What is bought on one day is one purchase: the models don't know a time of less than a day.
with dates_to_build as (
    select as_of_date
    from {{ ref('int_metric_dates_to_build') }}
    where mart = 'customer_predictions'
),

purchase_days as (
    select
        orders.as_of_date,
        orders.customer_id,
        orders.ordered_on,
        sum(orders.net_revenue) as net_revenue,
        min(orders.ordered_on) over (partition by orders.as_of_date, orders.customer_id) as first_order_on
    from {{ ref('int_orders') }} as orders
    inner join dates_to_build on orders.as_of_date = dates_to_build.as_of_date
    where not orders.is_fully_refunded
    group by orders.as_of_date, orders.customer_id, orders.ordered_on
)

select
    as_of_date,
    customer_id,
    first_order_on,
    max(ordered_on) as last_order_on,
    cast(count(*) - 1 as integer) as repeat_purchases,
    cast({{ days_between('first_order_on', 'max(ordered_on)') }} as integer) as days_to_last_purchase,
    cast({{ days_between('first_order_on', 'as_of_date') }} as integer) as days_since_first_purchase,
    cast(sum(case when ordered_on > first_order_on then net_revenue else 0 end) as decimal(28, 4)) as repeat_net_revenue
from purchase_days
group by as_of_date, customer_id, first_order_on
