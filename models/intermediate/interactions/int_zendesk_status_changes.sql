{{ config(materialized='view', **connector_model('int_zendesk_status_changes')) }}
-- A change of a status doesn't say whose ticket it is. One of a ticket that is gone is gone, too. What it means depends on
-- the status before, so one that is loaded late changes the next as well.
with changes as (
    select
        *,
        lag(status) over (partition by ticket_id order by changed_at, change_id) as previous_status,
        lag(loaded_at, 1, loaded_at) over (partition by ticket_id order by changed_at, change_id) as previous_loaded_at
    from {{ ref('stg_zendesk__status_changes') }}
),

named as (
    select
        *,
        case
            when status = 'solved' then 'ticket_solved'
            when status = 'closed' then 'ticket_closed'
            when previous_status = 'solved' then 'ticket_reopened'
            when status = 'pending' then 'ticket_pending'
        end as event_type
    from changes
),

tickets as (
    select interaction_id as ticket_id, customer_id, loaded_at
    from {{ ref('int_zendesk_tickets') }}
)

select
    named.change_id as interaction_id,
    tickets.customer_id,
    named.ticket_id as content_id,
    named.event_type,
    named.changed_at as occurred_at,
    greatest(named.loaded_at, named.previous_loaded_at, tickets.loaded_at) as loaded_at
from named
inner join tickets on named.ticket_id = tickets.ticket_id
where named.event_type is not null
