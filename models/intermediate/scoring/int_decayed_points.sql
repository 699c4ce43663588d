{{ config(materialized='ephemeral') }}
-- The events that running totals can't hold: decay gives each day another share on each date, and a
-- window's cap cuts off a sum.
with event_points as (
    {{ event_points('int_score_dates_to_build', 'not is_summed_by_day and weight <> 0') }}
)

select
    as_of_date,
    assignment_number,
    {%- for channel in channels() %}
    {{ from_parts("sum(case when channel = '" ~ channel ~ "' then points else 0 end)") }} as {{ channel }}_points,
    {%- endfor %}
    {{ from_parts('sum(previous_points)') }} as previous_points,
    {{ from_parts('sum(variance)') }} as variance
from event_points
group by as_of_date, assignment_number
