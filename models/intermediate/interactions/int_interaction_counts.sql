-- Each count comes from the model that holds the rows, so that a row lost between two models shows.
with raw_interactions as (
    select source, event_date, loaded_at
    from {{ ref('int_raw_interactions') }}
),

judged as (
    select source, event_date, rejection_reason
    from {{ ref('int_judged_interactions') }}
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
    select source, event_date, count(*) as raw_count, 0 as accepted_count, 0 as duplicate_count,
        0 as rejected_count, 0 as erased_count, max(loaded_at) as latest_loaded_at
    from raw_interactions
    group by source, event_date
    union all
    select source, event_date, 0, count(*), sum(duplicate_count), 0, 0, null
    from interactions
    group by source, event_date
    union all
    select source, event_date, 0, 0, 0, count(*), 0, null
    from rejected
    group by source, event_date
    union all
    select source, event_date, 0, 0, 0, 0, count(*), null
    from judged
    where rejection_reason = 'erased_customer'
    group by source, event_date
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
