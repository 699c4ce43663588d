{{ config(materialized=shared_step()) }}
-- The steps before engagement_ratios are inlined into it, and compute no date that it holds already.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'ratios', model_name='engagement_ratios') }}
)

select as_of_dates.as_of_date, as_of_dates.is_latest, as_of_dates.data_starts_on, dates_to_build.inputs_version
from {{ ref('int_as_of_dates') }} as as_of_dates
inner join dates_to_build on as_of_dates.as_of_date = dates_to_build.partition_date
