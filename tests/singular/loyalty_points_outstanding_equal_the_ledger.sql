{{ config(enabled=channel_is_on('loyalty')) }}
with metrics as (
    select as_of_date, window_days, points_outstanding
    from {{ ref('loyalty_metrics') }}
    where dimension = 'all'
),

ledger as (
    select
        interactions.event_date,
        case when event_types.counts_as = 'points_issued' then interactions.quantity else -interactions.quantity end as points
    from {{ ref('int_interactions') }} as interactions
    inner join {{ ref('stg_settings__event_types') }} as event_types on interactions.event_type = event_types.event_type
    where event_types.counts_as in ('points_issued', 'points_redeemed', 'points_expired') and not interactions.is_machine
),

days as (
    select event_date, sum(points) as points
    from ledger
    group by event_date
)

select metrics.as_of_date, metrics.window_days, metrics.points_outstanding, coalesce(sum(days.points), 0) as points_of_ledger
from metrics
left join days on metrics.as_of_date >= days.event_date
group by metrics.as_of_date, metrics.window_days, metrics.points_outstanding
having metrics.points_outstanding <> coalesce(sum(days.points), 0)
