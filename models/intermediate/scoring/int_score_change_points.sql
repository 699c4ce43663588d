{{ config(materialized='ephemeral') }}
-- Counts are whole hundred millionths of an event and points whole millionths, as in event_points.
-- Each part is a difference of two figures, so that the parts add up whatever was rounded in them.
with event_days as (
    select customer_id, event_type, event_date, cast(event_count as {{ type_double() }}) as event_count
    from {{ ref('int_customer_event_days') }}
    where event_count > 0
),

customer_score_models as (
    select customer_id, assignment_number, valid_from, valid_to, score_model
    from {{ ref('int_customer_score_models') }}
),

weights as (
    select * from {{ ref('int_score_change_weights') }}
),

days as (
    select * from {{ ref('int_score_change_days') }}
),

counted as (
    select
        customer_score_models.assignment_number,
        weights.change_number,
        max(event_days.event_date) as last_event_on,
        sum(days.in_window_before * event_days.event_count) as events_before,
        sum(days.in_window_after * event_days.event_count) as events_after,
        sum((1 - days.in_window_before) * days.in_window_after * event_days.event_count) * 100000000 as entered,
        sum(days.share_before * (1 - days.in_window_after) * event_days.event_count) as left_behind,
        sum(days.share_before * event_days.event_count) as uncapped_before,
        sum(days.share_after * event_days.event_count) as uncapped_after,
        sum(days.share_before * least(event_days.event_count, coalesce(weights.daily_cap, event_days.event_count))) as counted_before,
        sum(days.share_after * least(event_days.event_count, coalesce(weights.daily_cap, event_days.event_count))) as counted_after,
        sum(days.share_after * least(event_days.event_count, coalesce(weights.later_daily_cap, event_days.event_count)))
            as later_counted_after
    from event_days
    inner join customer_score_models on event_days.customer_id = customer_score_models.customer_id
    inner join weights
        on
            customer_score_models.score_model = weights.score_model
            and event_days.event_type = weights.event_type
            and {{ in_force('customer_score_models', 'weights.compared_with') }}
    inner join days
        on
            weights.comparison = days.comparison
            and weights.score_model = days.score_model
            and event_days.event_date = days.event_date
    group by customer_score_models.assignment_number, weights.change_number
),

after_window_cap as (
    select
        weights.*,
        customer_score_models.customer_id,
        counted.last_event_on,
        counted.events_before,
        counted.events_after,
        {%- for count in ['entered', 'left_behind', 'uncapped_before', 'uncapped_after'] %}
        counted.{{ count }},
        {%- endfor %}
        {%- for when in ['', 'later_'] %}
        {%- for count in ['counted_before', 'counted_after'] if not when or count == 'counted_after' %}
        least(
            counted.{{ when }}{{ count }},
            coalesce(weights.{{ when }}window_cap * cast(100000000 as {{ type_double() }}), counted.{{ when }}{{ count }})
        ) as {{ when }}{{ count }},
        {%- endfor %}
        {%- endfor %}
        counted.assignment_number
    from counted
    inner join weights on counted.change_number = weights.change_number
    inner join customer_score_models on counted.assignment_number = customer_score_models.assignment_number
),

valued as (
    select
        *,
        {%- for count in ['entered', 'left_behind', 'uncapped_before', 'uncapped_after', 'counted_before', 'counted_after'] %}
        {{ whole_points(count) }} as {{ count }}_points,
        {%- endfor %}
        {{ whole_points('later_counted_after', 'later_points', 'later_weight') }} as later_points
    from after_window_cap
)

select
    as_of_date,
    compared_with,
    comparison,
    customer_id,
    event_type,
    label,
    weight,
    later_weight,
    is_cap_changed,
    last_event_on,
    cast(events_before as integer) as events_before,
    cast(events_after as integer) as events_after,
    {{ from_parts('counted_before_points') }} as points_before,
    {{ from_parts('entered_points') }} as new_activity_points,
    {{ from_parts('(0 - left_behind_points)') }} as left_window_points,
    {{ from_parts('(uncapped_after_points - uncapped_before_points - entered_points + left_behind_points)') }} as decay_points,
    {{ from_parts('(counted_after_points - uncapped_after_points - counted_before_points + uncapped_before_points)') }} as caps_points,
    {{ from_parts('(later_points - counted_after_points)') }} as weights_points,
    {{ from_parts('later_points') }} as points_by_earlier_model,
    inputs_version
from valued
