-- Each count comes from the model that holds the rows, so that a row lost between two models shows.
with raw_interactions as (
    select source, event_date, loaded_at
    from {{ ref('int_raw_interactions') }}
),

erased as (
    select source, event_date
    from {{ ref('int_judged_interactions') }}
    where rejection_reason = 'erased_customer'
),

interactions as (
    select source, event_date, duplicate_count
    from {{ ref('int_interactions') }}
),

rejected as (
    select source, event_date
    from {{ ref('int_rejected_interactions') }}
),

counted as (
    {%- for counts in [
        {'from': 'raw_interactions', 'raw_count': 'count(*)', 'latest_loaded_at': 'max(loaded_at)'},
        {'from': 'interactions', 'accepted_count': 'count(*)', 'duplicate_count': 'sum(duplicate_count)'},
        {'from': 'rejected', 'rejected_count': 'count(*)'},
        {'from': 'erased', 'erased_count': 'count(*)'},
    ] %}
    select
        source,
        event_date,
        {%- for name in ['raw_count', 'accepted_count', 'duplicate_count', 'rejected_count', 'erased_count'] %}
        {{ counts.get(name, 0) }} as {{ name }},
        {%- endfor %}
        {{ counts.get('latest_loaded_at', 'cast(null as timestamp)') }} as latest_loaded_at
    from {{ counts['from'] }}
    group by source, event_date
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    source,
    event_date,
    cast(sum(raw_count) as bigint) as raw_count,
    cast(sum(accepted_count) as bigint) as accepted_count,
    cast(sum(duplicate_count) as bigint) as duplicate_count,
    cast(sum(rejected_count) as bigint) as rejected_count,
    cast(sum(erased_count) as bigint) as erased_count,
    max(latest_loaded_at) as latest_loaded_at
from counted
group by source, event_date
