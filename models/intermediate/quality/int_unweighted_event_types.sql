with event_days as (
    select customer_id, event_type, event_date, event_count, machine_count
    from {{ ref('int_customer_event_days') }}
),

latest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_latest
),

customer_score_models as (
    select customer_id, valid_from, valid_to, score_model
    from {{ ref('int_customer_score_models') }}
),

event_weights as (
    select score_model, event_type, valid_from, valid_to
    from {{ ref('stg_settings__event_weights') }}
),

event_types as (
    select event_type
    from {{ ref('stg_settings__event_types') }}
),

counted as (
    select
        customer_score_models.score_model,
        event_days.event_type,
        latest.as_of_date,
        sum(event_days.event_count + event_days.machine_count) as interactions
    from event_days
    inner join latest on event_days.event_date <= latest.as_of_date
    inner join customer_score_models
        on
            event_days.customer_id = customer_score_models.customer_id
            and {{ in_force('customer_score_models', 'latest.as_of_date') }}
    group by customer_score_models.score_model, event_days.event_type, latest.as_of_date
)

select
    counted.score_model,
    counted.event_type,
    event_types.event_type is not null as is_in_catalogue,
    cast(counted.interactions as bigint) as interactions
from counted
left join event_weights
    on
        counted.score_model = event_weights.score_model
        and counted.event_type = event_weights.event_type
        and {{ in_force('event_weights', 'counted.as_of_date') }}
left join event_types on counted.event_type = event_types.event_type
where event_weights.event_type is null
