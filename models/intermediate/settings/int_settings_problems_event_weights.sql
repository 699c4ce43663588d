with event_weights as (
    select score_model, event_type, weight, daily_cap, window_cap, valid_from, valid_to
    from {{ ref('stg_settings__event_weights') }}
),

event_types as (
    select distinct event_type
    from {{ ref('stg_settings__event_types') }}
),

score_models as (
    select distinct score_model
    from {{ ref('stg_settings__score_models') }}
),

checked as (
    select
        event_weights.*,
        coalesce(event_weights.score_model, '(no score model)')
        || ' / ' || coalesce(event_weights.event_type, '(no event type)') as row_key,
        event_types.event_type is not null as event_type_exists,
        score_models.score_model is not null as score_model_exists,
        {{ previous_validity('event_weights.score_model, event_weights.event_type') }} as previous_valid_to
    from event_weights
    left join event_types on event_weights.event_type = event_types.event_type
    left join score_models on event_weights.score_model = score_models.score_model
),

problems as (
    {{ settings_problems('checked', 'event_weights.csv', [
        ("not event_type_exists", "the event type isn't in event_types.csv: add it there, or correct it here."),
        ("not score_model_exists", "the score model isn't in score_models.csv: add it there, or correct it here."),
        ("weight is null", "the weight is empty: write a number, 0 for no points."),
        ("daily_cap <= 0", "the daily cap is below 1: write a positive number, or leave it empty for none."),
        ("window_cap <= 0", "the window cap is below 1: write a positive number, or leave it empty for none."),
    ] + validity_checks()) }}
)

select seed_file, row_key, problem from problems
