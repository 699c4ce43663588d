-- Everybody who is scored and has a fit stands in one quadrant, beside the engagement of the segments.
with fit as (
    select
        as_of_date,
        count(fit_quadrant) as placed_customers,
        count(case when is_good and is_good_fit then 1 end) as champions
    from {{ ref('customer_fit') }}
    group by as_of_date
),

segments as (
    select
        segments.as_of_date,
        count(case when segments.is_good is not null and customer_fit.fit_score is not null then 1 end) as scored_customers
    from {{ ref('customer_segments') }} as segments
    left join {{ ref('customer_fit') }} as customer_fit
        on
            segments.as_of_date = customer_fit.as_of_date
            and segments.customer_id = customer_fit.customer_id
    group by segments.as_of_date
),

matrix as (
    select
        as_of_date,
        sum(customers) as customers,
        sum(case when fit_quadrant = 'champion' then customers end) as champions
    from {{ ref('fit_engagement_matrix') }}
    group by as_of_date
)

select fit.as_of_date, fit.placed_customers, fit.champions, segments.scored_customers, matrix.customers
from fit
inner join segments on fit.as_of_date = segments.as_of_date
left join matrix on fit.as_of_date = matrix.as_of_date
where
    fit.placed_customers <> segments.scored_customers
    or coalesce(matrix.customers, -1) <> fit.placed_customers
    or matrix.champions <> fit.champions
