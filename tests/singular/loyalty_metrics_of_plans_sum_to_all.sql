{{ config(enabled=channel_is_on('loyalty')) }}
-- A customer has one plan and one country, so even distinct customers add up.
{%- set figures = [
    'total_customers', 'members', 'participating_members', 'points_issued', 'points_redeemed', 'points_expired', 'points_outstanding',
] %}
with metrics as (
    select
        as_of_date,
        window_days,
        {%- for figure in figures %}
        sum({{ figure }}) as {{ figure }},
        {%- endfor %}
        dimension
    from {{ ref('loyalty_metrics') }}
    where dimension in ('all', 'plan', 'country')
    group by as_of_date, window_days, dimension
)

select parts.*
from metrics as parts
inner join metrics as everybody
    on parts.as_of_date = everybody.as_of_date and parts.window_days = everybody.window_days and everybody.dimension = 'all'
where
    false
    {%- for figure in figures %}
    or parts.{{ figure }} <> everybody.{{ figure }}
    {%- endfor %}
