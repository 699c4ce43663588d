{{ config(materialized='ephemeral') }}

with windows as (
    select as_of_date, window_start
    from {{ ref('int_metric_windows') }}
    where mart = 'loyalty_index'
),

event_types as (
    select event_type, channel, is_active, counts_as
    from {{ ref('stg_settings__event_types') }}
),

answers as (
    select
        windows.as_of_date,
        interactions.customer_id,
        interactions.quantity,
        row_number() over (
            partition by windows.as_of_date, interactions.customer_id
            order by interactions.occurred_at desc, interactions.event_date desc, interactions.source asc, interactions.interaction_id asc
        ) as latest_first
    from windows
    inner join {{ ref('int_interactions') }} as interactions
        on interactions.event_date between windows.window_start and windows.as_of_date
    inner join event_types on interactions.event_type = event_types.event_type
    where
        event_types.counts_as = 'survey_answered'
        and interactions.quantity between 0 and 10
        and not interactions.is_machine
),

event_days as (
    select
        windows.as_of_date,
        event_days.customer_id,
        event_days.event_count,
        event_days.quantity,
        event_types.channel,
        event_types.is_active,
        event_types.counts_as
    from windows
    inner join {{ ref('int_customer_event_days') }} as event_days
        on event_days.event_date between windows.window_start and windows.as_of_date
    inner join event_types on event_days.event_type = event_types.event_type
),

channels as (
    select as_of_date, count(distinct channel) as channels_in_use
    from event_days
    where is_active and event_count > 0
    group by as_of_date
),

customers as (
    select
        as_of_date,
        customer_id,
        count(distinct case when is_active and event_count > 0 then channel end) as channels_used,
        sum(case when counts_as = 'points_issued' then coalesce(quantity, 0) else 0 end) as points_issued,
        sum(case when counts_as = 'points_redeemed' then coalesce(quantity, 0) else 0 end) as points_redeemed
    from event_days
    group by as_of_date, customer_id
)

select as_of_date, customer_id, 'recommend' as component, cast(10 * quantity as decimal(18, 6)) as component_score
from answers
where latest_first = 1
{% if channel_is_on('commerce') -%}
union all
select
    windows.as_of_date,
    orders.customer_id,
    'repurchase' as component,
    cast(case when count(*) > 1 and max(orders.ordered_on) >= windows.window_start then 100 else 0 end as decimal(18, 6)) as component_score
from windows
inner join {{ ref('int_orders') }} as orders on windows.as_of_date = orders.as_of_date
where not orders.is_fully_refunded
group by windows.as_of_date, orders.customer_id, windows.window_start
{% endif -%}
union all
select
    customers.as_of_date,
    customers.customer_id,
    'cross_buy' as component,
    {{ ratio('100 * customers.channels_used', 'channels.channels_in_use', 'decimal(18, 6)') }} as component_score
from customers
inner join channels on customers.as_of_date = channels.as_of_date
where customers.channels_used > 0 and channels.channels_in_use > 1
union all
select
    as_of_date,
    customer_id,
    'redemption' as component,
    {{ ratio('100 * least(points_redeemed, points_issued)', 'points_issued', 'decimal(18, 6)') }} as component_score
from customers
where points_issued > 0
