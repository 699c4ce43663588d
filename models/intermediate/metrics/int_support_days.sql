{{ config(materialized=shared_step()) }}
-- A figure of an as-of date counts what was opened (rated) in the window and reached by the end of
-- that date. A rating that is given again takes the one before it back on that day.
{%- set figures = ['opened', 'opened_by_customer', 'reopened', 'ratings', 'satisfied'] %}
with windows as (
    select mart, min(window_start) as reads_from
    from {{ ref('int_metric_windows') }}
    where mart = 'support_metrics'
    group by mart
),

tickets as (
    select tickets.*
    from {{ ref('int_support_tickets') }} as tickets
    inner join windows on tickets.opened_on >= windows.reads_from
),

customers as (
    select customer_id, plan, country
    from {{ ref('int_customers') }}
),

ratings as (
    select
        events.event_date as rated_on,
        customers.plan,
        customers.country,
        events.quantity,
        lead(events.event_date) over (
            partition by events.customer_id, events.ticket_id
            order by events.occurred_at, events.source, events.event_date, events.interaction_id
        ) as next_rated_on
    from {{ ref('int_support_events') }} as events
    inner join windows on events.event_date >= windows.reads_from
    inner join customers on events.customer_id = customers.customer_id
    where events.counts_as = 'ticket_rated' and not events.is_machine and events.quantity is not null
),

counted as (
    select opened_on as counted_on, opened_on as reached_on, plan, country, 'opened' as figure, 1 as times
    from tickets
    union all
    select opened_on as counted_on, opened_on as reached_on, plan, country, 'opened_by_customer' as figure, 1 as times
    from tickets
    where initiator = 'customer'
    union all
    select opened_on as counted_on, first_reopened_on as reached_on, plan, country, 'reopened' as figure, 1 as times
    from tickets
    where first_reopened_on is not null
    {%- for figure, condition in [('ratings', 'true'), ('satisfied', 'quantity >= 4')] %}
    union all
    select rated_on as counted_on, rated_on as reached_on, plan, country, '{{ figure }}' as figure, 1 as times
    from ratings
    where {{ condition }}
    union all
    select rated_on as counted_on, next_rated_on as reached_on, plan, country, '{{ figure }}' as figure, -1 as times
    from ratings
    where {{ condition }} and next_rated_on is not null
    {%- endfor %}
)

select
    counted_on,
    reached_on,
    plan,
    {%- for figure in figures %}
    sum(case when figure = '{{ figure }}' then times else 0 end) as {{ figure }},
    {%- endfor %}
    country
from counted
group by counted_on, reached_on, plan, country
