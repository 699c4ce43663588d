with latest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_latest
),

settings as (
    select settings_number, as_of_date
    from {{ ref('int_score_settings') }}
),

unweighted as (
    select settings_number, score_model, event_type, is_in_catalogue
    from {{ ref('int_score_weights') }}
    where not is_weighted
),

event_days as (
    select customer_id, event_type, event_date, event_count, machine_count
    from {{ ref('int_customer_event_days') }}
),

customer_score_models as (
    select customer_id, valid_from, valid_to, score_model
    from {{ ref('int_customer_score_models') }}
)

select
    unweighted.score_model,
    unweighted.event_type,
    unweighted.is_in_catalogue,
    cast(sum(event_days.event_count + event_days.machine_count) as bigint) as interactions
from unweighted
inner join settings on unweighted.settings_number = settings.settings_number
inner join latest on settings.as_of_date = latest.as_of_date
inner join event_days
    on
        unweighted.event_type = event_days.event_type
        and latest.as_of_date >= event_days.event_date
inner join customer_score_models
    on
        event_days.customer_id = customer_score_models.customer_id
        and unweighted.score_model = customer_score_models.score_model
        and {{ in_force('customer_score_models', 'latest.as_of_date') }}
group by unweighted.score_model, unweighted.event_type, unweighted.is_in_catalogue
