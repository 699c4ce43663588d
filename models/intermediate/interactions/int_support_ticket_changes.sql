{{ config(materialized='view') }}
-- When a ticket was opened, its own row says. A change whose ticket isn't known has no customer, and
-- is refused for that reason, not left out.
with changes as (
    select change_id, ticket_id, status, changed_at, loaded_at
    from {{ ref('stg_support__ticket_status_changes') }}
    where status <> 'open'
),

tickets as (
    select
        interaction_id as ticket_id,
        customer_id,
        row_number() over (
            partition by interaction_id
            order by loaded_at, occurred_at nulls last, customer_id nulls last
        ) as load_rank
    from {{ ref('stg_support__tickets') }}
)

select
    changes.change_id as interaction_id,
    tickets.customer_id,
    changes.ticket_id as content_id,
    'ticket_' || changes.status as event_type,
    changes.changed_at as occurred_at,
    changes.loaded_at
from changes
left join tickets
    on
        changes.ticket_id = tickets.ticket_id
        and tickets.load_rank = 1
