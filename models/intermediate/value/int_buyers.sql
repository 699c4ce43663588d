{{ config(materialized=shared_step()) }}

with windows as (
    select
        as_of_date,
        min(window_start) as previous_year_from,
        max(window_start) as year_from
    from {{ ref('int_metric_windows') }}
    where mart = 'customer_value'
    group by as_of_date
),

orders as (
    select orders.*, windows.previous_year_from, windows.year_from, case when orders.is_fully_refunded then 0 else 1 end as valid_orders
    from {{ ref('int_orders') }} as orders
    inner join windows on orders.as_of_date = windows.as_of_date
),

totals as (
    select
        as_of_date,
        customer_id,
        sum(valid_orders) as orders,
        min(case when valid_orders = 1 then ordered_on end) as first_order_on,
        max(case when valid_orders = 1 then ordered_on end) as last_order_on,
        sum(gross_revenue) as gross_revenue,
        sum(refunded_revenue) as refunded_revenue,
        sum(case when ordered_on >= year_from then valid_orders else 0 end) as orders_365_days,
        sum(case when ordered_on >= year_from then net_revenue else 0 end) as net_revenue_365_days,
        sum(case when ordered_on >= previous_year_from and ordered_on < year_from then valid_orders else 0 end) as orders_previous_365_days
    from orders
    group by as_of_date, customer_id
),

unmatched as (
    select
        windows.as_of_date,
        changes.customer_id,
        sum(changes.unmatched_refunds) as unmatched_refunds,
        sum(case when changes.ordered_on >= windows.year_from then changes.unmatched_refunds else 0 end) as unmatched_refunds_365_days
    from windows
    inner join {{ ref('int_order_changes') }} as changes on windows.as_of_date >= changes.changed_on
    where changes.order_id is null
    group by windows.as_of_date, changes.customer_id
),

followed as (
    select
        as_of_date,
        customer_id,
        ordered_on,
        lag(ordered_on) over (partition by as_of_date, customer_id order by ordered_on) as order_before_on
    from orders
    where valid_orders = 1
),

waits as (
    select as_of_date, customer_id, {{ days_between('order_before_on', 'ordered_on') }} as days_waited
    from followed
    where order_before_on is not null
),

placed as (
    select
        *,
        row_number() over (partition by as_of_date, customer_id order by days_waited) as place,
        count(*) over (partition by as_of_date, customer_id) as waits
    from waits
),

-- The one in the middle, or the mean of the two.
medians as (
    select as_of_date, customer_id, {{ ratio('sum(days_waited)', 'count(*)', 'decimal(18, 6)') }} as median_days_between_orders
    from placed
    where 2 * place between waits and waits + 2
    group by as_of_date, customer_id
)

select
    totals.as_of_date,
    totals.customer_id,
    totals.first_order_on,
    totals.last_order_on,
    totals.orders,
    totals.gross_revenue,
    totals.refunded_revenue + coalesce(unmatched.unmatched_refunds, 0) as refunded_revenue,
    coalesce(unmatched.unmatched_refunds, 0) as unmatched_refunds,
    totals.orders_365_days,
    totals.net_revenue_365_days - coalesce(unmatched.unmatched_refunds_365_days, 0) as net_revenue_365_days,
    totals.orders_previous_365_days,
    medians.median_days_between_orders
from totals
left join unmatched on totals.as_of_date = unmatched.as_of_date and totals.customer_id = unmatched.customer_id
left join medians on totals.as_of_date = medians.as_of_date and totals.customer_id = medians.customer_id
where totals.orders > 0
