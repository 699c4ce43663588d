{{ config(materialized='ephemeral') }}
-- Whoever is first seen in the warm-up may have been active before the data: `existing`, not new.
with active_periods as (
    select period_grain, customer_number, periods_back
    from {{ ref('int_active_periods') }}
),

periods as (
    select period_grain, periods_back, period_start, has_previous, is_after_warm_up
    from {{ ref('int_periods') }}
    where is_complete and is_whole
),

neighbours as (
    select
        period_grain,
        customer_number,
        periods_back,
        lag(periods_back) over (partition by period_grain, customer_number order by periods_back desc) as earlier,
        lead(periods_back) over (partition by period_grain, customer_number order by periods_back desc) as later
    from active_periods
),

states as (
    select
        period_grain,
        customer_number,
        periods_back,
        case
            when earlier is null then 'first'
            when earlier = periods_back + 1 then 'returning'
            else 'resurrected'
        end as lifecycle_state
    from neighbours
    union all
    select period_grain, customer_number, periods_back - 1 as periods_back, 'dormant' as lifecycle_state
    from neighbours
    where later is null or later < periods_back - 1
)

select
    states.period_grain,
    states.periods_back,
    periods.period_start,
    states.customer_number,
    case
        when states.lifecycle_state <> 'first' then states.lifecycle_state
        when periods.is_after_warm_up then 'new'
        else 'existing'
    end as lifecycle
from states
inner join periods on states.period_grain = periods.period_grain and states.periods_back = periods.periods_back
where states.lifecycle_state <> 'dormant' or periods.has_previous
