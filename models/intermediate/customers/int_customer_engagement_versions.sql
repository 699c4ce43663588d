{{ config(materialized='view') }}
-- customer_engagement shows something of each of these.
with versions as (
    select reach, partition_date, inputs_version
    from {{ ref('int_as_of_date_versions') }}
    where reach in ('latest', 'segments', 'changes', 'customer_next_steps', 'customer_outlooks', 'customer_fit')
    union all
    select reach, partition_date, inputs_version
    from {{ ref('int_playbook_versions') }}
    where reach = 'playbook_queue'
),

summed as (
    select
        max(partition_date) as partition_date,
        {{ sum_of_hashes(version_hash(row_as_text(['reach', 'partition_date', 'inputs_version']))) }} as versions_sum
    from versions
    having count(*) > 0
)

select partition_date, {{ version_hash(row_as_text(['versions_sum'])) }} as inputs_version
from summed
