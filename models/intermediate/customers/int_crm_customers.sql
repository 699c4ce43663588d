with customers as (
    select customer_id, account_id, country, customer_type, created_at
    from {{ ref('stg_crm__customers') }}
),

accounts as (
    select account_id, plan
    from {{ ref('stg_crm__accounts') }}
)

select
    customers.customer_id,
    customers.created_at,
    customers.account_id,
    accounts.plan,
    customers.country,
    customers.customer_type
from customers
left join accounts on customers.account_id = accounts.account_id
