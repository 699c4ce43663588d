{{ config(materialized='view', **connector_model('int_hubspot_contact_ids')) }}
-- HubSpot lists what a contact took over; more than five further addresses, or merges, aren't read.
{%- set parts = range(1, 6) %}
with contacts as (
    select customer_id, contact_id, email_id, further_email_ids, merged_ids, created_at, loaded_at
    from {{ ref('stg_hubspot__contacts') }}
),

other_ids as (
    select customer_id, contact_id as other_id, created_at as linked_at, loaded_at
    from contacts
    union all
    select customer_id, email_id as other_id, created_at as linked_at, loaded_at
    from contacts
    {%- for part in parts %}
    {%- set merge = dbt.split_part('merged_ids', "';'", part) %}
    {%- set merged_seconds = "cast(substr(" ~ dbt.split_part(merge, "':'", 2) ~ ", 1, 10) as bigint)" %}
    union all
    select
        customer_id,
        nullif({{ dbt.split_part('further_email_ids', "';'", part) }}, '') as other_id,
        created_at as linked_at,
        loaded_at
    from contacts
    union all
    select
        customer_id,
        'hubspot:' || nullif({{ dbt.split_part(merge, "':'", 1) }}, '') as other_id,
        {{ timestamp_from_epoch(merged_seconds) }} as linked_at,
        loaded_at
    from contacts
    where {{ merge }} like '%:%'
    {%- endfor %}
)

select customer_id, other_id, linked_at, loaded_at
from other_ids
where other_id <> customer_id
