{{ config(materialized='ephemeral') }}
-- Raw scores of several score models add up to no scale, so the account's own index is the mean of its
-- scored customers' indices. Shares are rounded before they are squared, so that their sum is exact.
{%- set positive_index = 'case when engagement_index > 0 then engagement_index else 0 end' %}
with customers as (
    select
        *,
        row_number() over (
            partition by as_of_date, account_id order by engagement_index desc nulls last, customer_id asc
        ) as engagement_rank,
        {{ ratio(
            positive_index,
            'sum(' ~ positive_index ~ ') over (partition by as_of_date, account_id)',
            'decimal(9, 8)'
        ) }} as engagement_share
    from {{ ref('int_account_customers') }}
)

select
    as_of_date,
    account_id,
    count(*) as customers,
    count(case when score_status = 'scored' then 1 end) as scored_customers,
    count(case when active_days > 0 then 1 end) as active_customers,
    count(distinct score_model) as score_models,
    cast(sum(raw_score) as decimal(28, 6)) as raw_score,
    cast(sum(case when score_status = 'scored' then raw_score end) as decimal(28, 6)) as scored_raw_score,
    cast(sum(previous_raw_score) as decimal(28, 6)) as previous_raw_score,
    cast(sum(score_variance) as decimal(28, 6)) as score_variance,
    cast(sum(engagement_index) as decimal(28, 6)) as engagement_index_sum,
    cast(max(engagement_index) as decimal(18, 6)) as engagement_index_max,
    {{ ratio('sum(engagement_index)', 'count(engagement_index)', 'decimal(18, 6)') }} as account_index,
    {{ ratio(
        'sum(case when engagement_index is not null then good_from_index end)', 'count(engagement_index)', 'decimal(18, 6)'
    ) }} as good_from_index,
    cast(max(engagement_share) as decimal(18, 8)) as concentration,
    cast(sum(engagement_share * engagement_share) as decimal(18, 8)) as herfindahl_index,
    max(case when engagement_rank = 1 and engagement_index > 0 then customer_id end) as top_customer_id
from customers
group by as_of_date, account_id
