{{ config(materialized=shared_step()) }}
-- A customer's orders enter a window and leave it on dates that are known beforehand, so each figure of
-- a window is a sum of changes, and no order is joined with every window that holds it.
{%- set sums = ['orders', 'refunded_orders', 'gross_revenue', 'refunded_revenue', 'unmatched_refunds'] %}
{%- set people = ['purchasers', 'repeat_purchasers', 'returning_purchasers'] %}
{%- set in_order = 'partition by customer_number, window_days order by changed_on' %}
{%- set up_to_here = in_order ~ ' rows between unbounded preceding and current row' %}
with windows as (
    select window_days, min(as_of_date) as reads_from, max(as_of_date) as reads_to
    from {{ ref('int_metric_windows') }}
    where mart = 'commerce_metrics'
    group by window_days
),

customers as (
    select customer_id, customer_number, plan, country
    from {{ ref('int_customers') }}
),

held as (
    select
        changes.*,
        customers.customer_number,
        windows.window_days,
        windows.reads_from,
        windows.reads_to,
        {{ date_plus('windows.window_days', 'changes.ordered_on') }} as leaves_on
    from {{ ref('int_order_changes') }} as changes
    inner join customers on changes.customer_id = customers.customer_id
    inner join windows on changes.changed_on <= windows.reads_to
),

-- What left before the first date that is built needn't be counted in and out.
inside as (
    select *
    from held
    where changed_on < leaves_on and reads_from < leaves_on
),

moves as (
    select *, changed_on as moved_on, 1 as enters, 0 as passes
    from inside
    union all
    select *, leaves_on as moved_on, -1 as enters, 0 as passes
    from inside
    where leaves_on <= reads_to
    union all
    -- From the day after its last window on, an order is an earlier one.
    select *, greatest(changed_on, leaves_on) as moved_on, 0 as enters, 1 as passes
    from held
    where orders <> 0 and leaves_on <= reads_to
),

-- What moved before the first date that is built stands on that date already.
customer_days as (
    select
        customer_number,
        window_days,
        greatest(moved_on, reads_from) as changed_on,
        {%- for figure in sums %}
        sum(enters * {{ figure }}) as {{ figure }},
        {%- endfor %}
        sum(passes * orders) as earlier_orders
    from moves
    group by customer_number, window_days, greatest(moved_on, reads_from)
),

running as (
    select
        *,
        sum(orders) over ({{ up_to_here }}) as orders_so_far,
        sum(earlier_orders) over ({{ up_to_here }}) as earlier_so_far
    from customer_days
),

states as (
    select
        *,
        case when orders_so_far >= 1 then 1 else 0 end as purchasers,
        case when orders_so_far >= 2 then 1 else 0 end as repeat_purchasers,
        case when orders_so_far >= 1 and earlier_so_far >= 1 then 1 else 0 end as returning_purchasers
    from running
),

changes as (
    select
        customer_number,
        window_days,
        {%- for figure in sums %}
        {{ figure }},
        {%- endfor %}
        {%- for figure in people %}
        {{ figure }} - coalesce(lag({{ figure }}) over ({{ in_order }}), 0) as {{ figure }},
        {%- endfor %}
        changed_on
    from states
)

select
    changes.window_days,
    changes.changed_on,
    customers.plan,
    {%- for figure in sums + people %}
    sum(changes.{{ figure }}) as {{ figure }},
    {%- endfor %}
    customers.country
from changes
inner join customers on changes.customer_number = customers.customer_number
group by changes.window_days, changes.changed_on, customers.plan, customers.country
