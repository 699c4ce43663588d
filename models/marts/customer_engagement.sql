{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'latest')) }}

with scores as (
    select * from {{ ref('customer_scores') }}
),

latest as (
    {{ partitions_to_build('as_of_date', 'int_as_of_date_versions', 'latest') }}
),

customers as (
    select customer_id, account_id, plan, country, customer_type
    from {{ ref('int_customers') }}
),

normalized_scores as (
    select as_of_date, customer_id, benchmark, engagement_index, engagement_score, percentile_score
    from {{ ref('customer_normalized_scores') }}
),

segments as (
    select as_of_date, customer_id, band, band_rank, is_good, previous_band, lifecycle_status
    from {{ ref('customer_segments') }}
),

contributions as (
    select as_of_date, customer_id, event_type, points, contribution_rank
    from {{ ref('customer_score_contributions') }}
    where points > 0 and contribution_rank <= 3
),

drivers as (
    select
        {%- for rank in [1, 2, 3] %}
        max(case when contribution_rank = {{ rank }} then event_type end) as top_driver_{{ rank }},
        max(case when contribution_rank = {{ rank }} then points end) as top_driver_{{ rank }}_points,
        {%- endfor %}
        as_of_date,
        customer_id
    from contributions
    group by as_of_date, customer_id
)

select
    scores.as_of_date,
    scores.customer_id,
    customers.account_id,
    customers.plan,
    customers.country,
    customers.customer_type,
    scores.is_known,
    scores.first_seen_on,
    scores.tenure_days,
    scores.score_model,
    scores.score_status,
    scores.window_days,
    scores.raw_score,
    scores.previous_raw_score,
    normalized_scores.benchmark,
    normalized_scores.engagement_index,
    normalized_scores.engagement_score,
    normalized_scores.percentile_score,
    segments.band,
    segments.band_rank,
    segments.is_good,
    segments.previous_band,
    segments.lifecycle_status,
    scores.interactions,
    scores.active_days,
    scores.lifetime_interactions,
    scores.last_interaction_at,
    {{ dbt.datediff(reporting_date('scores.last_interaction_at'), 'scores.as_of_date', 'day') }} as days_since_last_interaction,
    {%- for rank in [1, 2, 3] %}
    drivers.top_driver_{{ rank }},
    drivers.top_driver_{{ rank }}_points,
    {%- endfor %}
    scores.config_version,
    scores.data_loaded_until,
    latest.inputs_version
from scores
inner join latest on scores.as_of_date = latest.partition_date
inner join customers on scores.customer_id = customers.customer_id
inner join normalized_scores
    on
        scores.as_of_date = normalized_scores.as_of_date
        and scores.customer_id = normalized_scores.customer_id
inner join segments
    on
        scores.as_of_date = segments.as_of_date
        and scores.customer_id = segments.customer_id
left join drivers
    on
        scores.as_of_date = drivers.as_of_date
        and scores.customer_id = drivers.customer_id
