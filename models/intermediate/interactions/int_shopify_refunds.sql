{{ config(materialized='view', **connector_model('int_shopify_refunds')) }}
-- A refund doesn't say whose it is, its order does; what changes the order changes the refund.
with refunds as (
    select interaction_id, content_id, amount, currency, occurred_at, loaded_at
    from {{ ref('stg_shopify__refunds') }}
),

orders as (
    select interaction_id, customer_id, loaded_at
    from {{ ref('stg_shopify__orders') }}
)

select
    refunds.interaction_id,
    orders.customer_id,
    refunds.content_id,
    'refund_created' as event_type,
    refunds.amount,
    refunds.currency,
    refunds.occurred_at,
    greatest(refunds.loaded_at, coalesce(orders.loaded_at, refunds.loaded_at)) as loaded_at
from refunds
left join orders on refunds.content_id = orders.interaction_id
