-- The counts of all customers are those of the customers listed, where they are listed.
{%- set states = ['new', 'existing', 'returning', 'resurrected', 'dormant'] %}
with listed as (
    select
        {%- for state in states %}
        sum(case when lifecycle = '{{ state }}' then 1 else 0 end) as {{ state }}_customers,
        {%- endfor %}
        as_of_date,
        period_grain,
        period_start
    from {{ ref('customer_lifecycle') }}
    group by as_of_date, period_grain, period_start
),

growth as (
    select *
    from {{ ref('growth_accounting') }}
    where dimension = 'all'
)

select growth.*
from listed
left join growth
    on
        listed.as_of_date = growth.as_of_date
        and listed.period_grain = growth.period_grain
        and listed.period_start = growth.period_start
where
    {%- for state in states %}
    listed.{{ state }}_customers <> coalesce(growth.{{ state }}_customers, 0) or
    {%- endfor %}
    growth.period_start is null
