{{ config(materialized='ephemeral') }}
-- A member is who has joined, or has an entry in the ledger: who joined before the data starts is one too.
with reads as (
    select mart, max(as_of_date) as reads_to
    from {{ ref('int_metric_windows') }}
    where mart = 'loyalty_metrics'
    group by mart
),

event_types as (
    select event_type, counts_as
    from {{ ref('stg_settings__event_types') }}
    where counts_as in ('loyalty_enrolled', 'points_issued', 'points_redeemed', 'points_expired')
),

customers as (
    select customer_id, plan, country
    from {{ ref('int_customers') }}
),

event_days as (
    select customer_id, event_type, event_date, event_count, quantity
    from {{ ref('int_customer_event_days') }}
),

entries as (
    select
        event_days.customer_id,
        event_days.event_date,
        {%- for role in ['points_issued', 'points_redeemed', 'points_expired'] %}
        sum(case when event_types.counts_as = '{{ role }}' then coalesce(event_days.quantity, 0) else 0 end) as {{ role }},
        {%- endfor %}
        row_number() over (partition by event_days.customer_id order by event_days.event_date) as entry_rank
    from event_days
    inner join reads on event_days.event_date <= reads.reads_to
    inner join event_types on event_days.event_type = event_types.event_type
    where event_days.event_count > 0
    group by event_days.customer_id, event_days.event_date
)

select
    entries.event_date as changed_on,
    customers.plan,
    sum(case when entries.entry_rank = 1 then 1 else 0 end) as members,
    cast(sum(entries.points_issued) as {{ type_wide_decimal(38, 4) }}) as points_issued,
    cast(sum(entries.points_redeemed) as {{ type_wide_decimal(38, 4) }}) as points_redeemed,
    cast(sum(entries.points_expired) as {{ type_wide_decimal(38, 4) }}) as points_expired,
    customers.country
from entries
inner join customers on entries.customer_id = customers.customer_id
group by entries.event_date, customers.plan, customers.country
