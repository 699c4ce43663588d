{{ config(materialized='view', **connectors_model('customers', replaced=var('customers_model') is not none)) }}
-- What the connector that is named first knows of a customer comes first; the others fill the gaps.
{%- set models = connector_models('customers') %}
{%- set is_linked = connector_models('identities') | length > 0 %}
{%- set attributes = customer_contract() | map(attribute='name') | reject('in', ['customer_id', 'created_at']) | list %}
with customers as (
    {% for model_name in models -%}
    select
        {{ loop.index }} as place,
        {{- contract_columns(model_name, customer_contract()) }}
    from {{ ref(model_name) }}
    {{ 'union all' if not loop.last }}
    {% else -%}
    select
        0 as place,
        {{- contract_columns(none, customer_contract()) }}
    from {{ ref('int_settings_problems') }}
    where false
    {% endfor %}
),

{% if is_linked -%}
customer_ids as (
    select other_id, customer_id
    from {{ ref('int_customer_ids') }}
),
{%- endif %}

merged as (
    select
        customers.place,
        customers.created_at,
        {%- for column in attributes %}
        customers.{{ column }},
        {%- endfor %}
        {{ 'coalesce(customer_ids.customer_id, customers.customer_id)' if is_linked else 'customers.customer_id' }} as customer_id
    from customers
    {% if is_linked -%}
    left join customer_ids on customers.customer_id = customer_ids.other_id
    {%- endif %}
)

select
    customer_id,
    {%- for column in attributes %}
    coalesce(
        {%- for _ in models %}
        max(case when place = {{ loop.index }} then {{ column }} end),
        {%- endfor %}
        null
    ) as {{ column }},
    {%- endfor %}
    min(created_at) as created_at
from merged
where customer_id is not null
group by customer_id
