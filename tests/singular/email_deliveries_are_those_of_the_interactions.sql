{{ config(enabled=channel_is_on('email')) }}
-- A message is delivered on one date, so the windows of one day hold each message once.
with deliveries as (
    select
        interactions.customer_id,
        {{ message_id('interactions') }} as message_id,
        min(interactions.event_date) as delivered_on
    from {{ ref('int_interactions') }} as interactions
    inner join {{ ref('stg_settings__event_types') }} as event_types on interactions.event_type = event_types.event_type
    where event_types.counts_as = 'email_delivered'
    group by interactions.customer_id, {{ message_id('interactions') }}
),

counted as (
    select delivered_on, count(*) as deliveries
    from deliveries
    group by delivered_on
),

metrics as (
    select as_of_date, delivered_messages
    from {{ ref('email_metrics') }}
    where window_days = 1 and dimension = 'all'
)

select metrics.as_of_date, metrics.delivered_messages, counted.deliveries
from metrics
left join counted on metrics.as_of_date = counted.delivered_on
where metrics.delivered_messages <> coalesce(counted.deliveries, 0)
