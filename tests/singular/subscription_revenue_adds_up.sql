select *
from {{ ref('subscription_metrics') }}
where
    starting_mrr + new_mrr + expansion_mrr - contraction_mrr - churned_mrr <> ending_mrr
    or net_retained_mrr + new_mrr <> ending_mrr
    or gross_retained_mrr + expansion_mrr <> net_retained_mrr
    or starting_subscribers + new_subscribers - churned_subscribers <> ending_subscribers
    or reactivated_mrr > new_mrr
    or reactivated_subscribers > new_subscribers
    or churned_subscribers > starting_subscribers
    or upsold_subscribers > starting_subscribers - churned_subscribers
    or gross_revenue_retention > 1
