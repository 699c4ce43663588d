{{ config(enabled=channel_is_on('product')) }}
-- Users of each feature are pairs of customer and feature; (any) is all features together.
with features as (
    select
        as_of_date,
        window_days,
        sum(case when feature <> '(any)' then feature_users end) as customer_features,
        sum(case when feature <> '(any)' then uses end) as feature_uses,
        sum(case when feature = '(any)' then feature_users end) as feature_customers,
        sum(case when feature = '(any)' then uses end) as uses_of_any
    from {{ ref('feature_adoption') }}
    group by as_of_date, window_days
),

metrics as (
    select as_of_date, window_days, customer_features, feature_customers, feature_uses
    from {{ ref('product_metrics') }}
    where dimension = 'all' and window_days in (7, 30)
)

select metrics.*, features.customer_features as users_of_features, features.feature_uses as uses_of_features, features.uses_of_any
from metrics
left join features on metrics.as_of_date = features.as_of_date and metrics.window_days = features.window_days
where
    metrics.customer_features <> coalesce(features.customer_features, 0)
    or metrics.feature_uses <> coalesce(features.feature_uses, 0)
    or metrics.feature_uses <> coalesce(features.uses_of_any, -1)
    or metrics.feature_customers <> coalesce(features.feature_customers, -1)
