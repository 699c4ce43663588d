with active_days as (
    select customer_id, event_date
    from {{ ref('int_customer_active_days') }}
    where channel = 'all'
),

customer_score_models as (
    select customer_id, valid_from, valid_to, score_model
    from {{ ref('int_customer_score_models') }}
),

window_days as (
    select as_of_date, score_model, event_date, is_previous
    from {{ ref('int_score_window_days') }}
)

select
    window_days.as_of_date,
    active_days.customer_id,
    cast(count(case when not window_days.is_previous then 1 end) as integer) as active_days,
    cast(count(case when window_days.is_previous then 1 end) as integer) as previous_active_days
from active_days
inner join customer_score_models on active_days.customer_id = customer_score_models.customer_id
inner join window_days
    on
        active_days.event_date = window_days.event_date
        and customer_score_models.score_model = window_days.score_model
        and {{ in_force('customer_score_models', 'window_days.as_of_date') }}
group by window_days.as_of_date, active_days.customer_id
