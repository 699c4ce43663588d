{{ config(materialized=shared_step()) }}
-- An active day is in a window of W days until W days later, so a customer's active days of all windows
-- are one running sum.
with windows as (
    select window_days, min(window_start) as reads_from, max(as_of_date) as reads_to
    from {{ ref('int_metric_windows') }}
    where mart = 'active_day_distribution'
    group by window_days
),

reach as (
    select min(reads_from) as reads_from, max(reads_to) as reads_to
    from windows
    having count(*) > 0
),

event_days as (
    select customer_id, event_type, event_date
    from {{ ref('int_customer_event_days') }}
    where event_count > 0
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

channel_days as (
    select distinct customers.customer_number, event_days.event_date, event_types.channel
    from event_days
    inner join reach on event_days.event_date between reach.reads_from and reach.reads_to
    inner join event_types on event_days.event_type = event_types.event_type
    inner join customers on event_days.customer_id = customers.customer_id
),

active_days as (
    select customer_number, event_date, channel from channel_days
    union all
    select distinct customer_number, event_date, 'all' as channel from channel_days
),

changes as (
    select
        active_days.customer_number,
        active_days.channel,
        windows.window_days,
        active_days.event_date as changed_on,
        1 as day_change
    from active_days
    inner join windows on active_days.event_date between windows.reads_from and windows.reads_to
    union all
    select
        active_days.customer_number,
        active_days.channel,
        windows.window_days,
        {{ date_plus('windows.window_days', 'active_days.event_date') }} as changed_on,
        -1 as day_change
    from active_days
    inner join windows on active_days.event_date between windows.reads_from and windows.reads_to
)

select customer_number, channel, window_days, changed_on, day_change
from changes
