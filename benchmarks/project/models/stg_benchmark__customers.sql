select
    customer_id,
    created_at,
    account_id,
    plan,
    country,
    customer_type
from {{ source('benchmark', 'customers') }}
