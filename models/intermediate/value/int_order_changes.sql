{{ config(materialized=shared_step()) }}
-- What the sum of the changes up to a date says of an order is what was known of it on that date, so
-- one list serves every as-of date.
{%- set figures = {
    'orders': 'integer', 'refunded_orders': 'integer', 'gross_revenue': 'decimal(28, 4)', 'refunded_revenue': 'decimal(28, 4)'
} %}
{%- set in_order = 'partition by order_source, order_id, ordered_on order by changed_on' %}
{%- set up_to_here = in_order ~ ' rows between unbounded preceding and current row' %}
with events as (
    select
        *,
        cast(amount as decimal(19, 4)) * cast(rate as decimal(18, 8)) as revenue,
        order_id is not null as has_order
    from {{ ref('int_order_events') }}
),

order_days as (
    select
        order_source,
        order_id,
        customer_id,
        ordered_on,
        ordered_at,
        event_date as changed_on,
        sum(case when counts_as = 'order' then revenue else 0 end) as ordered,
        sum(case when counts_as = 'order_refunded' then abs(revenue) else 0 end) as refunded,
        max(case when counts_as = 'order_cancelled' then 1 else 0 end) as cancelled
    from events
    where has_order
    group by order_source, order_id, customer_id, ordered_on, ordered_at, event_date
),

running as (
    select
        *,
        sum(ordered) over ({{ up_to_here }}) as ordered_so_far,
        sum(refunded) over ({{ up_to_here }}) as refunded_so_far,
        max(cancelled) over ({{ up_to_here }}) = 1 as is_cancelled
    from order_days
),

judged as (
    select *, refunded_so_far > 0 and refunded_so_far >= ordered_so_far as is_refunded
    from running
),

-- Rounded here, after the comparison, so that a wholly refunded order nets 0 in any currency.
states as (
    select
        *,
        case when is_cancelled or is_refunded then 0 else 1 end as orders,
        case when is_refunded and not is_cancelled then 1 else 0 end as refunded_orders,
        cast(case when is_cancelled then 0 else round(ordered_so_far, 4) end as decimal(28, 4)) as gross_revenue,
        cast(case when is_cancelled then 0 else round(refunded_so_far, 4) end as decimal(28, 4)) as refunded_revenue
    from judged
),

changes as (
    select
        order_source,
        order_id,
        customer_id,
        ordered_on,
        ordered_at,
        changed_on,
        {%- for figure, type in figures.items() %}
        cast(
            {{ figure }} - coalesce(lag({{ figure }}) over ({{ in_order }}), cast(0 as {{ type }})) as {{ type }}
        ) as {{ figure }},
        {%- endfor %}
        cast(0 as decimal(28, 4)) as unmatched_refunds
    from states
),

-- Money that came back for no order that is known: a cancellation counts only where its amount is
-- below 0, since one above 0 is an order that never was.
unmatched as (
    select
        *,
        cast(round(abs(revenue), 4) as decimal(28, 4)) as returned
    from events
    where not has_order and (counts_as = 'order_refunded' or revenue < 0)
)

select * from changes
union all
select
    order_source,
    order_id,
    customer_id,
    ordered_on,
    ordered_at,
    event_date as changed_on,
    0 as orders,
    0 as refunded_orders,
    cast(0 as decimal(28, 4)) as gross_revenue,
    returned as refunded_revenue,
    returned as unmatched_refunds
from unmatched
