{{ config(materialized='ephemeral') }}
-- A subscriber's main plan is that of the dearest subscription. Who came and went within a window is at
-- neither end of it.
with edges as (
    select * from {{ ref('int_subscription_windows') }}
),

ranked as (
    select
        *,
        {%- for edge in ['start', 'end'] %}
        row_number() over (
            partition by as_of_date, window_days, subscriber_type, subscriber_id
            order by case when is_at_{{ edge }} then 0 else 1 end, mrr desc nulls last, subscription_id
        ) as rank_at_{{ edge }},
        {%- endfor %}
        mrr is null as is_unconverted
    from edges
),

subscribers as (
    select
        as_of_date,
        window_days,
        subscriber_type,
        subscriber_id,
        {%- for edge in ['start', 'end'] %}
        count(case when is_at_{{ edge }} then 1 end) as subscriptions_at_{{ edge }},
        coalesce(sum(case when is_at_{{ edge }} then mrr end), 0) as mrr_at_{{ edge }},
        max(case when is_at_{{ edge }} and rank_at_{{ edge }} = 1 then plan end) as plan_at_{{ edge }},
        {%- endfor %}
        was_subscribed,
        max(case when is_unconverted then 1 else 0 end) as unconverted_subscribers,
        is_complete_window,
        inputs_version
    from ranked
    group by as_of_date, window_days, subscriber_type, subscriber_id, was_subscribed, is_complete_window, inputs_version
),

countries as (
    select * from {{ ref('int_subscriber_countries') }}
)

select
    subscribers.as_of_date,
    subscribers.window_days,
    subscribers.subscriber_type,
    subscribers.subscriber_id,
    subscribers.plan_at_start as plan,
    countries.country,
    subscriptions_at_start > 0 as is_at_start,
    subscriptions_at_end > 0 as is_at_end,
    subscribers.was_subscribed,
    subscribers.mrr_at_start,
    subscribers.mrr_at_end,
    subscriptions_at_start > 0
    and mrr_at_end > mrr_at_start
    and (
        subscriptions_at_end > subscriptions_at_start
        or coalesce(plan_at_end, '') <> coalesce(plan_at_start, '')
    ) as is_upsold,
    subscribers.unconverted_subscribers,
    subscribers.is_complete_window,
    subscribers.inputs_version
from subscribers
left join countries
    on
        subscribers.subscriber_type = countries.subscriber_type
        and subscribers.subscriber_id = countries.subscriber_id
        and {{ in_force('countries', 'subscribers.as_of_date') }}
