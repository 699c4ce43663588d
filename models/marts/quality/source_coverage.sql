-- The baseline is the median of four days, so that one outage or campaign among them doesn't move it.
with freshness as (
    select * from {{ ref('int_source_freshness') }}
),

kept_dates as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_kept
),

counts as (
    select source, event_date, accepted_count
    from {{ ref('int_interaction_counts') }}
),

settings as (
    select low_volume_ratio, low_volume_minimum
    from {{ ref('int_metric_settings') }}
),

weeks as (
    {% for weeks_back in range(5) -%}
    select {{ weeks_back }} as weeks_back
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

weekdays as (
    select
        freshness.as_of_date,
        freshness.source,
        weeks.weeks_back,
        coalesce(counts.accepted_count, 0) as interactions
    from freshness
    inner join kept_dates on freshness.as_of_date = kept_dates.as_of_date
    cross join weeks
    left join counts
        on
            freshness.source = counts.source
            and {{ date_plus('-7 * weeks.weeks_back', 'freshness.as_of_date') }} = counts.event_date
),

summed as (
    select
        as_of_date,
        source,
        sum(case when weeks_back = 0 then interactions end) as interactions,
        sum(case when weeks_back > 0 then interactions end)
        - min(case when weeks_back > 0 then interactions end)
        - max(case when weeks_back > 0 then interactions end) as middle_two
    from weekdays
    group by as_of_date, source
),

-- Only days on which the source was already there tell how much it gives.
compared as (
    select
        freshness.*,
        summed.interactions,
        case
            when freshness.first_event_date <= {{ date_plus(-28, 'freshness.as_of_date') }}
                then cast(summed.middle_two as decimal(18, 6)) / 2
        end as baseline_interactions
    from freshness
    inner join summed
        on
            freshness.as_of_date = summed.as_of_date
            and freshness.source = summed.source
),

measured as (
    select *, {{ ratio('interactions', 'baseline_interactions') }} as volume_ratio
    from compared
)

select
    measured.as_of_date,
    measured.source,
    cast(measured.interactions as bigint) as source_interactions,
    cast(measured.baseline_interactions as decimal(18, 6)) as baseline_interactions,
    measured.volume_ratio,
    measured.first_event_date,
    measured.latest_event_date,
    measured.latest_loaded_at,
    measured.days_behind,
    measured.stale_after_days,
    measured.first_event_date is not null as has_begun,
    measured.is_stale,
    coalesce(
        measured.volume_ratio < settings.low_volume_ratio and measured.baseline_interactions >= settings.low_volume_minimum,
        false
    ) as is_low_volume
from measured
cross join settings
