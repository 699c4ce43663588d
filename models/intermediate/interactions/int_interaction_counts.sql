{{ config(**partitioned_by(partition_date(), 'int_event_date_versions')) }}
-- Each count comes from the model that holds the rows, so that a row lost between two models shows.
-- A date may leave no row in the other tables of event dates; its row here, built last, says that it
-- was judged. So this waits for the one that it doesn't read: {{ ref('int_customer_event_days') }}
with dates_to_build as (
    {{ partitions_to_build(partition_date(), 'int_event_date_versions') }}
),

raw_partitions as (
    select source, partition_date, raw_count
    from {{ ref('int_raw_partitions') }}
),

erased as (
    select source, {{ partition_date() }} as partition_date
    from {{ ref('int_judged_interactions') }}
    where rejection_reason = 'erased_customer' and {{ of_dates_to_build(partition_date(), 'int_event_date_versions') }}
),

interactions as (
    select source, event_date as partition_date, accepted_count, duplicate_count, latest_loaded_at
    from {{ ref('int_source_event_days') }}
),

rejected as (
    select source, {{ partition_date() }} as partition_date
    from {{ ref('int_rejected_interactions') }}
),

counted as (
    {%- for counts in [
        {'from': 'raw_partitions', 'raw_count': 'sum(raw_count)'},
        {
            'from': 'interactions', 'accepted_count': 'sum(accepted_count)',
            'duplicate_count': 'sum(duplicate_count)', 'latest_loaded_at': 'max(latest_loaded_at)',
        },
        {'from': 'rejected', 'rejected_count': 'count(*)'},
        {'from': 'erased', 'erased_count': 'count(*)'},
    ] %}
    select
        source,
        partition_date,
        {%- for name in ['raw_count', 'accepted_count', 'duplicate_count', 'rejected_count', 'erased_count'] %}
        {{ counts.get(name, 0) }} as {{ name }},
        {%- endfor %}
        {{ counts.get('latest_loaded_at', 'cast(null as timestamp)') }} as latest_loaded_at
    from {{ counts['from'] }}
    where partition_date in (select dates_to_build.partition_date from dates_to_build)
    group by source, partition_date
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    counted.source,
    nullif(counted.partition_date, {{ closed_validity('null', 'from') }}) as event_date,
    cast(sum(counted.raw_count) as bigint) as raw_count,
    cast(sum(counted.accepted_count) as bigint) as accepted_count,
    cast(sum(counted.duplicate_count) as bigint) as duplicate_count,
    cast(sum(counted.rejected_count) as bigint) as rejected_count,
    cast(sum(counted.erased_count) as bigint) as erased_count,
    max(counted.latest_loaded_at) as latest_loaded_at,
    dates_to_build.inputs_version
from counted
inner join dates_to_build on counted.partition_date = dates_to_build.partition_date
group by counted.source, counted.partition_date, dates_to_build.inputs_version
