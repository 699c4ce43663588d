{{ config(enabled=channel_is_on('commerce')) }}
-- What customers ordered and got back, from the interactions themselves; who kept no order is no buyer.
with latest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_latest
),

buyers as (
    select buyers.*
    from {{ ref('customer_value') }} as buyers
    inner join latest on buyers.as_of_date = latest.as_of_date
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
    select interaction_id, customer_id, currency_code, event_date
    from interactions
    where counts_as = 'order'
),

-- What names an order is the business of that order: its customer, its currency, its date's rate.
moneys as (
    select
        coalesce(orders.customer_id, interactions.customer_id) as customer_id,
        interactions.counts_as,
        case when interactions.counts_as = 'order' then coalesce(interactions.amount, 0) else abs(coalesce(interactions.amount, 0)) end
        * coalesce(rates.rate, 1) as amount,
        coalesce(orders.interaction_id, interactions.interaction_id) as order_id
    from interactions
    left join orders
        on
            case when interactions.counts_as <> 'order' then interactions.content_id end = orders.interaction_id
            and interactions.event_date >= orders.event_date
    left join rates
        on
            coalesce(interactions.currency_code, orders.currency_code) = rates.from_currency
            and {{ in_force('rates', 'coalesce(orders.event_date, interactions.event_date)') }}
    where interactions.counts_as <> 'order_cancelled' or orders.interaction_id is not null or interactions.amount < 0
),

cancelled as (
    select distinct interactions.content_id as order_id
    from interactions
    inner join orders on interactions.content_id = orders.interaction_id
    where interactions.counts_as = 'order_cancelled' and orders.event_date <= interactions.event_date
),

totals as (
    select
        moneys.customer_id,
        sum(case when moneys.counts_as = 'order' then moneys.amount else 0 end) as gross_revenue,
        sum(case when moneys.counts_as = 'order' then moneys.amount else -moneys.amount end) as net_revenue
    from moneys
    left join cancelled on moneys.order_id = cancelled.order_id
    where cancelled.order_id is null
    group by moneys.customer_id
)

select buyers.customer_id, buyers.gross_revenue, totals.gross_revenue as counted_gross, buyers.net_revenue, totals.net_revenue as counted_net
from buyers
left join totals on buyers.customer_id = totals.customer_id
cross join repeated
where
    repeated.repeated_ids = 0
    -- each order and refund is rounded to 4 places
    and (
        abs(buyers.gross_revenue - coalesce(totals.gross_revenue, 0)) > 0.01
        or abs(buyers.net_revenue - coalesce(totals.net_revenue, 0)) > 0.01
    )
