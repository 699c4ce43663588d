{{ config(materialized='ephemeral') }}

with dates_to_build as (
    select as_of_date
    from {{ ref('int_account_dates_to_build') }}
),

customers as (
    select customer_id, account_id
    from {{ ref('int_customers') }}
    where account_id is not null
),

scores as (
    select * from {{ ref('int_customer_scores') }}
),

settings as (
    select as_of_date, score_model, good_from_index
    from {{ ref('int_score_settings') }}
),

levels as (
    select as_of_date, score_model, raw_score, engagement_index
    from {{ ref('int_score_levels') }}
)

select
    scores.as_of_date,
    customers.account_id,
    scores.customer_id,
    scores.score_model,
    scores.score_status,
    scores.raw_score,
    scores.previous_raw_score,
    scores.score_variance,
    scores.active_days,
    {%- for channel in channels() %}
    scores.{{ channel }}_raw_score,
    {%- endfor %}
    levels.engagement_index,
    settings.good_from_index
from scores
inner join dates_to_build on scores.as_of_date = dates_to_build.as_of_date
inner join customers on scores.customer_id = customers.customer_id
inner join settings
    on
        scores.as_of_date = settings.as_of_date
        and scores.score_model = settings.score_model
left join levels
    on
        scores.as_of_date = levels.as_of_date
        and scores.score_model = levels.score_model
        and case when scores.score_status = 'scored' then scores.raw_score end = levels.raw_score
