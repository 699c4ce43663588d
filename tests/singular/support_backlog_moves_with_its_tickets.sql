{{ config(enabled=channel_is_on('support')) }}
-- The backlog counted ticket by ticket: opened by then, and last resolved or reopened by then as open.
with metrics as (
    select as_of_date, open_tickets
    from {{ ref('support_metrics') }}
    where window_days = 1 and dimension = 'all'
),

events as (
    select
        interactions.customer_id,
        coalesce(interactions.content_id, interactions.interaction_id) as ticket_id,
        interactions.event_date,
        interactions.occurred_at,
        event_types.counts_as
    from {{ ref('int_interactions') }} as interactions
    inner join {{ ref('stg_settings__event_types') }} as event_types on interactions.event_type = event_types.event_type
    where event_types.counts_as in ('ticket_opened', 'ticket_resolved', 'ticket_reopened')
),

tickets as (
    select
        metrics.as_of_date,
        events.customer_id,
        events.ticket_id,
        max(case when events.counts_as <> 'ticket_resolved' then events.occurred_at end) as open_since,
        max(case when events.counts_as = 'ticket_resolved' then events.occurred_at end) as resolved_at
    from metrics
    inner join events on metrics.as_of_date >= events.event_date
    group by metrics.as_of_date, events.customer_id, events.ticket_id
    having max(case when events.counts_as = 'ticket_opened' then 1 else 0 end) = 1
),

counted as (
    select as_of_date, count(*) as open_tickets
    from tickets
    where resolved_at is null or open_since > resolved_at
    group by as_of_date
)

select metrics.as_of_date, metrics.open_tickets, counted.open_tickets as counted_tickets
from metrics
left join counted on metrics.as_of_date = counted.as_of_date
where metrics.open_tickets <> coalesce(counted.open_tickets, 0)
