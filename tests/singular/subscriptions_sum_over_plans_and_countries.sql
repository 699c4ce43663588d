{%- set figures = [
    'starting_subscribers', 'new_subscribers', 'reactivated_subscribers', 'churned_subscribers', 'upsold_subscribers',
    'ending_subscribers', 'unconverted_subscribers', 'starting_mrr', 'new_mrr', 'reactivated_mrr', 'expansion_mrr',
    'contraction_mrr', 'churned_mrr', 'ending_mrr', 'gross_retained_mrr', 'net_retained_mrr'
] %}
with summed as (
    select
        as_of_date,
        window_days,
        {%- for figure in figures %}
        sum({{ figure }}) as {{ figure }},
        {%- endfor %}
        dimension
    from {{ ref('subscription_metrics') }}
    group by as_of_date, window_days, dimension
)

select split.*
from summed as everybody
inner join summed as split
    on everybody.as_of_date = split.as_of_date and everybody.window_days = split.window_days
where
    everybody.dimension = 'all'
    and split.dimension <> 'all'
    and not (
        {%- for figure in figures %}
        everybody.{{ figure }} = split.{{ figure }}{{ ' and' if not loop.last }}
        {%- endfor %}
    )
