{{ config(materialized='ephemeral') }}
-- Scoring begins and ends by settings, not by moods: it is no change here.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'segment_metrics', model_name='segment_metrics') }}
),

latest as (
    select as_of_dates.as_of_date, metric_settings.hysteresis_lookback_days as lookback_days
    from {{ ref('int_as_of_dates') }} as as_of_dates
    inner join dates_to_build on as_of_dates.as_of_date = dates_to_build.partition_date
    cross join {{ ref('int_metric_settings') }} as metric_settings
    where as_of_dates.is_latest
),

changes as (
    {% for kind, before, after in [('naive', 'previous_band', 'band'), ('stable', 'previous_stable_band', 'stable_band')] -%}
    select
        '{{ kind }}' as kind,
        segments.as_of_date as changed_on,
        segments.customer_id,
        segments.{{ before }} as from_band,
        segments.{{ after }} as to_band
    from {{ ref('customer_segments') }} as segments
    inner join latest on segments.as_of_date <= latest.as_of_date
    where segments.{{ after }} <> segments.{{ before }} and 'unscored' not in (segments.{{ after }}, segments.{{ before }})
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    latest.as_of_date,
    changes.kind,
    changes.customer_id,
    changes.changed_on,
    count(undone.changed_on) > 0 as is_undone
from changes
inner join latest on {{ date_plus('latest.lookback_days', 'changes.changed_on') }} <= latest.as_of_date
left join changes as undone
    on
        changes.kind = undone.kind
        and changes.customer_id = undone.customer_id
        and changes.from_band = undone.to_band
        and changes.changed_on < undone.changed_on
        and undone.changed_on <= {{ date_plus('latest.lookback_days', 'changes.changed_on') }}
group by latest.as_of_date, changes.kind, changes.customer_id, changes.changed_on
