{{ config(materialized=shared_step()) }}
with tests as (
    select * from {{ ref('int_transition_tests') }}
),

event_days as (
    select customer_id, event_type, event_date, event_count, machine_count
    from {{ ref('int_customer_event_days') }}
),

late_days as (
    select as_of_date, customer_id, event_type, event_date, event_count, row_count
    from {{ ref('int_transition_late_days') }}
)

select
    tests.test_number,
    tests.settings_date,
    tests.score_model,
    tests.settings_number,
    event_days.event_type,
    event_days.event_date,
    event_days.event_count - coalesce(late_days.event_count, 0) as event_count,
    event_days.event_count + event_days.machine_count - coalesce(late_days.row_count, 0) as row_count,
    {{ days_between('event_days.event_date', 'tests.as_of_date') }} as age_days
from tests
inner join event_days
    on
        tests.customer_id = event_days.customer_id
        and tests.as_of_date >= event_days.event_date
left join late_days
    on
        case when tests.cause = 'late_data' then tests.as_of_date end = late_days.as_of_date
        and event_days.customer_id = late_days.customer_id
        and event_days.event_type = late_days.event_type
        and event_days.event_date = late_days.event_date
