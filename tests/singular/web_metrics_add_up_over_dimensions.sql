{{ config(enabled=channel_is_on('web')) }}
{%- set figures = ['sessions', 'page_views', 'time_spent_seconds', 'bounced_sessions', 'customers', 'converted_customers', 'visitors'] %}
-- Each session has one visitor kind, plan and country; visitors may have several, customers only one.
with metrics as (
    select * from {{ ref('web_metrics') }}
),

summed as (
    select
        as_of_date,
        window_days,
        {%- for figure in figures %}
        sum({{ figure }}) as {{ figure }},
        {%- endfor %}
        dimension
    from metrics
    group by as_of_date, window_days, dimension
)

select summed.*
from summed
inner join metrics on summed.as_of_date = metrics.as_of_date and summed.window_days = metrics.window_days and metrics.dimension = 'all'
where
    summed.sessions <> metrics.sessions
    or summed.page_views <> metrics.page_views
    or summed.time_spent_seconds <> metrics.time_spent_seconds
    or summed.bounced_sessions <> metrics.bounced_sessions
    or summed.customers <> metrics.customers
    or summed.converted_customers <> metrics.converted_customers
    or summed.visitors < metrics.visitors
