{{ config(materialized='view', **connector_model('int_stripe_refunds')) }}
-- A refund doesn't say whose it is, its charge does. One that failed later never was.
with refunds as (
    select interaction_id, content_id, status, amount, currency, occurred_at, loaded_at
    from {{ ref('stg_stripe__refunds') }}
    where status = 'succeeded'
),

charges as (
    select interaction_id, customer_id, event_type, loaded_at
    from {{ ref('stg_stripe__charges') }}
)

select
    refunds.interaction_id,
    charges.customer_id,
    refunds.content_id,
    'charge_refunded' as event_type,
    refunds.amount,
    refunds.currency,
    refunds.occurred_at,
    greatest(refunds.loaded_at, coalesce(charges.loaded_at, refunds.loaded_at)) as loaded_at
from refunds
left join charges on refunds.content_id = charges.interaction_id
where charges.event_type is null or charges.event_type <> 'test_payment'
