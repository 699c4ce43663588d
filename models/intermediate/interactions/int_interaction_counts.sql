-- Each count comes from the model that holds the rows, so that a row lost between two models shows.
with raw_partitions as (
    select source, partition_date, raw_count, latest_loaded_at
    from {{ ref('int_raw_partitions') }}
),

erased as (
    select source, {{ partition_date() }} as partition_date
    from {{ ref('int_judged_interactions') }}
    where rejection_reason = 'erased_customer'
),

interactions as (
    select source, event_date as partition_date, duplicate_count
    from {{ ref('int_interactions') }}
),

rejected as (
    select source, {{ partition_date() }} as partition_date
    from {{ ref('int_rejected_interactions') }}
),

counted as (
    {%- for counts in [
        {'from': 'raw_partitions', 'raw_count': 'sum(raw_count)', 'latest_loaded_at': 'max(latest_loaded_at)'},
        {'from': 'interactions', 'accepted_count': 'count(*)', 'duplicate_count': 'sum(duplicate_count)'},
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
    group by source, partition_date
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    source,
    nullif(partition_date, {{ closed_validity('null', 'from') }}) as event_date,
    cast(sum(raw_count) as bigint) as raw_count,
    cast(sum(accepted_count) as bigint) as accepted_count,
    cast(sum(duplicate_count) as bigint) as duplicate_count,
    cast(sum(rejected_count) as bigint) as rejected_count,
    cast(sum(erased_count) as bigint) as erased_count,
    max(latest_loaded_at) as latest_loaded_at
from counted
group by source, partition_date
