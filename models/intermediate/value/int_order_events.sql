{{ config(materialized=shared_step()) }}
-- A refund is the business of the order that it names, where that one is known by its date; so what a
-- refund belongs to never changes with what comes later.
with windows as (
    select 'orders' as facts, as_of_date
    from {{ ref('int_metric_windows') }}
    where mart in ('commerce_metrics', 'customer_value', 'customer_predictions', 'loyalty_index')
),

-- Grouped, so that no date to build is no row, and an engine need not read anything else.
reads as (
    select max(as_of_date) as reads_to
    from windows
    group by facts
),

event_types as (
    select event_type, counts_as
    from {{ ref('stg_settings__event_types') }}
    where counts_as in ('order', 'order_cancelled', 'order_refunded')
),

customers as (
    select customer_id
    from {{ ref('int_customers') }}
),

rates as (
    select from_currency, to_currency, rate, valid_from, valid_to
    from {{ ref('stg_settings__exchange_rates') }}
),

reporting as (
    select max(to_currency) as reporting_currency
    from rates
),

events as (
    select
        interactions.source,
        interactions.event_date,
        interactions.interaction_id,
        interactions.customer_id,
        event_types.counts_as,
        interactions.occurred_at,
        cast(coalesce(interactions.amount, 0) as decimal(18, 4)) as amount,
        nullif(upper(trim(interactions.currency)), '') as currency,
        interactions.content_id
    from {{ ref('int_interactions') }} as interactions
    inner join event_types on interactions.event_type = event_types.event_type
    inner join reads on interactions.event_date <= reads.reads_to
    inner join customers on interactions.customer_id = customers.customer_id
    where not interactions.is_machine
),

orders as (
    select *
    from events
    where counts_as = 'order'
),

-- Of several orders with the same id: the same customer's first, then the latest.
traced as (
    select
        events.*,
        orders.source as order_source,
        orders.interaction_id as order_id,
        orders.customer_id as order_customer_id,
        orders.event_date as ordered_on,
        orders.occurred_at as ordered_at,
        orders.currency as order_currency,
        row_number() over (
            partition by events.source, events.event_date, events.interaction_id
            order by case when events.customer_id = orders.customer_id then 0 else 1 end asc, orders.event_date desc, orders.source asc
        ) as choice
    from events
    left join orders on events.content_id = orders.interaction_id and events.event_date >= orders.event_date
    where events.counts_as <> 'order'
),

unified as (
    select *, source as order_source, interaction_id as order_id, event_date as ordered_on, occurred_at as ordered_at
    from orders
    union all
    select
        source,
        event_date,
        interaction_id,
        coalesce(order_customer_id, customer_id) as customer_id,
        counts_as,
        occurred_at,
        amount,
        coalesce(currency, order_currency) as currency,
        content_id,
        order_source,
        order_id,
        coalesce(ordered_on, event_date) as ordered_on,
        coalesce(ordered_at, occurred_at) as ordered_at
    from traced
    where choice = 1
)

select
    unified.*,
    cast(coalesce(
        rates.rate, case when coalesce(unified.currency = reporting.reporting_currency, unified.currency is null) then 1 end
    ) as decimal(18, 8)) as rate
from unified
cross join reporting
left join rates on unified.currency = rates.from_currency and {{ in_force('rates', 'unified.ordered_on') }}
