{{ config(materialized='table', **connectors_model('identities')) }}

with links as (
    select other_id, customer_id, is_followed
    from {{ ref('int_identity_links') }}
),

customer_ids as (
    select other_id, customer_id
    from {{ ref('int_customer_ids') }}
),

known_devices as (
    select distinct anonymous_id, customer_id
    from {{ ref('int_identified_interactions') }}
    where anonymous_id is not null and customer_id is not null
),

identities as (
    select
        identities.anonymous_id,
        coalesce(customer_ids.customer_id, identities.customer_id) as customer_id
    from {{ ref('int_identities') }} as identities
    left join customer_ids on identities.customer_id = customer_ids.other_id
)

select
    links.other_id,
    links.customer_id,
    'several_customers' as conflict_reason
from links
left join customer_ids on links.other_id = customer_ids.other_id
left join customer_ids as their_ids on links.customer_id = their_ids.other_id
where
    not links.is_followed
    -- Two ids of the same customer are no conflict.
    and coalesce(customer_ids.customer_id, '') <> coalesce(their_ids.customer_id, links.customer_id)

union all

select
    links.other_id,
    links.customer_id,
    'circle' as conflict_reason
from links
left join customer_ids on links.other_id = customer_ids.other_id
where links.is_followed and customer_ids.other_id is null

union all

select
    known_devices.anonymous_id as other_id,
    known_devices.customer_id,
    'shared_device' as conflict_reason
from known_devices
inner join identities on known_devices.anonymous_id = identities.anonymous_id
where known_devices.customer_id <> identities.customer_id
