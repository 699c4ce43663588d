with event_points as (
    {{ event_points(which_dates='is_explained') }}
),

explained_dates as (
    select as_of_date, comparison
    from {{ ref('int_as_of_dates') }}
    where comparison is not null
),

customers as (
    select customer_id
    from {{ ref('int_customers') }}
),

-- Activity of the previous window alone explains nothing of this score.
contributions as (
    select event_points.*, explained_dates.comparison
    from event_points
    inner join explained_dates on event_points.as_of_date = explained_dates.as_of_date
    inner join customers on event_points.customer_id = customers.customer_id
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
    cast(cap_adjustment as decimal(18, 6)) as cap_adjustment,
    {{ ratio('points', 'sum(points) over (partition by as_of_date, customer_id)') }} as share_of_score,
    cast(row_number() over (
        partition by as_of_date, customer_id order by points desc, event_type asc
    ) as integer) as contribution_rank
from contributions
