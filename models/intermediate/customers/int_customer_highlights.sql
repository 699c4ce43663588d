{{ config(materialized='ephemeral') }}
-- Lists are cut to their first three, and stand in one text where people read them.
with latest as (
    {{ partitions_to_build('as_of_date', 'int_customer_engagement_versions', model_name='customer_engagement') }}
),

drivers as (
    select
        {%- for rank in [1, 2, 3] %}
        max(case when contribution_rank = {{ rank }} then event_type end) as top_driver_{{ rank }},
        cast(max(case when contribution_rank = {{ rank }} then points end) as decimal(18, 6)) as top_driver_{{ rank }}_points,
        {%- endfor %}
        customer_id
    from {{ ref('customer_score_contributions') }}
    where points > 0 and contribution_rank <= 3 and as_of_date in (select latest.partition_date from latest)
    group by customer_id
),

changes as (
    select
        customer_id,
        {%- for days in [7, 30] %}
        sum(case when comparison = '{{ days }} days before' then index_change end) as index_change_{{ days }}_days,
        {%- endfor %}
        {{ first_three("case when comparison = '30 days before' then reason_rank end", 'reason', '; ') }} as change_reasons
    from {{ ref('customer_score_changes') }}
    where as_of_date in (select latest.partition_date from latest)
    group by customer_id
),

next_steps as (
    select
        customer_id,
        max(next_band) as next_band,
        {{ first_three('step_rank', 'step_description', ', or ') }} as next_steps
    from {{ ref('customer_next_steps') }}
    where as_of_date in (select latest.partition_date from latest)
    group by customer_id
),

actions as (
    select
        customer_id,
        action_id as next_action_id,
        action as next_action,
        reason as next_action_reason,
        -- The ranks of a queue are unique, so this is the row number, which one optimizer fails to plan over a single row.
        rank() over (partition by customer_id order by queue_rank) as action_rank
    from {{ ref('playbook_queue') }}
    where is_due and as_of_date in (select latest.partition_date from latest)
)

select
    customers.customer_id,
    {%- for rank in [1, 2, 3] %}
    drivers.top_driver_{{ rank }},
    drivers.top_driver_{{ rank }}_points,
    {%- endfor %}
    cast(changes.index_change_7_days as decimal(18, 6)) as index_change_7_days,
    cast(changes.index_change_30_days as decimal(18, 6)) as index_change_30_days,
    changes.change_reasons,
    next_steps.next_band,
    next_steps.next_steps,
    actions.next_action_id,
    actions.next_action,
    actions.next_action_reason
from {{ ref('int_customers') }} as customers
left join drivers on customers.customer_id = drivers.customer_id
left join changes on customers.customer_id = changes.customer_id
left join next_steps on customers.customer_id = next_steps.customer_id
left join actions on customers.customer_id = actions.customer_id and actions.action_rank = 1
where exists (select 1 from latest)
