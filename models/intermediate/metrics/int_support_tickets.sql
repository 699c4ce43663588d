{{ config(materialized=shared_step()) }}
-- What a machine opened is no ticket, and what it answered is no reply. Events before the opening
-- aren't the ticket's.
with events as (
    select customer_id, ticket_id, counts_as, initiator, event_date, occurred_at, source, interaction_id, is_machine
    from {{ ref('int_support_events') }}
),

openings as (
    select
        *,
        row_number() over (partition by customer_id, ticket_id order by occurred_at, source, event_date, interaction_id) as opening_rank
    from events
    where counts_as = 'ticket_opened' and not is_machine
),

tickets as (
    select
        openings.customer_id,
        openings.ticket_id,
        openings.initiator,
        openings.event_date as opened_on,
        openings.occurred_at as opened_at,
        min(case when events.counts_as = 'ticket_replied' and not events.is_machine then events.event_date end) as first_replied_on,
        min(case when events.counts_as = 'ticket_replied' and not events.is_machine then events.occurred_at end) as first_replied_at,
        min(case when events.counts_as = 'ticket_reopened' then events.event_date end) as first_reopened_on
    from openings
    left join events
        on
            openings.customer_id = events.customer_id
            and openings.ticket_id = events.ticket_id
            and openings.occurred_at <= events.occurred_at
    where openings.opening_rank = 1
    group by openings.customer_id, openings.ticket_id, openings.initiator, openings.event_date, openings.occurred_at
),

customers as (
    select customer_id, plan, country
    from {{ ref('int_customers') }}
)

select
    tickets.customer_id,
    tickets.ticket_id,
    customers.plan,
    customers.country,
    tickets.initiator,
    tickets.opened_on,
    tickets.opened_at,
    tickets.first_replied_on,
    {{ dbt.datediff('tickets.opened_at', 'tickets.first_replied_at', 'second') }} as first_reply_seconds,
    tickets.first_reopened_on
from tickets
inner join customers on tickets.customer_id = customers.customer_id
