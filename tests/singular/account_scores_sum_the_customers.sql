-- The customers of all accounts are the customers with an account, and what they scored is what the
-- accounts did.
with scores as (
    select scores.*, customers.account_id
    from {{ ref('customer_scores') }} as scores
    inner join {{ ref('int_customers') }} as customers on scores.customer_id = customers.customer_id
    where customers.account_id is not null
),

normalized_scores as (
    select as_of_date, customer_id, engagement_index
    from {{ ref('customer_normalized_scores') }}
),

expected as (
    select
        scores.as_of_date,
        scores.account_id,
        count(*) as customers,
        sum(scores.raw_score) as raw_score,
        sum(scores.previous_raw_score) as previous_raw_score,
        sum(scores.score_variance) as score_variance,
        sum(normalized_scores.engagement_index) as engagement_index_sum
    from scores
    inner join normalized_scores
        on
            scores.as_of_date = normalized_scores.as_of_date
            and scores.customer_id = normalized_scores.customer_id
    where scores.as_of_date = (select max(as_of_dates.as_of_date) from {{ ref('customer_scores') }} as as_of_dates)
    group by scores.as_of_date, scores.account_id
),

found as (
    select * from {{ ref('account_scores') }}
)

select
    coalesce(expected.account_id, found.account_id) as account_id,
    expected.customers as expected_customers,
    found.customers as found_customers,
    expected.raw_score as expected_raw_score,
    found.raw_score as found_raw_score
from expected
full outer join found
    on
        expected.as_of_date = found.as_of_date
        and expected.account_id = found.account_id
where
    expected.account_id is null
    or found.account_id is null
    or expected.customers <> found.customers
    or expected.raw_score <> found.raw_score
    or expected.previous_raw_score <> found.previous_raw_score
    or expected.score_variance <> found.score_variance
    or coalesce(expected.engagement_index_sum, 0) <> coalesce(found.engagement_index_sum, 0)
