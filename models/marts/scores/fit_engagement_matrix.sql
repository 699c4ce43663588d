{{ config(materialized='view') }}
-- Every quadrant has a row, also one that holds nobody.
with customer_fit as (
    select as_of_date, fit_quadrant, fit_score, engagement_index
    from {{ ref('customer_fit') }}
),

as_of_dates as (
    select as_of_date, count(fit_quadrant) as placed_customers
    from customer_fit
    group by as_of_date
),

quadrants as (
    {% for quadrant in fit_quadrants() -%}
    select '{{ quadrant.name }}' as fit_quadrant, {{ quadrant.is_good_fit }} as is_good_fit, {{ quadrant.is_good }} as is_good
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    as_of_dates.as_of_date,
    quadrants.fit_quadrant,
    quadrants.is_good_fit,
    quadrants.is_good,
    count(customer_fit.fit_quadrant) as customers,
    {{ ratio('count(customer_fit.fit_quadrant)', 'as_of_dates.placed_customers') }} as share_of_placed_customers,
    {{ ratio('sum(customer_fit.engagement_index)', 'count(customer_fit.engagement_index)', 'decimal(18, 6)') }} as mean_engagement_index,
    {{ ratio('sum(customer_fit.fit_score)', 'count(customer_fit.fit_score)', 'decimal(9, 6)') }} as mean_fit_score
from as_of_dates
cross join quadrants
left join customer_fit
    on
        as_of_dates.as_of_date = customer_fit.as_of_date
        and quadrants.fit_quadrant = customer_fit.fit_quadrant
group by
    as_of_dates.as_of_date,
    quadrants.fit_quadrant,
    quadrants.is_good_fit,
    quadrants.is_good,
    as_of_dates.placed_customers
