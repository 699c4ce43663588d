{{ config(materialized='ephemeral') }}
-- An active day is in a window of W days until W days later. So a customer's active days of all windows
-- are one running sum, and few counts are left, whatever the number of customers. An account has few
-- customers, so accounts are counted once, on the latest date.
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
    select customer_id, customer_number, plan, country, account_id
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
),

-- A customer has at most one day that comes and one that goes on a date; the one that comes is first.
running as (
    select
        customer_number,
        channel,
        window_days,
        changed_on,
        day_change,
        sum(day_change) over (
            partition by window_days, channel, customer_number
            order by changed_on asc, day_change desc
            rows between unbounded preceding and current row
        ) as active_days
    from changes
),

steps as (
    select running.*, customers.plan, customers.country, 1 as customers
    from running
    inner join customers on running.customer_number = customers.customer_number
),

counted as (
    {{ by_dimension('steps', ['channel', 'window_days', 'changed_on', 'active_days', 'day_change'], ['customers'], ['plan', 'country']) }}
),

named as (
    select
        window_days,
        changed_on,
        active_days,
        day_change,
        customers,
        case when channel = 'all' then dimension else 'channel' end as dimension,
        case when channel = 'all' then dimension_value else channel end as dimension_value
    from counted
    where channel = 'all' or dimension = 'all'
),

customers_of_accounts as (
    select customers.account_id, changes.window_days, windows.reads_to as changed_on, sum(changes.day_change) as active_days
    from changes
    inner join windows on changes.window_days = windows.window_days and changes.changed_on <= windows.reads_to
    inner join customers on changes.customer_number = customers.customer_number
    inner join {{ ref('int_as_of_dates') }} as as_of_dates on windows.reads_to = as_of_dates.as_of_date
    where changes.channel = 'all' and customers.account_id is not null and as_of_dates.is_latest
    group by customers.account_id, customers.customer_number, changes.window_days, windows.reads_to
),

moves as (
    select window_days, changed_on, active_days, dimension, dimension_value, customers as customer_change
    from named
    union all
    select window_days, changed_on, active_days - day_change as active_days, dimension, dimension_value, -customers as customer_change
    from named
    union all
    select window_days, changed_on, active_days, 'account' as dimension, account_id as dimension_value, 1 as customer_change
    from customers_of_accounts
)

select
    window_days,
    changed_on,
    dimension,
    dimension_value,
    cast(active_days as integer) as active_days,
    cast(sum(customer_change) as bigint) as customer_change
from moves
where active_days > 0
group by window_days, changed_on, dimension, dimension_value, active_days
