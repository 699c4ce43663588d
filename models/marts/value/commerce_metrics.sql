{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'commerce_metrics')) }}
{{ behind_currency_check() }}
{%- set counts = ['orders', 'refunded_orders', 'purchasers', 'repeat_purchasers', 'returning_purchasers'] %}
{%- set amounts = ['gross_revenue', 'refunded_revenue', 'unmatched_refunds'] %}

with windows as (
    select as_of_date, window_days, is_complete_window, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'commerce_metrics'
),

seen as (
    select plan, country, min(first_seen_on) as first_seen_on
    from {{ ref('int_customers') }}
    group by plan, country
),

dimension_values as (
    select 'all' as dimension, 'all' as dimension_value, {{ closed_validity('null', 'from') }} as first_seen_on
    {%- for dimension in ['plan', 'country'] %}
    union all
    select '{{ dimension }}' as dimension, coalesce({{ dimension }}, '(none)') as dimension_value, min(first_seen_on) as first_seen_on
    from seen
    group by coalesce({{ dimension }}, '(none)')
    {%- endfor %}
),

changes as (
    {{ by_dimension(ref('int_commerce_changes'), ['window_days', 'changed_on'], counts + amounts, ['plan', 'country']) }}
),

summed as (
    select
        windows.as_of_date,
        windows.window_days,
        changes.dimension,
        {%- for figure in counts + amounts %}
        sum(changes.{{ figure }}) as {{ figure }},
        {%- endfor %}
        changes.dimension_value
    from windows
    inner join changes on windows.window_days = changes.window_days and windows.as_of_date >= changes.changed_on
    group by windows.as_of_date, windows.window_days, changes.dimension, changes.dimension_value
),

-- A plan or country whose customers bought nothing has a row of zeros.
counted as (
    select
        windows.*,
        dimension_values.dimension,
        dimension_values.dimension_value,
        {%- for figure in counts %}
        cast(coalesce(summed.{{ figure }}, 0) as bigint) as {{ figure }},
        {%- endfor %}
        {%- for figure in amounts %}
        cast(coalesce(summed.{{ figure }}, 0) as decimal(28, 4)) as {{ figure }},
        {%- endfor %}
        cast(coalesce(summed.gross_revenue - summed.refunded_revenue, 0) as decimal(28, 4)) as net_revenue
    from windows
    inner join dimension_values on windows.as_of_date >= dimension_values.first_seen_on
    left join summed
        on
            windows.as_of_date = summed.as_of_date
            and windows.window_days = summed.window_days
            and dimension_values.dimension = summed.dimension
            and dimension_values.dimension_value = summed.dimension_value
)

select
    as_of_date,
    window_days,
    dimension,
    dimension_value,
    is_complete_window,
    orders,
    refunded_orders,
    purchasers,
    repeat_purchasers,
    returning_purchasers,
    gross_revenue,
    refunded_revenue,
    unmatched_refunds,
    net_revenue,
    {{ ratio('orders', 'purchasers') }} as purchase_frequency,
    {{ ratio('net_revenue', 'orders', 'decimal(28, 4)') }} as average_order_value,
    {{ ratio('net_revenue', 'purchasers', 'decimal(28, 4)') }} as revenue_per_purchaser,
    {{ ratio('repeat_purchasers', 'purchasers') }} as repeat_purchase_rate,
    {{ ratio('returning_purchasers', 'purchasers') }} as returning_purchaser_rate,
    {{ ratio('refunded_revenue', 'gross_revenue') }} as refund_rate,
    inputs_version
from counted
