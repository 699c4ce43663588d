{{ config(materialized='ephemeral') }}
-- A customer is active in a window of W days from an active day until the next one, W days at most.
-- So days are counted by what decides that, and few rows are left, whatever the number of customers.
{%- set longest_window = 30 %}
with active_days as (
    select customer_number, event_date, channel
    from {{ ref('int_customer_active_days') }}
),

customers as (
    select customer_number, plan, known_from
    from {{ ref('int_customers') }}
),

followed as (
    select
        customer_number,
        channel,
        event_date,
        lead(event_date) over (partition by customer_number, channel order by event_date) as next_event_date
    from active_days
),

waits as (
    select
        followed.channel,
        followed.event_date,
        case when followed.channel = 'all' then coalesce(customers.plan, '(none)') end as plan,
        coalesce({{ dbt.datediff('followed.event_date', 'followed.next_event_date', 'day') }}, {{ longest_window }}) as days_until_next,
        coalesce({{ dbt.datediff('followed.event_date', 'customers.known_from', 'day') }}, {{ longest_window }}) as days_until_known
    from followed
    inner join customers on followed.customer_number = customers.customer_number
),

bounded as (
    select
        channel,
        plan,
        event_date,
        least(days_until_next, {{ longest_window }}) as days_until_next,
        least(greatest(days_until_known, 0), {{ longest_window }}) as days_until_known
    from waits
)

select channel, plan, event_date, days_until_next, days_until_known, count(*) as customers
from bounded
group by channel, plan, event_date, days_until_next, days_until_known
