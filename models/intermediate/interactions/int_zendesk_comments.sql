{{ config(materialized='view', **connector_model('int_zendesk_comments')) }}
-- The first comment of a ticket is its description. An agent's is an answer to whom the ticket is of, anybody else's
-- is their own; notes among agents, and what Zendesk itself writes (as user -1), are neither.
with comments as (
    select
        *,
        row_number() over (partition by ticket_id order by created_at, comment_id) as place
    from {{ ref('stg_zendesk__comments') }}
),

tickets as (
    select interaction_id as ticket_id, customer_id, loaded_at
    from {{ ref('int_zendesk_tickets') }}
),

users as (
    select user_id, is_agent, loaded_at
    from {{ ref('stg_zendesk__users') }}
)

select
    comments.comment_id as interaction_id,
    case when users.is_agent then tickets.customer_id else 'zendesk:' || comments.author_id end as customer_id,
    comments.ticket_id as content_id,
    case when users.is_agent then 'ticket_answered' else 'ticket_commented' end as event_type,
    comments.created_at as occurred_at,
    greatest(comments.loaded_at, tickets.loaded_at, coalesce(users.loaded_at, tickets.loaded_at)) as loaded_at
from comments
inner join tickets on comments.ticket_id = tickets.ticket_id
left join users on comments.author_id = users.user_id
where comments.place > 1 and comments.is_public and comments.author_id <> '-1'
