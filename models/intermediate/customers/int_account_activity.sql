{{ config(materialized='ephemeral') }}
-- An account has few customers, so its days can't be counted together as those of a plan are: accounts
-- are measured on the latest date only, straight from its 30 days.
with dates_to_build as (
    select as_of_date, {{ read_from('as_of_date', 30) }} as reads_from
    from {{ ref('int_ratio_dates_to_build') }}
    where is_latest
),

customers as (
    select customer_number, account_id, known_from, first_interaction_on
    from {{ ref('int_customers') }}
    where account_id is not null
),

active_days as (
    select customer_number, event_date
    from {{ ref('int_customer_active_days') }}
    where channel = 'all'
),

activity as (
    select
        customers.customer_number,
        max(active_days.event_date) as last_active_on,
        count(*) as seen_active_days,
        count(case when active_days.event_date >= customers.known_from then 1 end) as known_active_days
    from active_days
    inner join dates_to_build on active_days.event_date between dates_to_build.reads_from and dates_to_build.as_of_date
    inner join customers on active_days.customer_number = customers.customer_number
    group by customers.customer_number
),

members as (
    {% for basis, member_from, active_days in [
        ('ever_active', 'first_interaction_on', 'seen_active_days'), ('known', 'known_from', 'known_active_days'),
    ] -%}
    select
        customers.account_id,
        '{{ basis }}' as total_basis,
        customers.{{ member_from }} as member_from,
        activity.last_active_on,
        activity.{{ active_days }} as active_days
    from customers
    left join activity on customers.customer_number = activity.customer_number
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    dates_to_build.as_of_date,
    members.total_basis,
    'account' as dimension,
    members.account_id as dimension_value,
    count(*) as total_customers,
    {%- for window_days in [1, 7, 30] %}
    {%- set window_start = read_from('dates_to_build.as_of_date', window_days) %}
    count(case when members.last_active_on >= {{ window_start }} then 1 end) as active_{{ window_days }},
    {%- endfor %}
    coalesce(sum(members.active_days), 0) as daily_active_sum
from members
inner join dates_to_build on members.member_from <= dates_to_build.as_of_date
group by dates_to_build.as_of_date, members.total_basis, members.account_id
