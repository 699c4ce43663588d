{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'loyalty_index')) }}
{%- if channel_is_on('commerce') %}
{{ behind_currency_check() }}
{%- endif %}

with windows as (
    select as_of_date, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'loyalty_index'
),

components as (
    select as_of_date, customer_id, component, component_score
    from {{ ref('int_loyalty_components') }}
)

select
    components.as_of_date,
    components.customer_id,
    {{ ratio('sum(components.component_score)', 'count(*)', 'decimal(18, 6)') }} as loyalty_index,
    {%- for component in ['recommend', 'repurchase', 'cross_buy', 'redemption'] %}
    cast(
        max(case when components.component = '{{ component }}' then components.component_score end) as decimal(18, 6)
    ) as {{ component }}_score,
    {%- endfor %}
    cast(count(*) as integer) as coverage,
    windows.inputs_version
from components
inner join windows on components.as_of_date = windows.as_of_date
group by components.as_of_date, components.customer_id, windows.inputs_version
