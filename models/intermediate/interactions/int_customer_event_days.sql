{{ config(**partitioned_by('event_date', 'int_event_date_versions')) }}
-- Additive: every figure over a window is summed or counted from here, never from another window.
with interactions as (
    select customer_id, event_type, event_date, occurred_at, loaded_at, is_machine, quantity, amount, currency
    from {{ ref('int_interactions') }}
),

dates_to_build as (
    {{ partitions_to_build(partition_date(), 'int_event_date_versions', done_in='int_interaction_counts') }}
),

event_days as (
    select
        interactions.customer_id,
        interactions.event_type,
        interactions.event_date,
        dates_to_build.inputs_version,
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
    inner join dates_to_build on interactions.event_date = dates_to_build.partition_date
    group by interactions.customer_id, interactions.event_type, interactions.event_date, dates_to_build.inputs_version
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
    case when first_currency = last_currency then last_currency end as currency,
    inputs_version
from event_days
