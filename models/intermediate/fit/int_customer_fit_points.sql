{{ config(materialized='ephemeral') }}
-- An attribute without points in force says nothing of fit. One that the customer lacks brings none,
-- and one of a value that isn't listed is worth 0.
with dates_to_build as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'customer_fit', model_name='customer_fit') }}
),

scores as (
    select as_of_date, customer_id
    from {{ ref('int_customer_scores') }}
),

customers as (
    select customer_id, account_id, plan, country, customer_type
    from {{ ref('int_customers') }}
),

fit_points as (
    select * from {{ ref('stg_settings__fit_points') }}
),

rules as (
    select dates_to_build.partition_date as as_of_date, fit_points.*
    from dates_to_build
    inner join fit_points on {{ in_force('fit_points', 'dates_to_build.partition_date') }}
),

highest as (
    select as_of_date, attribute_name, max(fit_points) as highest_points
    from rules
    group by as_of_date, attribute_name
),

scales as (
    select
        as_of_date,
        {%- for attribute in fit_attributes() %}
        max(case when attribute_name = '{{ attribute }}' then 1 else 0 end) as has_{{ attribute }},
        {%- endfor %}
        sum(highest_points) as highest_fit_points,
        count(*) as attributes
    from highest
    group by as_of_date
),

population as (
    select
        scores.as_of_date,
        scores.customer_id,
        customers.plan,
        customers.country,
        customers.customer_type,
        case
            when customers.account_id is not null then count(*) over (partition by scores.as_of_date, customers.account_id)
        end as account_size,
        dates_to_build.inputs_version
    from scores
    inner join dates_to_build on scores.as_of_date = dates_to_build.partition_date
    inner join customers on scores.customer_id = customers.customer_id
)

select
    population.as_of_date,
    population.customer_id,
    {%- for attribute in fit_attributes() %}
    cast(case
        when population.{{ attribute }} is not null and scales.has_{{ attribute }} = 1 then coalesce({{ attribute }}_rules.fit_points, 0)
    end as decimal(18, 6)) as {{ attribute }}_points,
    {%- endfor %}
    cast(scales.highest_fit_points as {{ type_wide_decimal(38, 6) }}) as highest_fit_points,
    scales.attributes,
    population.inputs_version
from population
left join scales on population.as_of_date = scales.as_of_date
{%- for attribute in fit_attributes() %}
left join rules as {{ attribute }}_rules
    on
        {{ attribute }}_rules.attribute_name = '{{ attribute }}'
        and population.as_of_date = {{ attribute }}_rules.as_of_date
        {%- if attribute == 'account_size' %}
        and population.account_size >= account_size_rules.size_from
        and (account_size_rules.size_to is null or population.account_size <= account_size_rules.size_to)
        {%- else %}
        and population.{{ attribute }} = {{ attribute }}_rules.attribute_value
        {%- endif %}
{%- endfor %}
