select
    interaction_id,
    customer_id,
    event_type,
    occurred_at,
    loaded_at,
    anonymous_id,
    session_id,
    account_id,
    quantity,
    amount,
    currency,
    is_bot,
    content_id,
    campaign_id
from {{ source('benchmark', 'events') }}
