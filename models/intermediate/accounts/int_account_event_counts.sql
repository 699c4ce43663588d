{{ config(materialized='ephemeral') }}
-- Events that are worth nothing move no score, so they don't count towards a trend either.
with event_days as (
    {{ weighted_event_days('int_account_dates_to_build') }}
),

weights as (
    select weight_number
    from {{ ref('int_score_weights') }}
    where weight <> 0
),

window_days as (
    {{ window_shares('int_account_dates_to_build') }}
),

customer_score_models as (
    select customer_id, assignment_number, valid_from, valid_to
    from {{ ref('int_customer_score_models') }}
),

customers as (
    select customer_id, account_id
    from {{ ref('int_customers') }}
    where account_id is not null
)

select
    window_days.as_of_date,
    customers.account_id,
    cast(sum(window_days.is_current * event_days.event_count) as bigint) as events,
    cast(sum(window_days.is_previous * event_days.event_count) as bigint) as previous_events
from event_days
inner join weights on event_days.weight_number = weights.weight_number
inner join window_days
    on
        event_days.event_date = window_days.event_date
        and event_days.settings_number = window_days.settings_number
inner join customer_score_models
    on
        event_days.assignment_number = customer_score_models.assignment_number
        and {{ in_force('customer_score_models', 'window_days.as_of_date') }}
inner join customers on customer_score_models.customer_id = customers.customer_id
group by window_days.as_of_date, customers.account_id
