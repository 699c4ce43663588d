{{ config(enabled=channel_is_on('web'), materialized='ephemeral') }}
-- A session's visitor counts on the as-of dates whose window holds the session: a span. Where the spans
-- of one visitor overlap, the later one only adds what goes beyond the others, so a distinct count is a
-- sum of changes.
{%- set window_lengths = [1, 7, 30] %}
{%- set counts = {'visitors': 'visitor_id', 'customers': 'customer_id', 'converted_customers': 'customer_id'} %}
{%- set entity = 'partition by counted, counted_id, dimension, dimension_value order by counts_from' %}
with windows as (
    select as_of_date, window_days
    from {{ ref('int_metric_windows') }}
    where mart = 'web_metrics'
),

spans as (
    {% for counted, counted_id in counts.items() -%}
    {% set is_last_count = loop.last -%}
    {% for dimension in ['all', 'visitor_kind', 'plan', 'country'] -%}
    select
        '{{ counted }}' as counted,
        {{ counted_id }} as counted_id,
        '{{ dimension }}' as dimension,
        {{ "'all'" if dimension == 'all' else dimension }} as dimension_value,
        event_date as counts_from,
        {%- for window_days in window_lengths %}
        max(least(stands_until, {{ date_plus(window_days - 1, 'session_date') }})) as counts_until_{{ window_days }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_web_windowed_sessions') }}
    where {{ 'conversions > 0 and' if counted == 'converted_customers' }} {{ counted_id }} is not null
    group by {{ counted_id }}, event_date{{ ', ' ~ dimension if dimension != 'all' }}
    {{ 'union all' if not (loop.last and is_last_count) }}
    {% endfor -%}
    {% endfor %}
),

-- The first date that no earlier span holds.
apart as (
    select
        counted,
        dimension,
        dimension_value,
        {%- for window_days in window_lengths %}
        counts_until_{{ window_days }},
        greatest(counts_from, coalesce(
            {{ date_plus(1, 'max(counts_until_' ~ window_days ~ ') over (' ~ entity ~ ' rows between unbounded preceding and 1 preceding)') }},
            counts_from
        )) as adds_from_{{ window_days }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from spans
),

changes as (
    {% for window_days in window_lengths -%}
    {% set is_last_window = loop.last -%}
    {% for changed_on, change in [('adds_from_' ~ window_days, 1), (date_plus(1, 'counts_until_' ~ window_days), -1)] -%}
    select
        counted, dimension, dimension_value,
        {{ window_days }} as window_days,
        {{ changed_on }} as changed_on,
        count(*) * {{ change }} as change
    from apart
    where adds_from_{{ window_days }} <= counts_until_{{ window_days }}
    group by counted, dimension, dimension_value, {{ changed_on }}
    {{ 'union all' if not (loop.last and is_last_window) }}
    {% endfor -%}
    {% endfor %}
)

select
    windows.as_of_date,
    windows.window_days,
    changes.dimension,
    {%- for counted in counts %}
    sum(case when changes.counted = '{{ counted }}' then changes.change else 0 end) as {{ counted }},
    {%- endfor %}
    changes.dimension_value
from windows
inner join changes on windows.window_days = changes.window_days and windows.as_of_date >= changes.changed_on
group by windows.as_of_date, windows.window_days, changes.dimension, changes.dimension_value
