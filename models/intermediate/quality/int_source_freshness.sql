with counts as (
    select source, event_date, latest_loaded_at
    from {{ ref('int_interaction_counts') }}
    where accepted_count > 0
),

as_of_dates as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_latest
),

-- Rows after the as-of date say nothing of a gap before it.
latest as (
    select
        counts.source,
        as_of_dates.as_of_date,
        max(case when counts.event_date <= as_of_dates.as_of_date then counts.event_date end) as latest_event_date,
        max(counts.latest_loaded_at) as latest_loaded_at
    from counts
    cross join as_of_dates
    group by counts.source, as_of_dates.as_of_date
),

sources as (
    {% for model_name in interaction_models() -%}
    select cast('{{ model_name }}' as {{ dbt.type_string() }}) as source
    {{ 'union all' if not loop.last }}
    {% else -%}
    select source from latest where false
    {% endfor %}
)

select
    sources.source,
    latest.latest_event_date,
    latest.latest_loaded_at,
    {{ dbt.datediff('latest.latest_event_date', 'latest.as_of_date', 'day') }} as days_behind,
    coalesce(
        {{ dbt.datediff('latest.latest_event_date', 'latest.as_of_date', 'day') }} > {{ var('stale_after_days') }},
        true
    ) as is_stale
from sources
left join latest on sources.source = latest.source
