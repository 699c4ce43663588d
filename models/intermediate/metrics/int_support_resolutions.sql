{{ config(materialized='ephemeral') }}
-- A ticket is resolved from the first resolution after its opening (or reopening) to the next
-- reopening, so a ticket that is solved and then closed was resolved once. On any date at most one
-- of its rows holds.
with tickets as (
    select customer_id, ticket_id, plan, country, opened_on, opened_at
    from {{ ref('int_support_tickets') }}
),

changes as (
    select
        tickets.*,
        events.counts_as,
        events.event_date as changed_on,
        events.occurred_at as changed_at,
        lag(events.counts_as) over (
            partition by events.customer_id, events.ticket_id
            order by events.occurred_at, events.counts_as, events.source, events.event_date, events.interaction_id
        ) as previous_counts_as,
        events.source,
        events.interaction_id
    from {{ ref('int_support_events') }} as events
    inner join tickets
        on
            events.customer_id = tickets.customer_id
            and events.ticket_id = tickets.ticket_id
            and events.occurred_at >= tickets.opened_at
    where events.counts_as in ('ticket_resolved', 'ticket_reopened')
),

-- A ticket is open at first, so reopening it changes nothing before it is resolved.
turns as (
    select
        *,
        lead(changed_on) over (
            partition by customer_id, ticket_id
            order by changed_at, counts_as, source, changed_on, interaction_id
        ) as next_changed_on
    from changes
    where counts_as <> coalesce(previous_counts_as, 'ticket_reopened')
)

select
    customer_id,
    ticket_id,
    plan,
    country,
    opened_on,
    changed_on as resolved_on,
    {{ dbt.datediff('opened_at', 'changed_at', 'second') }} as resolution_seconds,
    next_changed_on as reopened_on
from turns
where counts_as = 'ticket_resolved'
