{{ config(enabled=channel_is_on('commerce')) }}
{%- set figures = [
    'orders', 'refunded_orders', 'purchasers', 'repeat_purchasers', 'returning_purchasers',
    'gross_revenue', 'refunded_revenue', 'unmatched_refunds', 'net_revenue',
] %}

with metrics as (
    select * from {{ ref('commerce_metrics') }}
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

select parts.as_of_date, parts.window_days, parts.dimension
from summed as parts
inner join summed as everybody on parts.as_of_date = everybody.as_of_date and parts.window_days = everybody.window_days
where
    everybody.dimension = 'all'
    and (
        {%- for figure in figures %}
        parts.{{ figure }} <> everybody.{{ figure }}{{ ' or' if not loop.last }}
        {%- endfor %}
    )
