{{ config(materialized='view', **connector_model('int_shopify_cancellations')) }}
-- Until it was cancelled, an order was one.
select
    interaction_id,
    customer_id,
    interaction_id as content_id,
    'order_cancelled' as event_type,
    cancelled_at as occurred_at,
    loaded_at
from {{ ref('stg_shopify__orders') }}
where cancelled_at is not null and event_type = 'order_placed'
