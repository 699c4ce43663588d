{{ config(materialized=shared_step()) }}
-- The steps before customer_score_changes are inlined into it, and compute nothing that it holds.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'changes', model_name='customer_score_changes') }}
)

select
    dates_to_build.partition_date as as_of_date,
    compared.as_of_date as compared_with,
    compared.comparison,
    dates_to_build.inputs_version
from {{ ref('int_as_of_dates') }} as compared
inner join dates_to_build on compared.as_of_date < dates_to_build.partition_date
where compared.comparison is not null and compared.is_scored
