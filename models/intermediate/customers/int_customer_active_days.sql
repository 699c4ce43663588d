{{ config(materialized=shared_step()) }}
-- The mean over 30 days counts windows of up to 30 days: 59 days before a date, none can see it.
with event_days as (
    select customer_id, event_type, event_date
    from {{ ref('int_customer_event_days') }}
    where event_count > 0
),

reach as (
    select {{ read_from('min(as_of_date)', 60) }} as reads_from, max(as_of_date) as reads_to
    from {{ ref('int_ratio_dates_to_build') }}
),

event_types as (
    select event_type, channel
    from {{ ref('stg_settings__event_types') }}
    where is_active
),

customers as (
    select customer_id, customer_number
    from {{ ref('int_customers') }}
),

active_channel_days as (
    select distinct customers.customer_number, event_days.event_date, event_types.channel
    from event_days
    inner join reach on event_days.event_date between reach.reads_from and reach.reads_to
    inner join event_types on event_days.event_type = event_types.event_type
    inner join customers on event_days.customer_id = customers.customer_id
)

select customer_number, event_date, channel
from active_channel_days
union all
select distinct customer_number, event_date, 'all' as channel
from active_channel_days
