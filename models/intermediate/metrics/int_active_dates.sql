{{ config(materialized=shared_step()) }}

with latest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_latest
),

event_days as (
    select customer_id, event_type, event_date
    from {{ ref('int_customer_event_days') }}
    where event_count > 0
),

event_types as (
    select event_type
    from {{ ref('stg_settings__event_types') }}
    where is_active
),

customers as (
    select customer_id, customer_number
    from {{ ref('int_customers') }}
)

select distinct customers.customer_number, event_days.event_date
from event_days
inner join latest on event_days.event_date <= latest.as_of_date
inner join event_types on event_days.event_type = event_types.event_type
inner join customers on event_days.customer_id = customers.customer_id
