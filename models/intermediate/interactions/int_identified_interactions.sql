{{ config(materialized='view') }}
-- What a device did before its user was known counts for the customer who was first known on it.
{%- set is_resolved = identifying_models() | length > 0 %}
with raw_interactions as (
    select * from {{ ref('int_raw_interactions') }}
),

identities as (
    select anonymous_id, customer_id, identity_version
    from {{ ref('int_identities') }}
)

select
    raw_interactions.source,
    {%- for column in interaction_contract() if column.name != 'customer_id' %}
    raw_interactions.{{ column.name }},
    {%- endfor %}
    {%- if is_resolved %}
    coalesce(raw_interactions.customer_id, identities.customer_id) as customer_id,
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
