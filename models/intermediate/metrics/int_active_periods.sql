{{ config(materialized=shared_step()) }}

with active_dates as (
    select customer_number, event_date
    from {{ ref('int_active_dates') }}
),

periods as (
    select period_grain, period_start, periods_back
    from {{ ref('int_periods') }}
),

active_periods as (
    {% for grain in ['week', 'month'] -%}
    select distinct
        '{{ grain }}' as period_grain,
        customer_number,
        cast({{ dbt.date_trunc(grain, 'event_date') }} as date) as period_start
    from active_dates
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select active_periods.period_grain, active_periods.customer_number, periods.periods_back
from active_periods
inner join periods
    on active_periods.period_grain = periods.period_grain and active_periods.period_start = periods.period_start
