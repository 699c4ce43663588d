with event_days as (
    select customer_id, event_type, event_date, event_count
    from {{ ref('int_customer_event_days') }}
),

event_types as (
    select event_type, channel, is_active
    from {{ ref('stg_settings__event_types') }}
),

active_channel_days as (
    select distinct event_days.customer_id, event_days.event_date, event_types.channel
    from event_days
    inner join event_types on event_days.event_type = event_types.event_type
    where event_days.event_count > 0 and event_types.is_active
)

select customer_id, event_date, channel
from active_channel_days
union all
select distinct customer_id, event_date, 'all' as channel
from active_channel_days
