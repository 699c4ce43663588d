{{ config(materialized='view') }}
-- What a device did before its user was known counts for the customer who was first known on it, and what an id of
-- a customer did that was given up later for the customer.
{%- set is_resolved = identifying_models() | length > 0 %}
{%- set is_linked = connector_models('identities') | length > 0 %}
{%- set known_as = 'coalesce(raw_interactions.customer_id, identities.customer_id)' if is_resolved else 'raw_interactions.customer_id' %}
with raw_interactions as (
    select * from {{ ref('int_raw_interactions') }}
),

{% if is_linked -%}
customer_ids as (
    select other_id, customer_id, identity_version
    from {{ ref('int_customer_ids') }}
),

{% endif -%}
identities as (
    select anonymous_id, customer_id, identity_version
    from {{ ref('int_identities') }}
)

select
    raw_interactions.source,
    {%- for column in interaction_contract() if column.name != 'customer_id' %}
    raw_interactions.{{ column.name }},
    {%- endfor %}
    {%- if is_linked %}
    coalesce(customer_ids.customer_id, {{ known_as }}) as customer_id,
    coalesce(customer_ids.identity_version, identities.identity_version) as identity_version,
    {%- elif is_resolved %}
    {{ known_as }} as customer_id,
    identities.identity_version,
    {%- else %}
    raw_interactions.customer_id,
    cast(null as bigint) as identity_version,
    {%- endif %}
    raw_interactions.event_date
from raw_interactions
left join identities
    on {{ "case when raw_interactions.customer_id is null then raw_interactions.anonymous_id end = identities.anonymous_id"
        if is_resolved else "false" }}
{% if is_linked -%}
left join customer_ids
    on coalesce({{ known_as }}, raw_interactions.anonymous_id) = customer_ids.other_id
{%- endif %}
