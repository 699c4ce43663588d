{{ config(materialized='ephemeral') }}
-- What happened counts from the first of the dates to build that sees it. A customer's first row
-- stands even where nothing happened.
with dates_to_build as (
    select as_of_date
    from {{ ref('int_score_dates_to_build') }}
),

assignments as (
    select assignments.customer_id, assignments.assignment_number, customers.first_seen_on
    from {{ ref('int_customer_score_models') }} as assignments
    inner join {{ ref('int_customers') }} as customers on assignments.customer_number = customers.customer_number
),

event_days as (
    select customer_id, event_type, event_date, event_count, last_occurred_at
    from {{ ref('int_customer_event_days') }}
),

active_types as (
    select event_type
    from {{ ref('stg_settings__event_types') }}
    where is_active
),

days as (
    select event_date as seen_on from {{ ref('int_interaction_counts') }}
    union distinct
    select first_seen_on as seen_on from assignments
),

first_dates as (
    select days.seen_on, min(dates_to_build.as_of_date) as as_of_date
    from days
    inner join dates_to_build on days.seen_on <= dates_to_build.as_of_date
    group by days.seen_on
)

select
    assignments.assignment_number,
    first_dates.as_of_date,
    cast(sum(event_days.event_count) as {{ type_double() }}) as lifetime_interactions,
    max(event_days.last_occurred_at) as last_interaction_at,
    min(case when active_types.event_type is not null and event_days.event_count > 0 then event_days.event_date end) as first_active_on
from event_days
inner join assignments on event_days.customer_id = assignments.customer_id
inner join first_dates on event_days.event_date = first_dates.seen_on
left join active_types on event_days.event_type = active_types.event_type
group by assignments.assignment_number, first_dates.as_of_date
union all
select
    assignments.assignment_number,
    first_dates.as_of_date,
    0 as lifetime_interactions,
    null as last_interaction_at,
    null as first_active_on
from assignments
inner join first_dates on assignments.first_seen_on = first_dates.seen_on
