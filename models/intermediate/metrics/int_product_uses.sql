{{ config(materialized='ephemeral') }}
-- A feature is what the event is about or, where the event doesn't say, the event's type.
with reads as (
    select mart, min(window_start) as reads_from, max(as_of_date) as reads_to
    from {{ ref('int_metric_windows') }}
    where mart in ('product_metrics', 'feature_adoption')
    group by mart
),

event_types as (
    select event_type, coalesce(counts_as = 'feature_used', false) as is_feature, channel = 'product' and is_active as is_product_activity
    from {{ ref('stg_settings__event_types') }}
),

event_days as (
    select
        reads.mart,
        customer_days.customer_id,
        customer_days.event_date,
        customer_days.event_count,
        event_types.is_feature,
        event_types.is_product_activity
    from {{ ref('int_customer_event_days') }} as customer_days
    inner join reads on customer_days.event_date between reads.reads_from and reads.reads_to
    inner join event_types on customer_days.event_type = event_types.event_type
    where customer_days.event_count > 0
),

feature_uses as (
    select
        reads.mart,
        interactions.customer_id,
        interactions.event_date,
        coalesce(interactions.content_id, interactions.event_type) as feature
    from {{ ref('int_interactions') }} as interactions
    inner join reads on interactions.event_date between reads.reads_from and reads.reads_to
    inner join event_types on interactions.event_type = event_types.event_type
    where event_types.is_feature and not interactions.is_machine
)

select distinct mart, customer_id, event_date, 'product' as activity, '(any)' as feature, 1 as uses
from event_days
where is_product_activity
union all
select mart, customer_id, event_date, 'any feature' as activity, '(any)' as feature, sum(event_count) as uses
from event_days
where is_feature
group by mart, customer_id, event_date
union all
select mart, customer_id, event_date, 'feature' as activity, feature, count(*) as uses
from feature_uses
group by mart, customer_id, event_date, feature
