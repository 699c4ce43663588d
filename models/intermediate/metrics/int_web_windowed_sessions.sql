{{ config(materialized=shared_step()) }}
-- A session counts on the as-of dates from `event_date` to `stands_until` as it stood then.
with windows as (
    select min(window_start) as reads_from, max(as_of_date) as reads_to
    from {{ ref('int_metric_windows') }}
    where mart = 'web_metrics'
),

customers as (
    select customer_id, plan, country
    from {{ ref('int_customers') }}
)

select
    session_days.visitor_id,
    session_days.customer_id,
    session_days.session_date,
    session_days.event_date,
    session_days.stands_until,
    session_days.duration_seconds,
    session_days.page_views,
    session_days.conversions,
    session_days.is_bounce,
    session_days.is_engaged,
    case when session_days.customer_id is null then 'anonymous' else 'known' end as visitor_kind,
    {%- for attribute in ['plan', 'country'] %}
    case when session_days.customer_id is null then '(anonymous)' else coalesce(customers.{{ attribute }}, '(none)') end as {{ attribute }},
    {%- endfor %}
    1 as sessions
from {{ ref('int_web_session_days') }} as session_days
inner join windows
    on
        session_days.session_date between windows.reads_from and windows.reads_to
        and session_days.event_date between windows.reads_from and windows.reads_to
left join customers on session_days.customer_id = customers.customer_id
where {{ lack_a_date(['web_metrics']) }}
