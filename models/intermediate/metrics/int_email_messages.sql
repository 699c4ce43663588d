{{ config(materialized=shared_step()) }}
-- A message stands on the date of its first delivery (or bounce), whenever that was: what was sent
-- before the dates that are read is known, so that it doesn't count again.
with windows as (
    select mart, min(window_start) as reads_from, max(as_of_date) as reads_to
    from {{ ref('int_metric_windows') }}
    where mart = 'email_metrics'
    group by mart
),

event_types as (
    select event_type, counts_as
    from {{ ref('stg_settings__event_types') }}
    where counts_as in ('email_delivered', 'email_bounced')
),

interactions as (
    select source, event_date, interaction_id, customer_id, event_type, occurred_at, content_id, campaign_id
    from {{ ref('int_interactions') }}
),

sends as (
    select
        interactions.customer_id,
        {{ message_id('interactions') }} as message_id,
        interactions.campaign_id,
        event_types.counts_as as outcome,
        interactions.event_date as sent_on,
        interactions.occurred_at as sent_at,
        interactions.source,
        interactions.interaction_id,
        windows.reads_from
    from interactions
    inner join event_types on interactions.event_type = event_types.event_type
    inner join windows on interactions.event_date <= windows.reads_to
),

ranked as (
    select
        *,
        row_number() over (
            partition by customer_id, message_id, outcome
            order by sent_at, source, sent_on, interaction_id
        ) as send_rank
    from sends
    where sent_on >= reads_from
),

messages as (
    select ranked.*
    from ranked
    where
        ranked.send_rank = 1
        and not exists (
            select 1
            from sends as earlier
            where
                earlier.sent_on < earlier.reads_from
                and earlier.customer_id = ranked.customer_id
                and earlier.message_id = ranked.message_id
                and earlier.outcome = ranked.outcome
        )
)

select
    customer_id,
    message_id,
    campaign_id,
    outcome,
    sent_on,
    sent_at,
    lead(sent_on) over (partition by outcome, customer_id order by sent_at, message_id) as next_sent_on,
    lead(sent_on) over (partition by outcome, customer_id, campaign_id order by sent_at, message_id) as next_of_campaign_on
from messages
