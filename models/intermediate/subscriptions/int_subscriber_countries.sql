{{ config(materialized='ephemeral') }}
-- An account's country is that of its first customer by id, among those seen up to a date. So a new
-- customer takes over only from the date on which they are first seen.
with customers as (
    select customer_id, account_id, country, first_seen_on
    from {{ ref('int_customers') }}
    where country is not null
),

ordered as (
    select
        *,
        min(customer_id) over (
            partition by account_id order by first_seen_on, customer_id rows between unbounded preceding and current row
        ) as lowest_id
    from customers
    where account_id is not null
)

select
    'account' as subscriber_type,
    account_id as subscriber_id,
    country,
    first_seen_on as valid_from,
    coalesce(
        {{ date_plus(-1, 'lead(first_seen_on) over (partition by account_id order by first_seen_on)') }},
        {{ closed_validity('null', 'to') }}
    ) as valid_to
from ordered
where customer_id = lowest_id
union all
select
    'customer' as subscriber_type,
    customer_id as subscriber_id,
    country,
    first_seen_on as valid_from,
    {{ closed_validity('null', 'to') }} as valid_to
from customers
