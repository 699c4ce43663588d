{{ config(materialized=shared_step()) }}
-- The steps before int_customer_scores are inlined into it, and compute no date that it holds already.
select partition_date as as_of_date, inputs_version
from (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'scores', model_name='int_customer_scores') }}
) as missing
