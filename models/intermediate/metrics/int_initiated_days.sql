{{ config(materialized='ephemeral') }}

with reads as (
    select mart, min(window_start) as reads_from, max(as_of_date) as reads_to
    from {{ ref('int_metric_windows') }}
    where mart = 'product_metrics'
    group by mart
),

event_types as (
    select event_type, initiator
    from {{ ref('stg_settings__event_types') }}
    where initiator in ('customer', 'company')
),

customers as (
    select customer_id, plan, country
    from {{ ref('int_customers') }}
),

event_days as (
    select customer_id, event_type, event_date, event_count
    from {{ ref('int_customer_event_days') }}
)

select
    event_days.event_date,
    customers.plan,
    sum(case when event_types.initiator = 'customer' then event_days.event_count else 0 end) as customer_initiated_interactions,
    sum(event_days.event_count) as known_initiator_interactions,
    customers.country
from event_days
inner join reads on event_days.event_date between reads.reads_from and reads.reads_to
inner join event_types on event_days.event_type = event_types.event_type
inner join customers on event_days.customer_id = customers.customer_id
group by event_days.event_date, customers.plan, customers.country
