{{ config(enabled=channel_is_on('commerce')) }}
-- Written apart from the marts: every order of a window is looked at, as it is known on the latest date.
with latest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_latest
),

metrics as (
    select metrics.*, {{ read_from('metrics.as_of_date', 'metrics.window_days') }} as window_start
    from {{ ref('commerce_metrics') }} as metrics
    inner join latest on metrics.as_of_date = latest.as_of_date
    where metrics.dimension = 'all'
),

roles as (
    select event_type, counts_as
    from {{ ref('stg_settings__event_types') }}
),

customers as (
    select customer_id
    from {{ ref('int_customers') }}
),

rates as (
    select from_currency, rate, valid_from, valid_to
    from {{ ref('stg_settings__exchange_rates') }}
),

interactions as (
    select interactions.*, nullif(upper(trim(interactions.currency)), '') as currency_code, roles.counts_as
    from {{ ref('int_interactions') }} as interactions
    inner join roles on interactions.event_type = roles.event_type
    inner join customers on interactions.customer_id = customers.customer_id
    inner join latest on interactions.event_date <= latest.as_of_date
    where not interactions.is_machine and roles.counts_as in ('order', 'order_refunded', 'order_cancelled')
),

-- Which of two orders of one id came back is the models' to say: such ids are left to the unit tests.
repeated as (
    select count(*) - count(distinct interaction_id) as repeated_ids
    from interactions
    where counts_as = 'order'
),

orders as (
    select
        orders.event_date,
        orders.customer_id,
        orders.interaction_id,
        coalesce(orders.amount, 0) * coalesce(rates.rate, 1) as gross,
        coalesce(sum(case when reversals.counts_as = 'order_refunded' then abs(reversals.amount) * coalesce(reversal_rates.rate, 1) end), 0) as refunded,
        count(case when reversals.counts_as = 'order_cancelled' then 1 end) as cancellations
    from interactions as orders
    left join rates on orders.currency_code = rates.from_currency and {{ in_force('rates', 'orders.event_date') }}
    left join interactions as reversals
        on orders.interaction_id = reversals.content_id and reversals.counts_as <> 'order' and orders.event_date <= reversals.event_date
    left join rates as reversal_rates
        on
            coalesce(reversals.currency_code, orders.currency_code) = reversal_rates.from_currency
            and {{ in_force('reversal_rates', 'orders.event_date') }}
    where orders.counts_as = 'order'
    group by orders.source, orders.event_date, orders.interaction_id, orders.customer_id, orders.amount, rates.rate
),

judged as (
    select *, refunded > 0 and refunded >= gross as is_refunded
    from orders
    where cancellations = 0
),

counted as (
    select
        metrics.window_days,
        count(case when not judged.is_refunded then 1 end) as orders,
        count(distinct case when not judged.is_refunded then judged.customer_id end) as purchasers,
        sum(judged.gross) as gross_revenue
    from metrics
    inner join judged on judged.event_date between metrics.window_start and metrics.as_of_date
    group by metrics.window_days
)

select metrics.window_days, counted.orders, counted.purchasers, counted.gross_revenue
from metrics
left join counted on metrics.window_days = counted.window_days
cross join repeated
where
    repeated.repeated_ids = 0
    and (
        metrics.orders <> coalesce(counted.orders, 0)
        or metrics.purchasers <> coalesce(counted.purchasers, 0)
        -- each order is rounded to 4 places
        or abs(metrics.gross_revenue - coalesce(counted.gross_revenue, 0)) > 0.0001 * (metrics.orders + metrics.refunded_orders)
    )
