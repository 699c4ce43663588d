-- Whose a device is: the first customer who was known on it, whoever came later, so that a second
-- one never takes away what the first one did.
{%- set models = identifying_models() %}
with raw_interactions as (
    select *
    from {{ ref('int_raw_interactions') }}
    where {{ "source in ('" ~ models | join("', '") ~ "')" if models else 'false' }}
),

judged as (
    select *, {{ rejection_reason('null') }} as rejection_reason
    from raw_interactions
    where
        raw_interactions.anonymous_id is not null
        and raw_interactions.customer_id is not null
        and not coalesce(raw_interactions.is_bot, false)
),

ranked as (
    select
        anonymous_id,
        customer_id,
        occurred_at as identified_at,
        row_number() over (partition by anonymous_id order by occurred_at, loaded_at, customer_id) as place
    from judged
    where rejection_reason is null
)

select
    anonymous_id,
    customer_id,
    identified_at,
    {{ version_hash(row_as_text(['anonymous_id', 'customer_id'])) }} as identity_version
from ranked
where place = 1
