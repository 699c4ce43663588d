{{ config(materialized=long_view()) }}
-- A select a metric: which there are, and what each means, stands in the yml of the marts alone.
{%- if not execute %}{% for mart in customer_engagement.listed_marts() %}{% do ref(mart.name) %}{% endfor %}{% endif %}

with metric_values as (
    {% for metric in customer_engagement.listed_metrics() -%}
    select
        {{ metric.as_of_date }} as as_of_date,
        '{{ metric.channel }}' as channel,
        '{{ metric.metric }}' as metric,
        {{ metric.period_days }} as period_days,
        {{ metric.dimension }} as dimension,
        {{ metric.dimension_value }} as dimension_value,
        '{{ metric.mart }}' as mart,
        '{{ dbt.escape_single_quotes(metric.definition) }}' as definition,
        cast({{ metric.numerator }} as decimal(28, 8)) as numerator,
        cast({{ metric.denominator }} as decimal(28, 8)) as denominator,
        cast({{ metric.column }} as decimal(28, 8)) as value,
        '{{ metric.unit }}' as unit,
        cast({{ 'null' if metric.higher_is_better is none else metric.higher_is_better }} as boolean) as higher_is_better,
        cast({{ metric.is_complete_window }} as boolean) as is_complete_window
    from {{ ref(metric.mart) }}
    where {{ metric.rows }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

benchmarks as (
    select * from {{ ref('stg_settings__metric_benchmarks') }}
    where is_used
)

select
    metric_values.as_of_date,
    metric_values.channel,
    metric_values.metric,
    metric_values.period_days,
    metric_values.dimension,
    metric_values.dimension_value,
    metric_values.mart,
    metric_values.definition,
    metric_values.numerator,
    metric_values.denominator,
    metric_values.value,
    metric_values.unit,
    metric_values.higher_is_better,
    metric_values.is_complete_window,
    benchmarks.p25 as benchmark_p25,
    benchmarks.p50 as benchmark_p50,
    benchmarks.p75 as benchmark_p75,
    benchmarks.industry as benchmark_industry,
    benchmarks.publisher || ', ' || benchmarks.source_title as benchmark_source,
    benchmarks.source_year as benchmark_year,
    {{ benchmark_position('metric_values.value', 'benchmarks', 'metric_values.higher_is_better') }} as benchmark_position
from metric_values
left join benchmarks
    on
        metric_values.channel = benchmarks.channel
        and metric_values.metric = benchmarks.metric
        and metric_values.period_days = coalesce(benchmarks.period_days, metric_values.period_days)
