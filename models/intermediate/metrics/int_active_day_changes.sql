{{ config(materialized='ephemeral') }}
-- An active day is in a window of W days until W days later. So a customer's active days of all windows
-- are one running sum, and few counts are left, whatever the number of customers.
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
    select event_type
    from {{ ref('stg_settings__event_types') }}
    where is_active
),

customers as (
    select customer_id, customer_number
    from {{ ref('int_customers') }}
),

active_days as (
    select distinct customers.customer_number, event_days.event_date
    from event_days
    inner join reach on event_days.event_date between reach.reads_from and reach.reads_to
    inner join event_types on event_days.event_type = event_types.event_type
    inner join customers on event_days.customer_id = customers.customer_id
),

changes as (
    select active_days.customer_number, windows.window_days, active_days.event_date as changed_on, 1 as day_change
    from active_days
    inner join windows on active_days.event_date between windows.reads_from and windows.reads_to
    union all
    select
        active_days.customer_number,
        windows.window_days,
        {{ date_plus('windows.window_days', 'active_days.event_date') }} as changed_on,
        -1 as day_change
    from active_days
    inner join windows on active_days.event_date between windows.reads_from and windows.reads_to
),

-- A customer has at most one day that comes and one that goes on a date; the one that comes is first.
running as (
    select
        window_days,
        changed_on,
        day_change,
        sum(day_change) over (
            partition by window_days, customer_number
            order by changed_on asc, day_change desc
            rows between unbounded preceding and current row
        ) as active_days
    from changes
),

steps as (
    select window_days, changed_on, active_days, day_change, count(*) as customers
    from running
    group by window_days, changed_on, active_days, day_change
),

moves as (
    select window_days, changed_on, active_days, customers as customer_change
    from steps
    union all
    select window_days, changed_on, active_days - day_change as active_days, -customers as customer_change
    from steps
)

select
    window_days,
    changed_on,
    cast(active_days as integer) as active_days,
    cast(sum(customer_change) as bigint) as customer_change
from moves
where active_days > 0
group by window_days, changed_on, active_days
