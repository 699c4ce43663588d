{{ config(materialized='ephemeral') }}

with event_points as (
    {{ event_points('int_outlook_dates_to_build', 'weight <> 0', 'int_outlook_window_days') }}
),

customer_score_models as (
    select customer_id, assignment_number, valid_from, valid_to
    from {{ ref('int_customer_score_models') }}
)

select
    event_points.as_of_date,
    customer_score_models.customer_id,
    event_points.event_type,
    {{ from_parts('event_points.points') }} as points_ahead
from event_points
inner join customer_score_models
    on
        event_points.assignment_number = customer_score_models.assignment_number
        and {{ in_force('customer_score_models', 'event_points.as_of_date') }}
