{{ config(materialized=shared_step()) }}
-- The steps before account_scores are inlined into it, and compute no date that it holds.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'account_scores', model_name='account_scores') }}
)

select as_of_dates.as_of_date, dates_to_build.inputs_version
from {{ ref('int_as_of_dates') }} as as_of_dates
inner join dates_to_build on as_of_dates.as_of_date = dates_to_build.partition_date
