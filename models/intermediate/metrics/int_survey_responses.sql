{{ config(materialized=shared_step()) }}
-- The scale has the whole numbers from 0 to 10; a survey that was opened and not scored has none.
with reads as (
    select mart, min(window_start) as reads_from, max(as_of_date) as reads_to
    from {{ ref('int_metric_windows') }}
    where mart = 'survey_metrics'
    group by mart
),

event_types as (
    select event_type
    from {{ ref('stg_settings__event_types') }}
    where counts_as = 'survey_answered'
),

customers as (
    select customer_id, plan, country
    from {{ ref('int_customers') }}
),

interactions as (
    select source, interaction_id, customer_id, event_type, event_date, occurred_at, loaded_at, content_id, quantity, is_machine
    from {{ ref('int_interactions') }}
)

select
    interactions.source,
    interactions.event_date,
    interactions.interaction_id,
    interactions.customer_id,
    interactions.occurred_at,
    interactions.loaded_at,
    coalesce(interactions.content_id, '(none)') as survey,
    customers.plan,
    customers.country,
    case
        when interactions.quantity is null then 'unscored_responses'
        when interactions.quantity not between 0 and 10 or interactions.quantity <> floor(interactions.quantity) then 'invalid_responses'
        when interactions.quantity >= 9 then 'promoters'
        when interactions.quantity >= 7 then 'passives'
        else 'detractors'
    end as answer
from interactions
inner join reads on interactions.event_date between reads.reads_from and reads.reads_to
inner join event_types on interactions.event_type = event_types.event_type
inner join customers on interactions.customer_id = customers.customer_id
where not interactions.is_machine
