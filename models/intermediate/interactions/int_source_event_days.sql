{{ config(**partitioned_by('event_date', 'int_event_date_versions')) }}
-- All that is counted by source is counted here, so that the interactions are read once.
with interactions as (
    select source, event_type, event_date, duplicate_count, loaded_at
    from {{ ref('int_interactions') }}
),

dates_to_build as (
    {{ partitions_to_build(partition_date(), 'int_event_date_versions', done_in='int_interaction_counts') }}
)

select
    interactions.source,
    interactions.event_type,
    interactions.event_date,
    cast(count(*) as bigint) as accepted_count,
    cast(sum(interactions.duplicate_count) as bigint) as duplicate_count,
    max(interactions.loaded_at) as latest_loaded_at,
    dates_to_build.inputs_version
from interactions
inner join dates_to_build on interactions.event_date = dates_to_build.partition_date
group by interactions.source, interactions.event_type, interactions.event_date, dates_to_build.inputs_version
