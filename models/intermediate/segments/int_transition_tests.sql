{{ config(materialized=shared_step()) }}
-- Only what may have made a difference is computed again: nearly always nothing.
with transitions as (
    select * from {{ ref('int_band_transitions') }}
),

late_days as (
    select distinct as_of_date, customer_id
    from {{ ref('int_transition_late_days') }}
),

tests as (
    select
        'settings' as cause,
        as_of_date,
        customer_id,
        from_rank,
        compared_with as settings_date,
        earlier_score_model as score_model,
        earlier_settings_number as settings_number
    from transitions
    where is_reconfigured
    union all
    select
        'late_data' as cause,
        transitions.as_of_date,
        transitions.customer_id,
        transitions.from_rank,
        transitions.as_of_date as settings_date,
        transitions.score_model,
        transitions.settings_number
    from transitions
    inner join late_days on transitions.as_of_date = late_days.as_of_date and transitions.customer_id = late_days.customer_id
)

select
    *,
    {{ spread_row_number('customer_id', 'as_of_date, customer_id, cause') }} as test_number
from tests
