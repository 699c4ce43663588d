{{ config(materialized=shared_step()) }}
-- The steps before a mart of metrics are inlined into it, and compute no date that it holds already.
{%- set marts = metric_marts() %}
with missing as (
    {% for mart in marts -%}
    select '{{ mart.name }}' as mart, partition_date, inputs_version
    from (
        {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', mart.name, model_name=mart.name) }}
    ) as missing_dates
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    missing.mart,
    as_of_dates.as_of_date,
    as_of_dates.data_starts_on,
    missing.inputs_version
from {{ ref('int_as_of_dates') }} as as_of_dates
inner join missing on as_of_dates.as_of_date = missing.partition_date
