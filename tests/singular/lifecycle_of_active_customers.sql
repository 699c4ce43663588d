-- new + returning + resurrected = customers with an active day in the window.
with segments as (
    select as_of_date, customer_id, lifecycle_status
    from {{ ref('customer_segments') }}
),

scores as (
    select as_of_date, customer_id, active_days
    from {{ ref('customer_scores') }}
)

select scores.as_of_date, scores.customer_id, scores.active_days, segments.lifecycle_status
from scores
left join segments
    on
        scores.as_of_date = segments.as_of_date
        and scores.customer_id = segments.customer_id
where
    (scores.active_days > 0) <> coalesce(segments.lifecycle_status in ('new', 'returning', 'resurrected'), false)
