{{ config(post_hook="{{ customer_engagement.stop_on_unknown_currencies() }}") }}

with order_events as (
    select currency, ordered_on
    from {{ ref('int_order_events') }}
    where rate is null
)

select
    currency,
    cast(count(*) as bigint) as interactions,
    min(ordered_on) as first_ordered_on
from order_events
group by currency
