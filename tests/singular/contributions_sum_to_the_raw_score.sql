with scores as (
    select as_of_date, customer_id, raw_score
    from {{ ref('customer_scores') }}
),

explained_dates as (
    select distinct as_of_date
    from {{ ref('customer_score_contributions') }}
),

contributions as (
    select as_of_date, customer_id, sum(points) as points
    from {{ ref('customer_score_contributions') }}
    group by as_of_date, customer_id
)

select scores.as_of_date, scores.customer_id, scores.raw_score, contributions.points
from scores
inner join explained_dates on scores.as_of_date = explained_dates.as_of_date
left join contributions
    on
        scores.as_of_date = contributions.as_of_date
        and scores.customer_id = contributions.customer_id
where scores.raw_score <> coalesce(contributions.points, 0)
