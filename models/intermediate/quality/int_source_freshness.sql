-- A source that has not begun by a date is absent, not stale: nothing that it gave is missing.
with counts as (
    select source, event_date, latest_loaded_at
    from {{ ref('int_interaction_counts') }}
    where accepted_count > 0
),

as_of_dates as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
),

sources as (
    {% for limit in source_stale_limits() -%}
    select cast('{{ limit.source }}' as {{ dbt.type_string() }}) as source, {{ limit.days }} as stale_after_days
    {{ 'union all' if not loop.last }}
    {% else -%}
    select source, 0 as stale_after_days from counts where false
    {% endfor %}
),

latest as (
    select
        as_of_dates.as_of_date,
        counts.source,
        min(counts.event_date) as first_event_date,
        max(counts.event_date) as latest_event_date,
        max(counts.latest_loaded_at) as latest_loaded_at
    from as_of_dates
    inner join counts on as_of_dates.as_of_date >= counts.event_date
    group by as_of_dates.as_of_date, counts.source
),

measured as (
    select
        as_of_dates.as_of_date,
        sources.source,
        latest.first_event_date,
        latest.latest_event_date,
        latest.latest_loaded_at,
        {{ days_between('latest.latest_event_date', 'as_of_dates.as_of_date') }} as days_behind,
        sources.stale_after_days
    from as_of_dates
    cross join sources
    left join latest
        on
            as_of_dates.as_of_date = latest.as_of_date
            and sources.source = latest.source
)

select
    as_of_date,
    source,
    first_event_date,
    latest_event_date,
    latest_loaded_at,
    cast(days_behind as bigint) as days_behind,
    cast(stale_after_days as integer) as stale_after_days,
    coalesce(days_behind > stale_after_days, false) as is_stale
from measured
