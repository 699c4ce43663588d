with interactions as (
    select event_date, count(*) as interactions
    from {{ ref('int_interactions') }}
    group by event_date
),

event_days as (
    select event_date, sum(event_count + machine_count) as interactions
    from {{ ref('int_customer_event_days') }}
    group by event_date
)

select
    coalesce(interactions.event_date, event_days.event_date) as event_date,
    interactions.interactions,
    event_days.interactions as interactions_of_event_days
from interactions
full outer join event_days on interactions.event_date = event_days.event_date
where coalesce(interactions.interactions, 0) <> coalesce(event_days.interactions, 0)
