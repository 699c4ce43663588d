{{ config(materialized='view', **connector_model('int_zendesk_customers')) }}
-- The company's own id stands for Zendesk's and for the address, where Zendesk knows it.
with users as (
    select user_id, external_id, email_id, created_at, loaded_at
    from {{ ref('stg_zendesk__users') }}
    where not is_gone and not is_agent
)

select
    coalesce(external_id, email_id, 'zendesk:' || user_id) as customer_id,
    'zendesk:' || user_id as other_id,
    created_at,
    created_at as linked_at,
    loaded_at
from users
union all
select
    external_id as customer_id,
    email_id as other_id,
    created_at,
    created_at as linked_at,
    loaded_at
from users
where external_id is not null and email_id is not null
