{{ config(materialized='table', **connectors_model('identities')) }}
-- Each step doubles how far an id is followed: after four, through sixteen ids. Who isn't at an end by then runs in a
-- circle, and stays what it is.
{%- set steps = 4 %}
with step_0 as (
    select other_id, customer_id
    from {{ ref('int_identity_links') }}
    where is_followed
),

{% for step in range(1, steps + 1) -%}
step_{{ step }} as (
    select
        here.other_id,
        coalesce(beyond.customer_id, here.customer_id) as customer_id
    from step_{{ step - 1 }} as here
    left join step_{{ step - 1 }} as beyond on here.customer_id = beyond.other_id
),

{% endfor -%}
ends as (
    select
        reached.other_id,
        reached.customer_id
    from step_{{ steps }} as reached
    left join step_0 as further on reached.customer_id = further.other_id
    where further.other_id is null
)

select
    other_id,
    customer_id,
    {{ version_hash(row_as_text(['other_id', 'customer_id'])) }} as identity_version
from ends
