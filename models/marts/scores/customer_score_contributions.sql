{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'explained')) }}

with dates_to_build as (
    select as_of_date, comparison, inputs_version
    from {{ ref('int_explained_dates_to_build') }}
),

event_points as (
    {{ event_points('int_explained_dates_to_build') }}
),

customer_score_models as (
    select customer_id, assignment_number, valid_from, valid_to
    from {{ ref('int_customer_score_models') }}
),

-- Activity of the previous window alone explains nothing of this score.
contributions as (
    select
        event_points.as_of_date,
        customer_score_models.customer_id,
        event_points.event_type,
        dates_to_build.comparison,
        event_points.score_model,
        cast(event_points.event_count as integer) as event_count,
        {{ from_parts('event_points.counted_events', 100000000, 'decimal(18, 8)') }} as counted_events,
        event_points.weight,
        {{ from_parts('event_points.points') }} as points,
        {{ from_parts('(event_points.points - event_points.uncapped_points)') }} as cap_adjustment,
        dates_to_build.inputs_version
    from event_points
    inner join dates_to_build on event_points.as_of_date = dates_to_build.as_of_date
    inner join customer_score_models
        on
            event_points.assignment_number = customer_score_models.assignment_number
            and {{ in_force('customer_score_models', 'event_points.as_of_date') }}
    where event_points.event_count > 0
)

select
    as_of_date,
    customer_id,
    event_type,
    comparison,
    score_model,
    event_count,
    counted_events,
    weight,
    points,
    cap_adjustment,
    {{ ratio('points', 'sum(points) over (partition by as_of_date, customer_id)') }} as share_of_score,
    cast(row_number() over (
        partition by as_of_date, customer_id order by points desc, event_type asc
    ) as integer) as contribution_rank,
    inputs_version
from contributions
