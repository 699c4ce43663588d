{{ config(materialized='ephemeral') }}
-- A member takes part in a window of W days from the day of an entry until that of the next, W days
-- at most, so distinct members are a sum of changes.
with windows as (
    select window_days, min(window_start) as reads_from, max(as_of_date) as reads_to
    from {{ ref('int_metric_windows') }}
    where mart = 'loyalty_metrics'
    group by window_days
),

event_types as (
    select event_type
    from {{ ref('stg_settings__event_types') }}
    where counts_as in ('points_issued', 'points_redeemed')
),

customers as (
    select customer_id, plan, country
    from {{ ref('int_customers') }}
),

days as (
    select distinct windows.window_days, event_days.customer_id, event_days.event_date
    from {{ ref('int_customer_event_days') }} as event_days
    inner join windows on event_days.event_date between windows.reads_from and windows.reads_to
    inner join event_types on event_days.event_type = event_types.event_type
    where event_days.event_count > 0
),

stays as (
    select
        days.window_days,
        customers.plan,
        customers.country,
        days.event_date as starts_on,
        {{ date_plus('days.window_days', 'days.event_date') }} as leaves_on,
        lead(days.event_date) over (partition by days.window_days, days.customer_id order by days.event_date) as next_starts_on
    from days
    inner join customers on days.customer_id = customers.customer_id
),

changes as (
    select window_days, plan, country, starts_on as changed_on, 1 as customer_change
    from stays
    union all
    select window_days, plan, country, least(leaves_on, coalesce(next_starts_on, leaves_on)) as changed_on, -1 as customer_change
    from stays
)

select window_days, changed_on, plan, sum(customer_change) as participating_members, country
from changes
group by window_days, changed_on, plan, country
