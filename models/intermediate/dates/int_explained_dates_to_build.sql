{{ config(materialized='ephemeral') }}
-- The step before customer_score_contributions is inlined into it, and computes no date that it holds.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'explained', model_name='customer_score_contributions') }}
)

select as_of_dates.as_of_date, as_of_dates.comparison, dates_to_build.inputs_version
from {{ ref('int_as_of_dates') }} as as_of_dates
inner join dates_to_build on as_of_dates.as_of_date = dates_to_build.partition_date
