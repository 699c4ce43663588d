{{ config(materialized='ephemeral') }}
-- Tickets stay open for as long as they like, so their events are read from the first one on.
with windows as (
    select mart, max(as_of_date) as reads_to
    from {{ ref('int_metric_windows') }}
    where mart = 'support_metrics'
    group by mart
),

event_types as (
    select event_type, counts_as, initiator
    from {{ ref('stg_settings__event_types') }}
    where counts_as in ('ticket_opened', 'ticket_replied', 'ticket_resolved', 'ticket_reopened', 'ticket_rated')
),

interactions as (
    select source, event_date, interaction_id, customer_id, event_type, occurred_at, quantity, content_id, is_machine
    from {{ ref('int_interactions') }}
)

select
    interactions.customer_id,
    coalesce(interactions.content_id, interactions.interaction_id) as ticket_id,
    event_types.counts_as,
    event_types.initiator,
    interactions.event_date,
    interactions.occurred_at,
    interactions.source,
    interactions.interaction_id,
    interactions.quantity,
    interactions.is_machine
from interactions
inner join event_types on interactions.event_type = event_types.event_type
inner join windows on interactions.event_date <= windows.reads_to
