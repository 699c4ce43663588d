{{ config(enabled=channel_is_on('support')) }}
-- A ticket is opened once, so the windows of one day hold each ticket once.
with openings as (
    select
        interactions.customer_id,
        coalesce(interactions.content_id, interactions.interaction_id) as ticket_id,
        min(interactions.event_date) as opened_on
    from {{ ref('int_interactions') }} as interactions
    inner join {{ ref('stg_settings__event_types') }} as event_types on interactions.event_type = event_types.event_type
    where event_types.counts_as = 'ticket_opened' and not interactions.is_machine
    group by interactions.customer_id, coalesce(interactions.content_id, interactions.interaction_id)
),

counted as (
    select opened_on, count(*) as tickets
    from openings
    group by opened_on
),

metrics as (
    select as_of_date, tickets_opened
    from {{ ref('support_metrics') }}
    where window_days = 1 and dimension = 'all'
)

select metrics.as_of_date, metrics.tickets_opened, counted.tickets
from metrics
left join counted on metrics.as_of_date = counted.opened_on
where metrics.tickets_opened <> coalesce(counted.tickets, 0)
