-- By event type, since the scores' sources are told by it; the daily fact counts the same rows by customer.
with source_event_days as (
    select event_date, event_type, sum(accepted_count) as interactions
    from {{ ref('int_source_event_days') }}
    group by event_date, event_type
),

event_days as (
    select event_date, event_type, sum(event_count + machine_count) as interactions
    from {{ ref('int_customer_event_days') }}
    group by event_date, event_type
)

select
    coalesce(source_event_days.event_date, event_days.event_date) as event_date,
    coalesce(source_event_days.event_type, event_days.event_type) as event_type,
    source_event_days.interactions as interactions_of_sources,
    event_days.interactions
from source_event_days
full outer join event_days
    on
        source_event_days.event_date = event_days.event_date
        and source_event_days.event_type = event_days.event_type
where coalesce(source_event_days.interactions, 0) <> coalesce(event_days.interactions, 0)
