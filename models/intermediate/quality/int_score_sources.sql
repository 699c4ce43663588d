{{ config(materialized='view') }}
-- A source counts from the first event that it gave of a type with points, as long as the type has a
-- weight: end the weights of a source that is given up, or its scores stay flagged.
with settings as (
    select as_of_date, score_model
    from {{ ref('int_score_settings') }}
),

event_weights as (
    select score_model, event_type, valid_from, valid_to
    from {{ ref('stg_settings__event_weights') }}
    where weight <> 0
),

source_event_types as (
    select source, event_type, first_event_date
    from {{ ref('int_source_event_types') }}
)

select distinct
    settings.as_of_date,
    settings.score_model,
    source_event_types.source
from settings
inner join event_weights
    on
        settings.score_model = event_weights.score_model
        and {{ in_force('event_weights', 'settings.as_of_date') }}
inner join source_event_types
    on
        event_weights.event_type = source_event_types.event_type
        and settings.as_of_date >= source_event_types.first_event_date
