{{ config(materialized=shared_step()) }}
-- The spans of a visitor don't overlap, so a distinct count is a sum of changes: one more where a span
-- begins, one less after its end.
{%- set window_lengths = visitor_windows() %}
{%- set dimensions = visitor_dimensions() %}
{%- set counts = ['visitors', 'customers', 'converted_customers'] %}
with windows as (
    select as_of_date, window_days
    from {{ ref('int_metric_windows') }}
    where mart = 'web_metrics'
),

spans as (
    select * from {{ ref('int_web_visitor_spans') }}
),

changes as (
    {% for window_days in window_lengths -%}
    {% set is_last_window = loop.last -%}
    {% for changed_on, visitor_change in [('counts_from_' ~ window_days, 1), (date_plus(1, 'counts_until_' ~ window_days), -1)] -%}
    select
        counted, {{ window_days }} as window_days, {{ changed_on }} as changed_on, {{ dimensions | join(', ') }},
        count(*) * {{ visitor_change }} as visitor_change
    from spans
    where counts_from_{{ window_days }} <= counts_until_{{ window_days }}
    group by counted, {{ changed_on }}, {{ dimensions | join(', ') }}
    {{ 'union all' if not (loop.last and is_last_window) }}
    {% endfor -%}
    {% endfor %}
),

changes_by_dimension as (
    {% for dimension in dimensions -%}
    select
        counted, window_days, changed_on,
        '{{ 'all' if dimension == 'everybody' else dimension }}' as dimension,
        {{ dimension }} as dimension_value,
        sum(visitor_change) as visitor_change
    from changes
    where {{ dimension }} is not null
    group by counted, window_days, changed_on, {{ dimension }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    windows.as_of_date,
    windows.window_days,
    changes.dimension,
    {%- for counted in counts %}
    sum(case when changes.counted = '{{ counted }}' then changes.visitor_change else 0 end) as {{ counted }},
    {%- endfor %}
    changes.dimension_value
from windows
inner join changes_by_dimension as changes on windows.window_days = changes.window_days and windows.as_of_date >= changes.changed_on
group by windows.as_of_date, windows.window_days, changes.dimension, changes.dimension_value
