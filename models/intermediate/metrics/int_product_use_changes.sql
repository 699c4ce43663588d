{{ config(materialized='ephemeral') }}
-- A day's uses enter a window on their date and leave it window_days later. Between two changes the
-- uses in the window stay the same, so distinct customers are a sum of changes too.
with windows as (
    select distinct mart, window_days
    from {{ ref('int_metric_windows') }}
    where mart in ('product_metrics', 'feature_adoption')
),

product_uses as (
    select * from {{ ref('int_product_uses') }}
),

customers as (
    select customer_id, plan, country
    from {{ ref('int_customers') }}
),

settings as (
    select adoption_minimum_uses
    from {{ ref('int_metric_settings') }}
),

moves as (
    select product_uses.*, windows.window_days, product_uses.event_date as changed_on, product_uses.uses as uses_change
    from product_uses
    inner join windows on product_uses.mart = windows.mart
    union all
    select
        product_uses.*,
        windows.window_days,
        {{ date_plus('windows.window_days', 'product_uses.event_date') }} as changed_on,
        -product_uses.uses as uses_change
    from product_uses
    inner join windows on product_uses.mart = windows.mart
),

changes as (
    select mart, window_days, activity, feature, customer_id, changed_on, sum(uses_change) as uses_change
    from moves
    group by mart, window_days, activity, feature, customer_id, changed_on
),

running as (
    select
        *,
        sum(uses_change) over (
            partition by mart, window_days, activity, feature, customer_id
            order by changed_on
            rows between unbounded preceding and current row
        ) as uses
    from changes
)

select
    running.mart,
    running.window_days,
    running.activity,
    running.feature,
    running.changed_on,
    customers.plan,
    {%- for figure, least in [('users', '1'), ('adopters', 'settings.adoption_minimum_uses')] %}
    sum(
        case when running.uses >= {{ least }} then 1 else 0 end
        - case when running.uses - running.uses_change >= {{ least }} then 1 else 0 end
    ) as {{ figure }},
    {%- endfor %}
    sum(running.uses_change) as uses,
    customers.country
from running
inner join customers on running.customer_id = customers.customer_id
cross join settings
group by
    running.mart, running.window_days, running.activity, running.feature, running.changed_on, customers.plan, customers.country
