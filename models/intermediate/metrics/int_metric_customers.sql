{{ config(materialized='ephemeral') }}
-- All customers of a date (ever active), as engagement_ratios counts them, here by country too.
with dates_to_build as (
    select mart, as_of_date
    from {{ ref('int_metric_dates_to_build') }}
),

first_interactions as (
    select first_interaction_on, plan, country, count(*) as customers
    from {{ ref('int_customers') }}
    where first_interaction_on is not null
    group by first_interaction_on, plan, country
),

joined_on as (
    {{ by_dimension('first_interactions', ['first_interaction_on'], ['customers'], ['plan', 'country']) }}
)

select
    dates_to_build.mart,
    dates_to_build.as_of_date,
    joined_on.dimension,
    joined_on.dimension_value,
    cast(sum(joined_on.customers) as bigint) as total_customers
from dates_to_build
inner join joined_on on dates_to_build.as_of_date >= joined_on.first_interaction_on
group by dates_to_build.mart, dates_to_build.as_of_date, joined_on.dimension, joined_on.dimension_value
