{{ config(materialized=shared_step()) }}
-- The only place where the windows of the metrics have their edges.
with dates_to_build as (
    select mart, as_of_date, data_starts_on, inputs_version
    from {{ ref('int_metric_dates_to_build') }}
),

windows as (
    {% for mart in metric_marts() -%}
    {% set is_last_mart = loop.last -%}
    {% for window_days in mart.windows -%}
    select '{{ mart.name }}' as mart, {{ window_days }} as window_days
    {{ 'union all' if not (loop.last and is_last_mart) }}
    {% endfor -%}
    {% endfor %}
)

select
    dates_to_build.mart,
    dates_to_build.as_of_date,
    windows.window_days,
    {{ read_from('dates_to_build.as_of_date', 'windows.window_days') }} as window_start,
    dates_to_build.data_starts_on <= {{ read_from('dates_to_build.as_of_date', 'windows.window_days') }} as is_complete_window,
    dates_to_build.inputs_version
from dates_to_build
inner join windows on dates_to_build.mart = windows.mart
