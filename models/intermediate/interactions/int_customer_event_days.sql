-- Additive: every figure over a window is summed or counted from here, never from another window.
with interactions as (
    select customer_id, event_type, event_date, occurred_at, loaded_at, is_machine, quantity, amount, currency
    from {{ ref('int_interactions') }}
),

event_days as (
    select
        customer_id,
        event_type,
        event_date,
        count(case when not is_machine then 1 end) as event_count,
        count(case when is_machine then 1 end) as machine_count,
        min(case when not is_machine then occurred_at end) as first_occurred_at,
        max(case when not is_machine then occurred_at end) as last_occurred_at,
        max(loaded_at) as latest_loaded_at,
        sum(case when not is_machine then quantity end) as quantity,
        sum(case when not is_machine then amount end) as amount,
        min(case when not is_machine then currency end) as first_currency,
        max(case when not is_machine then currency end) as last_currency
    from interactions
    group by customer_id, event_type, event_date
)

select
    customer_id,
    event_type,
    event_date,
    cast(event_count as integer) as event_count,
    cast(machine_count as integer) as machine_count,
    first_occurred_at,
    last_occurred_at,
    latest_loaded_at,
    cast(quantity as decimal(28, 4)) as quantity,
    -- Amounts of two currencies can't be added.
    cast(case when first_currency = last_currency or last_currency is null then amount end as decimal(28, 4)) as amount,
    case when first_currency = last_currency then last_currency end as currency
from event_days
