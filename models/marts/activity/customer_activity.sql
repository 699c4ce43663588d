{{ config(materialized='view') }}
-- A view: only who asks which customers were active pays for it, and only for the dates asked for.
with dates as (
    select
        as_of_date,
        {{ read_from('as_of_date', 7) }} as week_starts_on,
        {{ read_from('as_of_date', 30) }} as month_starts_on,
        {{ read_from('as_of_date', 30) }} >= data_starts_on as is_complete
    from {{ ref('int_as_of_dates') }}
    where is_kept
),

event_types as (
    select event_type
    from {{ ref('stg_settings__event_types') }}
    where is_active
),

active_dates as (
    select distinct event_days.customer_id, event_days.event_date
    from {{ ref('int_customer_event_days') }} as event_days
    inner join event_types on event_days.event_type = event_types.event_type
    where event_days.event_count > 0
),

customers as (
    select customer_id, first_interaction_on
    from {{ ref('int_customers') }}
    where first_interaction_on is not null
),

activity as (
    select
        dates.as_of_date,
        active_dates.customer_id,
        count(*) as active_days,
        max(active_dates.event_date) as last_active_on
    from dates
    inner join active_dates on active_dates.event_date between dates.month_starts_on and dates.as_of_date
    group by dates.as_of_date, active_dates.customer_id
)

select
    dates.as_of_date,
    customers.customer_id,
    coalesce(activity.last_active_on = dates.as_of_date, false) as is_active_1_day,
    coalesce(activity.last_active_on >= dates.week_starts_on, false) as is_active_7_days,
    activity.customer_id is not null as is_active_30_days,
    cast(case when dates.is_complete then coalesce(activity.active_days, 0) end as integer) as active_days_30
from dates
inner join customers on dates.as_of_date >= customers.first_interaction_on
left join activity on dates.as_of_date = activity.as_of_date and customers.customer_id = activity.customer_id
