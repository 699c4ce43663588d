{{ config(materialized='ephemeral') }}
-- Points in whole millionths. Events whose points depend on the window's other days are only counted.
with event_days as (
    {{ weighted_event_days('int_score_dates_to_build') }}
),

weights as (
    select
        *,
        case when is_summed_by_day then points_factor * 100000000 / points_divisor else 0 end as points_of_event,
        case when is_summed_by_day then variance_factor * 100000000 / variance_divisor else 0 end as variance_of_event
    from {{ ref('int_score_weights') }}
)

select
    event_days.assignment_number,
    event_days.settings_number,
    event_days.event_date,
    cast(sum(event_days.event_count) as {{ type_double() }}) as interactions,
    cast(max(case when weights.is_active then 1 else 0 end) as {{ type_double() }}) as active_days,
    {%- for channel in channels() %}
    sum(case
        when weights.channel = '{{ channel }}' then event_days.capped_count * weights.points_of_event else 0
    end) as {{ channel }}_points,
    {%- endfor %}
    sum(event_days.capped_count * weights.points_of_event) as points,
    sum(event_days.capped_count * weights.variance_of_event) as variance
from event_days
inner join weights on event_days.weight_number = weights.weight_number
group by event_days.assignment_number, event_days.settings_number, event_days.event_date
