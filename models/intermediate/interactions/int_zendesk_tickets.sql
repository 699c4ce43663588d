{{ config(materialized='view', **connector_model('int_zendesk_tickets')) }}
-- What agents ask each other is no customer's ticket.
with tickets as (
    select ticket_id, requester_id, submitter_id, created_at, loaded_at
    from {{ ref('stg_zendesk__tickets') }}
),

users as (
    select user_id, is_agent, loaded_at
    from {{ ref('stg_zendesk__users') }}
)

select
    tickets.ticket_id as interaction_id,
    'zendesk:' || tickets.requester_id as customer_id,
    tickets.ticket_id as content_id,
    case when tickets.submitter_id <> tickets.requester_id then 'ticket_opened_by_agent' else 'ticket_opened' end as event_type,
    tickets.created_at as occurred_at,
    greatest(tickets.loaded_at, coalesce(users.loaded_at, tickets.loaded_at)) as loaded_at
from tickets
left join users on tickets.requester_id = users.user_id
where not coalesce(users.is_agent, false)
