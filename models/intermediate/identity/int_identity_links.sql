{{ config(materialized='table', **connectors_model('identities')) }}

with statements as (
    {% for model_name in connector_models('identities') -%}
    select
        {{- contract_columns(model_name, identity_contract()) }}
    from {{ ref(model_name) }}
    {{ 'union all' if not loop.last }}
    {% else -%}
    select
        {{- contract_columns(none, identity_contract()) }}
    from {{ ref('int_settings_problems') }}
    where false
    {% endfor %}
),

tidied as (
    select
        {{ clean_text('other_id', lower=false) }} as other_id,
        {{ clean_text('customer_id', lower=false) }} as customer_id,
        coalesce(linked_at, loaded_at) as linked_at
    from statements
),

links as (
    select
        other_id,
        customer_id,
        min(linked_at) as linked_at
    from tidied
    where other_id is not null and customer_id is not null and other_id <> customer_id
    group by other_id, customer_id
)

-- An id belongs to one customer: whoever came first, so that a shared address never makes two people one.
select
    other_id,
    customer_id,
    linked_at,
    row_number() over (partition by other_id order by linked_at nulls last, customer_id) = 1 as is_followed
from links
