{{ config(enabled=channel_is_on('support')) }}
{%- set figures = [
    'tickets_by_customer', 'reopened_tickets', 'replied_tickets', 'resolved_tickets', 'ratings', 'satisfied_ratings',
    'open_tickets',
] %}
-- Every ticket is of one customer, who has one plan and country: each dimension's rows sum to the whole.
with sums as (
    select
        as_of_date,
        window_days,
        sum(tickets_opened) as tickets_opened,
        {%- for figure in figures %}
        sum({{ figure }}) as {{ figure }},
        {%- endfor %}
        dimension
    from {{ ref('support_metrics') }}
    group by as_of_date, window_days, dimension
),

dimensions as (
    select 'plan' as dimension
    union all
    select 'country' as dimension
),

whole as (
    select sums.*, dimensions.dimension as compared_dimension
    from sums
    cross join dimensions
    where sums.dimension = 'all'
)

select whole.as_of_date, whole.window_days, whole.compared_dimension
from whole
left join sums as parts
    on
        whole.as_of_date = parts.as_of_date
        and whole.window_days = parts.window_days
        and whole.compared_dimension = parts.dimension
where
    coalesce(parts.tickets_opened, 0) <> whole.tickets_opened
    {%- for figure in figures %}
    or coalesce(parts.{{ figure }}, 0) <> whole.{{ figure }}
    {%- endfor %}
