{{ config(materialized=shared_step()) }}
-- A session's visitor counts on the as-of dates whose window holds the session: a span. Where the spans
-- of one visitor overlap, the later one only adds what goes beyond the others. A visitor who is one
-- customer, or nobody, has one value of each dimension, and one row counts for all; the few others have a
-- row for each dimension.
{%- set window_lengths = visitor_windows() %}
{%- set dimensions = visitor_dimensions() %}
{%- set earlier_spans = 'partition by counted, counted_id, ' ~ dimensions | join(', ')
    ~ ' order by counts_from rows between unbounded preceding and 1 preceding' %}
with session_days as (
    select *, 'all' as everybody
    from {{ ref('int_web_windowed_sessions') }}
),

several_customers as (
    select visitor_id
    from session_days
    group by visitor_id
    having count(distinct coalesce(customer_id, '')) > 1
),

counted_days as (
    select
        session_days.*,
        'visitors' as counted,
        session_days.visitor_id as counted_id,
        several_customers.visitor_id is not null as is_split
    from session_days
    left join several_customers on session_days.visitor_id = several_customers.visitor_id
    {%- for counted, condition in [('customers', 'true'), ('converted_customers', 'conversions > 0')] %}
    union all
    select *, '{{ counted }}' as counted, customer_id as counted_id, false as is_split
    from session_days
    where customer_id is not null and {{ condition }}
    {%- endfor %}
),

spans as (
    {% for only in ['none'] + dimensions -%}
    select
        counted,
        counted_id,
        {%- for dimension in dimensions %}
        {{ dimension if only in ('none', dimension) else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as {{ dimension }},
        {%- endfor %}
        {%- for window_days in window_lengths %}
        least(stands_until, {{ date_plus(window_days - 1, 'session_date') }}) as counts_until_{{ window_days }},
        {%- endfor %}
        event_date as counts_from
    from counted_days
    where {{ 'not ' if only == 'none' }}is_split
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

-- From the first date that no earlier span holds.
select
    counted,
    {%- for window_days in window_lengths %}
    counts_until_{{ window_days }},
    greatest(counts_from, coalesce(
        {{ date_plus(1, 'max(counts_until_' ~ window_days ~ ') over (' ~ earlier_spans ~ ')') }},
        counts_from
    )) as counts_from_{{ window_days }},
    {%- endfor %}
    {{ dimensions | join(', ') }}
from spans
