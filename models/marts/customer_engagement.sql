{{ config(**partitioned_by('as_of_date', 'int_customer_engagement_versions')) }}

with latest as (
    {{ partitions_to_build('as_of_date', 'int_customer_engagement_versions') }}
),

scores as (
    select * from {{ ref('customer_scores') }}
    where as_of_date in (select latest.partition_date from latest)
),

customers as (
    select customer_id, account_id, plan, country, customer_type
    from {{ ref('int_customers') }}
),

normalized_scores as (
    select as_of_date, customer_id, benchmark, engagement_index, engagement_score, percentile_score
    from {{ ref('customer_normalized_scores') }}
    where as_of_date in (select latest.partition_date from latest)
),

segments as (
    select * from {{ ref('customer_segments') }}
    where as_of_date in (select latest.partition_date from latest)
),

outlooks as (
    select as_of_date, customer_id, index_at_stake, band_ahead, top_loss_event_type
    from {{ ref('customer_outlooks') }}
    where as_of_date in (select latest.partition_date from latest)
),

fits as (
    select as_of_date, customer_id, fit_score, fit_quadrant
    from {{ ref('customer_fit') }}
    where as_of_date in (select latest.partition_date from latest)
),

histories as (
    select * from {{ ref('int_customer_histories') }}
),

highlights as (
    select * from {{ ref('int_customer_highlights') }}
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
    scores.data_coverage,
    scores.window_days,
    scores.raw_score,
    scores.previous_raw_score,
    normalized_scores.benchmark,
    normalized_scores.engagement_index,
    normalized_scores.engagement_score,
    normalized_scores.percentile_score,
    {%- for column in ['band', 'band_rank', 'is_good', 'previous_band', 'stable_band', 'stable_band_rank'] %}
    segments.{{ column }},
    {%- endfor %}
    histories.stable_band_since,
    {%- for column in ['trend', 'change_z', 'relative_z', 'at_risk', 'risk_reasons', 'lifecycle_status'] %}
    segments.{{ column }},
    {%- endfor %}
    histories.index_slope,
    scores.interactions,
    scores.active_days,
    scores.lifetime_interactions,
    scores.last_interaction_at,
    cast(
        {{ days_between(reporting_date('scores.last_interaction_at'), 'scores.as_of_date') }} as bigint
    ) as days_since_last_interaction,
    {%- for rank in [1, 2, 3] %}
    highlights.top_driver_{{ rank }},
    highlights.top_driver_{{ rank }}_points,
    {%- endfor %}
    highlights.index_change_7_days,
    highlights.index_change_30_days,
    highlights.change_reasons,
    outlooks.index_at_stake,
    outlooks.band_ahead,
    outlooks.top_loss_event_type,
    highlights.next_band,
    highlights.next_steps,
    highlights.next_action_id,
    highlights.next_action,
    highlights.next_action_reason,
    fits.fit_score,
    fits.fit_quadrant,
    scores.config_version,
    scores.data_loaded_until,
    latest.inputs_version
from scores
inner join latest on scores.as_of_date = latest.partition_date
inner join customers on scores.customer_id = customers.customer_id
{%- for relation in ['normalized_scores', 'segments', 'outlooks', 'fits'] %}
inner join {{ relation }} on scores.as_of_date = {{ relation }}.as_of_date and scores.customer_id = {{ relation }}.customer_id
{%- endfor %}
inner join highlights on scores.customer_id = highlights.customer_id
left join histories on scores.customer_id = histories.customer_id
