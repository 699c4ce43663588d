{{ config(materialized=shared_step()) }}
-- A customer is active in a window of W days from an active day until the next one, W days at most.
-- So days are counted by what decides that, and few rows are left, whatever the number of customers.
-- Each dimension is counted apart: together they would leave as many rows as there are combinations.
{%- set longest_window = 30 %}
{%- set dimensions = [
    {'name': 'plan', 'value': "coalesce(customers.plan, '(none)')", 'days': "bounded.channel = 'all'"},
    {'name': 'country', 'value': "coalesce(customers.country, '(none)')", 'days': "bounded.channel = 'all'"},
    {'name': 'channel', 'value': 'bounded.channel', 'days': "bounded.channel <> 'all'"},
] %}
with active_days as (
    select customer_number, event_date, channel
    from {{ ref('int_customer_active_days') }}
),

customers as (
    select customer_number, plan, country, known_from
    from {{ ref('int_customers') }}
),

followed as (
    select
        customer_number,
        channel,
        event_date,
        lead(event_date) over (partition by customer_number, channel order by event_date) as next_event_date
    from active_days
),

waits as (
    select
        followed.customer_number,
        followed.channel,
        followed.event_date,
        coalesce({{ days_between('followed.event_date', 'followed.next_event_date') }}, {{ longest_window }}) as days_until_next,
        coalesce({{ days_between('followed.event_date', 'customers.known_from') }}, {{ longest_window }}) as days_until_known
    from followed
    inner join customers on followed.customer_number = customers.customer_number
),

bounded as (
    select
        customer_number,
        channel,
        event_date,
        least(days_until_next, {{ longest_window }}) as days_until_next,
        least(greatest(days_until_known, 0), {{ longest_window }}) as days_until_known
    from waits
)

{% for dimension in dimensions -%}
select
    '{{ dimension.name }}' as dimension,
    {{ dimension.value }} as dimension_value,
    bounded.event_date,
    bounded.days_until_next,
    bounded.days_until_known,
    count(*) as customers
from bounded
inner join customers on bounded.customer_number = customers.customer_number
where {{ dimension.days }}
group by {{ dimension.value }}, bounded.event_date, bounded.days_until_next, bounded.days_until_known
{{ 'union all' if not loop.last }}
{% endfor %}
