select
    customer_id,
    as_of_date,
    account_id,
    cast(engagement_index as decimal(9, 1)) as engagement_index,
    stable_band,
    stable_band_since,
    trend,
    cast(index_change_30_days as decimal(9, 1)) as index_change_30_days,
    at_risk,
    risk_reasons,
    lifecycle_status,
    days_since_last_interaction,
    next_action,
    cast(fit_score as decimal(9, 1)) as fit_score
from {{ ref('customer_engagement') }}
