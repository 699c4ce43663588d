{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'windows')) }}

with event_days as (
    select customer_id, event_type, event_date, event_count, machine_count, first_occurred_at, last_occurred_at
    from {{ ref('int_customer_event_days') }}
),

dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'windows') }}
),

settings as (
    select as_of_date, window_days
    from {{ ref('int_score_settings') }}
),

windows as (
    {% for window_days in [7, 30, 90] -%}
    select partition_date as as_of_date, inputs_version, {{ window_days }} as window_days
    from dates_to_build
    union distinct
    {% endfor -%}
    select settings.as_of_date, dates_to_build.inputs_version, settings.window_days
    from settings
    inner join dates_to_build on settings.as_of_date = dates_to_build.partition_date
)

select
    windows.as_of_date,
    event_days.customer_id,
    event_days.event_type,
    windows.window_days,
    cast(sum(event_days.event_count) as integer) as event_count,
    cast(sum(event_days.machine_count) as integer) as machine_count,
    cast(count(case when event_days.event_count > 0 then 1 end) as integer) as days_with_events,
    min(event_days.first_occurred_at) as first_occurred_at,
    max(event_days.last_occurred_at) as last_occurred_at,
    windows.inputs_version
from windows
inner join event_days
    on event_days.event_date between {{ read_from('windows.as_of_date', 'windows.window_days') }} and windows.as_of_date
group by windows.as_of_date, event_days.customer_id, event_days.event_type, windows.window_days, windows.inputs_version
