{{ config(materialized='ephemeral') }}

with windows as (
    select min(window_start) as reads_from, max(as_of_date) as reads_to
    from {{ ref('int_metric_windows') }}
    where mart = 'social_metrics'
),

event_types as (
    select event_type, counts_as
    from {{ ref('stg_settings__event_types') }}
    where counts_as in ('like', 'comment', 'share', 'follow')
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
    {%- for role in ['like', 'comment', 'share', 'follow'] %}
    sum(case when event_types.counts_as = '{{ role }}' then event_days.event_count else 0 end) as {{ role }}s,
    {%- endfor %}
    customers.country
from event_days
inner join windows on event_days.event_date between windows.reads_from and windows.reads_to
inner join event_types on event_days.event_type = event_types.event_type
inner join customers on event_days.customer_id = customers.customer_id
group by event_days.event_date, customers.plan, customers.country
