{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'web_metrics')) }}
{%- set counts = [
    'sessions', 'sessions_with_page_view', 'page_views', 'zero_duration_sessions',
    'bounced_sessions', 'unengaged_sessions', 'converted_sessions',
] %}
{%- set distinct_counts = ['visitors', 'customers', 'converted_customers'] %}
with windows as (
    select as_of_date, window_days, is_complete_window, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'web_metrics'
),

customers as (
    select plan, country, first_seen_on
    from {{ ref('int_customers') }}
),

-- A value has a row from the day on which the first customer has it, also where nobody visited.
dimension_values as (
    {% for dimension, value in [
        ('all', 'all'), ('visitor_kind', 'anonymous'), ('visitor_kind', 'known'), ('plan', '(anonymous)'), ('country', '(anonymous)'),
    ] -%}
    select '{{ dimension }}' as dimension, '{{ value }}' as dimension_value, {{ closed_validity('null', 'from') }} as first_seen_on
    union all
    {% endfor -%}
    select 'plan' as dimension, coalesce(plan, '(none)') as dimension_value, min(first_seen_on) as first_seen_on
    from customers
    group by plan
    union all
    select 'country' as dimension, coalesce(country, '(none)') as dimension_value, min(first_seen_on) as first_seen_on
    from customers
    group by country
),

counted as (
    select
        windows.*,
        dimension_values.dimension,
        dimension_values.dimension_value,
        {%- for figure in counts %}
        cast(coalesce(session_counts.{{ figure }}, 0) as bigint) as {{ figure }},
        {%- endfor %}
        {%- for figure in distinct_counts %}
        cast(coalesce(visitor_counts.{{ figure }}, 0) as bigint) as {{ figure }},
        {%- endfor %}
        cast(coalesce(session_counts.time_spent_seconds, 0) as decimal(28, 6)) as time_spent_seconds,
        cast(medians.median_time_spent_seconds as decimal(18, 6)) as median_time_spent_seconds
    from windows
    inner join dimension_values on windows.as_of_date >= dimension_values.first_seen_on
    {%- for relation, model in [
        ('session_counts', 'int_web_session_counts'), ('visitor_counts', 'int_web_visitor_counts'), ('medians', 'int_web_session_medians'),
    ] %}
    left join {{ ref(model) }} as {{ relation }}
        on
            windows.as_of_date = {{ relation }}.as_of_date
            and windows.window_days = {{ relation }}.window_days
            and dimension_values.dimension = {{ relation }}.dimension
            and dimension_values.dimension_value = {{ relation }}.dimension_value
    {%- endfor %}
)

select
    as_of_date,
    window_days,
    dimension,
    dimension_value,
    is_complete_window,
    sessions,
    visitors,
    customers,
    sessions_with_page_view,
    page_views,
    {{ ratio('page_views', 'sessions_with_page_view', 'decimal(18, 6)') }} as pages_per_visit,
    time_spent_seconds,
    {{ ratio('time_spent_seconds', 'sessions', 'decimal(18, 6)') }} as mean_time_spent_seconds,
    median_time_spent_seconds,
    zero_duration_sessions,
    {{ ratio('zero_duration_sessions', 'sessions') }} as zero_duration_share,
    bounced_sessions,
    {{ ratio('bounced_sessions', 'sessions') }} as bounce_rate,
    unengaged_sessions,
    {{ ratio('unengaged_sessions', 'sessions') }} as unengaged_rate,
    converted_sessions,
    {{ ratio('converted_sessions', 'sessions') }} as session_conversion_rate,
    converted_customers,
    {{ ratio('converted_customers', 'customers') }} as customer_conversion_rate,
    inputs_version
from counted
