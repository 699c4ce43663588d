{{ config(materialized=shared_step()) }}

with dates_to_build as (
    select distinct as_of_date
    from {{ ref('int_metric_dates_to_build') }}
    where mart in ('customer_value', 'customer_predictions', 'loyalty_index')
),

changes as (
    select dates_to_build.as_of_date, changes.*
    from dates_to_build
    inner join {{ ref('int_order_changes') }} as changes on dates_to_build.as_of_date >= changes.changed_on
    where changes.order_id is not null
),

orders as (
    select
        as_of_date,
        order_source,
        order_id,
        customer_id,
        ordered_on,
        ordered_at,
        sum(orders) as orders,
        sum(refunded_orders) as refunded_orders,
        sum(gross_revenue) as gross_revenue,
        sum(refunded_revenue) as refunded_revenue
    from changes
    group by as_of_date, order_source, order_id, customer_id, ordered_on, ordered_at
)

select
    as_of_date,
    order_source,
    order_id,
    customer_id,
    ordered_on,
    ordered_at,
    cast(gross_revenue as decimal(28, 4)) as gross_revenue,
    cast(refunded_revenue as decimal(28, 4)) as refunded_revenue,
    cast(gross_revenue - refunded_revenue as decimal(28, 4)) as net_revenue,
    refunded_orders = 1 as is_fully_refunded
from orders
-- A cancelled order is none.
where orders + refunded_orders = 1
