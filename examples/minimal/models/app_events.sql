select
    event_id as interaction_id,
    user_id as customer_id,
    lower(event_name) as event_type,
    cast(occurred_at as timestamp) as occurred_at,
    cast(loaded_at as timestamp) as loaded_at
from {{ ref('app_log') }}
