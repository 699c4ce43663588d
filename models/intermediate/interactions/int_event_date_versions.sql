with raw_partitions as (
    select * from {{ ref('int_raw_partitions') }}
)

select
    partition_date,
    {{ version_hash(
        rows_as_text([
            'source', 'raw_count', 'loaded_count', 'latest_loaded_at', 'identities_version', 'exclusions_version', 'content_version',
        ])
        ~ " || cast(partition_date as " ~ dbt.type_string() ~ ") || '" ~ var('reporting_timezone') ~ '|' ~ var('earliest_event_date')
        ~ '|' ~ models_version(interaction_models() + ['int_interaction_counts', 'int_customer_event_days']) ~ "'"
    ) }} as inputs_version
from raw_partitions
group by partition_date
