{{ config(materialized='ephemeral') }}
-- An event type without a weight in any score model moves no score: its events, often the most, aren't
-- read. A score model that has ended by the later date has no later weights, and keeps its own.
with changes as (
    select as_of_date, compared_with, comparison, inputs_version
    from {{ ref('int_score_changes_to_build') }}
),

settings as (
    select as_of_date, score_model, settings_number
    from {{ ref('int_score_settings') }}
),

weights as (
    select * from {{ ref('int_score_weights') }}
),

event_types as (
    select event_type, label
    from {{ ref('stg_settings__event_types') }}
),

weighted_types as (
    select distinct event_type
    from weights
    where weight <> 0
),

settings_pairs as (
    select
        changes.*,
        earlier.settings_number,
        coalesce(later.settings_number, earlier.settings_number) as later_settings_number
    from changes
    inner join settings as earlier on changes.compared_with = earlier.as_of_date
    left join settings as later
        on
            changes.as_of_date = later.as_of_date
            and earlier.score_model = later.score_model
)

select
    cast(row_number() over (
        order by settings_pairs.comparison, weights.score_model, weights.event_type
    ) as integer) as change_number,
    settings_pairs.as_of_date,
    settings_pairs.compared_with,
    settings_pairs.comparison,
    weights.score_model,
    weights.event_type,
    {%- for column in ['weight', 'daily_cap', 'window_cap', 'points_factor', 'points_divisor'] %}
    weights.{{ column }},
    later_weights.{{ column }} as later_{{ column }},
    {%- endfor %}
    {{ row_as_text(['daily_cap', 'window_cap'], 'weights') }} <> {{ row_as_text(['daily_cap', 'window_cap'], 'later_weights') }}
        as is_cap_changed,
    coalesce(event_types.label, weights.event_type) as label,
    settings_pairs.inputs_version
from settings_pairs
inner join weights on settings_pairs.settings_number = weights.settings_number
inner join weights as later_weights
    on
        settings_pairs.later_settings_number = later_weights.settings_number
        and weights.event_type = later_weights.event_type
inner join weighted_types on weights.event_type = weighted_types.event_type
left join event_types on weights.event_type = event_types.event_type
