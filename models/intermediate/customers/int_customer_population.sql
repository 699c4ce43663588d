-- Cumulative: an event of any age changes every row of its customer from that date on.
with customers as (
    select customer_id, known_from, first_seen_on
    from {{ ref('int_customers') }}
),

as_of_dates as (
    select
        as_of_date,
        lag(as_of_date) over (order by as_of_date) as previous_as_of_date
    from {{ ref('int_as_of_dates') }}
),

event_days as (
    select customer_id, event_date, event_count, machine_count, last_occurred_at
    from {{ ref('int_customer_event_days') }}
),

active_days as (
    select customer_id, event_date
    from {{ ref('int_customer_active_days') }}
    where channel = 'all'
),

population as (
    select as_of_dates.as_of_date, customers.customer_id, customers.known_from, customers.first_seen_on
    from as_of_dates
    inner join customers on as_of_dates.as_of_date >= customers.first_seen_on
),

-- What happened since the as-of date before; summed up below, so that no date is read twice.
since_previous as (
    select
        as_of_dates.as_of_date,
        event_days.customer_id,
        sum(event_days.event_count) as interactions,
        max(event_days.last_occurred_at) as last_interaction_at
    from event_days
    inner join as_of_dates
        on
            event_days.event_date <= as_of_dates.as_of_date
            and (as_of_dates.previous_as_of_date is null or event_days.event_date > as_of_dates.previous_as_of_date)
    group by as_of_dates.as_of_date, event_days.customer_id
),

first_active as (
    select customer_id, min(event_date) as first_active_on
    from active_days
    group by customer_id
)

select
    population.as_of_date,
    population.customer_id,
    population.first_seen_on,
    coalesce(population.known_from <= population.as_of_date, false) as is_known,
    {{ dbt.datediff('population.first_seen_on', 'population.as_of_date', 'day') }} as tenure_days,
    case when first_active.first_active_on <= population.as_of_date then first_active.first_active_on end as first_active_on,
    cast(coalesce(sum(since_previous.interactions) over (
        partition by population.customer_id order by population.as_of_date
        rows between unbounded preceding and current row
    ), 0) as bigint) as lifetime_interactions,
    max(since_previous.last_interaction_at) over (
        partition by population.customer_id order by population.as_of_date
        rows between unbounded preceding and current row
    ) as last_interaction_at
from population
left join since_previous
    on
        population.customer_id = since_previous.customer_id
        and population.as_of_date = since_previous.as_of_date
left join first_active on population.customer_id = first_active.customer_id
