{{ config(materialized=shared_step()) }}
-- The steps before customer_next_steps are inlined into it, and compute no date that it holds.
select partition_date as as_of_date, inputs_version
from (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'customer_next_steps', model_name='customer_next_steps') }}
) as missing
