{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'social_metrics')) }}
{%- set figures = ['likes', 'comments', 'shares', 'follows'] %}

with windows as (
    select as_of_date, window_days, window_start, is_complete_window, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'social_metrics'
),

customers as (
    select as_of_date, window_days, dimension, dimension_value, active_customers
    from {{ ref('engagement_ratios') }}
    where total_basis = 'ever_active'
),

social_days as (
    select * from {{ ref('int_social_days') }}
),

windowed as (
    select windows.as_of_date, windows.window_days, social_days.*
    from windows
    inner join social_days on social_days.event_date between windows.window_start and windows.as_of_date
),

summed as (
    {{ by_dimension('windowed', ['as_of_date', 'window_days'], figures, ['plan', 'country']) }}
),

-- Nobody's silence is left out: who has no interaction has a row of zeros.
counted as (
    select
        windows.*,
        customers.dimension,
        customers.dimension_value,
        {%- for figure in figures %}
        cast(coalesce(summed.{{ figure }}, 0) as bigint) as {{ figure }},
        {%- endfor %}
        customers.active_customers
    from windows
    inner join customers on windows.as_of_date = customers.as_of_date and windows.window_days = customers.window_days
    left join summed
        on
            customers.as_of_date = summed.as_of_date
            and customers.window_days = summed.window_days
            and customers.dimension = summed.dimension
            and customers.dimension_value = summed.dimension_value
    where customers.dimension in ('all', 'plan', 'country')
)

select
    as_of_date,
    window_days,
    dimension,
    dimension_value,
    is_complete_window,
    active_customers,
    likes,
    comments,
    shares,
    follows,
    likes + comments + shares as social_interactions,
    {{ ratio('likes', 'active_customers') }} as likes_per_active_customer,
    {{ ratio('comments', 'active_customers') }} as comments_per_active_customer,
    {{ ratio('shares', 'active_customers') }} as shares_per_active_customer,
    {{ ratio('likes + comments + shares', 'active_customers') }} as social_interactions_per_active_customer,
    inputs_version
from counted
