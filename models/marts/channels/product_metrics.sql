{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'product_metrics')) }}
{%- set of_uses = ['product_days', 'product_customers', 'customer_features', 'feature_customers', 'feature_uses'] %}
{%- set of_initiators = ['customer_initiated_interactions', 'known_initiator_interactions'] %}

with windows as (
    select as_of_date, window_days, window_start, is_complete_window, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'product_metrics'
),

customers as (
    select as_of_date, dimension, dimension_value
    from {{ ref('int_metric_customers') }}
    where mart = 'product_metrics'
),

changes as (
    select
        window_days,
        changed_on,
        plan,
        country,
        case when activity = 'product' then uses else 0 end as product_days,
        case when activity = 'product' then users else 0 end as product_customers,
        case when activity = 'feature' then users else 0 end as customer_features,
        case when activity = 'any feature' then users else 0 end as feature_customers,
        case when activity = 'any feature' then uses else 0 end as feature_uses
    from {{ ref('int_product_use_changes') }}
    where mart = 'product_metrics'
),

changes_by_dimension as (
    {{ by_dimension('changes', ['window_days', 'changed_on'], of_uses, ['plan', 'country']) }}
),

used as (
    select
        windows.as_of_date,
        windows.window_days,
        changes_by_dimension.dimension,
        {%- for figure in of_uses %}
        sum(changes_by_dimension.{{ figure }}) as {{ figure }},
        {%- endfor %}
        changes_by_dimension.dimension_value
    from windows
    inner join changes_by_dimension
        on windows.window_days = changes_by_dimension.window_days and windows.as_of_date >= changes_by_dimension.changed_on
    group by
        windows.as_of_date, windows.window_days, changes_by_dimension.dimension, changes_by_dimension.dimension_value
),

windowed as (
    select windows.as_of_date, windows.window_days, initiated_days.*
    from windows
    inner join {{ ref('int_initiated_days') }} as initiated_days
        on initiated_days.event_date between windows.window_start and windows.as_of_date
),

initiated as (
    {{ by_dimension('windowed', ['as_of_date', 'window_days'], of_initiators, ['plan', 'country']) }}
),

-- Nobody's silence is left out: who has no interaction has a row of zeros.
counted as (
    select
        windows.*,
        customers.dimension,
        {%- for figure in of_uses %}
        cast(coalesce(used.{{ figure }}, 0) as bigint) as {{ figure }},
        {%- endfor %}
        {%- for figure in of_initiators %}
        cast(coalesce(initiated.{{ figure }}, 0) as bigint) as {{ figure }},
        {%- endfor %}
        customers.dimension_value
    from windows
    inner join customers on windows.as_of_date = customers.as_of_date
    {%- for relation in ['used', 'initiated'] %}
    left join {{ relation }}
        on
            customers.as_of_date = {{ relation }}.as_of_date
            and windows.window_days = {{ relation }}.window_days
            and customers.dimension = {{ relation }}.dimension
            and customers.dimension_value = {{ relation }}.dimension_value
    {%- endfor %}
)

select
    as_of_date,
    window_days,
    dimension,
    dimension_value,
    is_complete_window,
    product_days,
    product_customers,
    {{ ratio('product_days', 'product_customers') }} as usage_frequency,
    customer_features,
    feature_customers,
    {{ ratio('customer_features', 'feature_customers') }} as feature_breadth,
    feature_uses,
    {{ ratio('feature_uses', 'feature_customers') }} as feature_depth,
    customer_initiated_interactions,
    known_initiator_interactions,
    {{ ratio('customer_initiated_interactions', 'known_initiator_interactions') }} as proactiveness,
    inputs_version
from counted
