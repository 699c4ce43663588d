with score_models as (
    select * from {{ ref('stg_settings__score_models') }}
),

checked as (
    select
        *,
        coalesce(score_model, '(no score model)') as row_key,
        {{ previous_validity('score_model') }} as previous_valid_to
    from score_models
),

shared_priorities as (
    select first_row.score_model || ' and ' || second_row.score_model as row_key
    from score_models as first_row
    inner join score_models as second_row
        on
            first_row.priority = second_row.priority
            and first_row.score_model < second_row.score_model
            and first_row.valid_from <= second_row.valid_to
            and first_row.valid_to >= second_row.valid_from
),

edges as (
    {{ validity_edges('score_models') }}
),

defaults as (
    select
        '(all rows)' as row_key,
        edges.valid_on,
        count(score_models.score_model) as default_count
    from edges
    left join score_models
        on
            {{ in_force('score_models', 'edges.valid_on') }}
            and score_models.attribute_name is null
    group by edges.valid_on
),

model_names as (
    select distinct score_model from score_models
),

calibrations as (
    select
        calibrations.*,
        model_names.score_model is not null as score_model_exists
    from {{ ref('stg_settings__score_calibrations') }} as calibrations
    left join model_names on calibrations.score_model = model_names.score_model
),

checked_calibrations as (
    select
        *,
        coalesce(score_model, '(no score model)') as row_key,
        {{ previous_validity('score_model') }} as previous_valid_to
    from calibrations
),

problems as (
    {{ settings_problems('checked', 'score_models.csv', [
        ("coalesce(score_model, '') = ''", "the score model is empty: write its name."),
        ("priority is null", "the priority is empty: write a whole number; the lowest match wins."),
        ("attribute_name is not null and attribute_name not in ('plan', 'country', 'customer_type')", "the attribute isn't known: write plan, country or customer_type, or leave it empty for the default model."),
        ("attribute_name is not null and attribute_value is null", "the attribute has no value: write the value that chooses this model."),
        ("window_days is null or window_days < 1", "the window is below 1 day: write a whole number of at least 1."),
        ("decay is null or decay not in ('none', 'linear', 'exponential')", "the decay isn't known: write none, linear or exponential."),
        ("decay = 'exponential' and coalesce(half_life_days, 0) < 1", "exponential decay needs half_life_days: write a whole number of at least 1."),
        ("decay <> 'exponential' and half_life_days is not null", "half_life_days without exponential decay means nothing: set the decay, or empty half_life_days."),
        ("decay = 'linear' and coalesce(decay_days, 0) < 1", "linear decay needs decay_days: write a whole number of at least 1."),
        ("decay <> 'linear' and decay_days is not null", "decay_days without linear decay means nothing: set the decay, or empty decay_days."),
        ("minimum_events is null or minimum_events < 0", "minimum_events is negative or empty: write 0 or more."),
        ("minimum_tenure_days is null or minimum_tenure_days < 0", "minimum_tenure_days is negative or empty: write 0 or more."),
        ("benchmark_type is null or benchmark_type not in ('fixed', 'percentile')", "the benchmark type isn't known: write fixed or percentile."),
        ("benchmark_type = 'fixed' and coalesce(benchmark_value, 0) <= 0", "a fixed benchmark must be above 0: write the raw score that is worth an index of 100."),
        ("benchmark_type = 'percentile' and (benchmark_percentile is null or benchmark_percentile <= 0 or benchmark_percentile > 1)", "the percentile must lie above 0 and up to 1: write 0.9 for the 90th."),
        ("good_from_index is null", "good_from_index is empty: write the index from which a customer counts as good."),
    ] + validity_checks()) }}
    union all
    {{ settings_problems('shared_priorities', 'score_models.csv', [
        ("true", "the score models share a priority, so which one wins is open: give each its own."),
    ]) }}
    union all
    {{ settings_problems('defaults', 'score_models.csv', [
        ("default_count = 0", "no default score model on some dates: leave attribute_name, valid_from and valid_to empty in one row, with the highest priority number."),
    ]) }}
    union all
    {{ settings_problems('checked_calibrations', 'score_calibrations.csv', [
        ("not score_model_exists", "the score model isn't in score_models.csv: add it there, or correct it here."),
        ("benchmark_value is null or benchmark_value <= 0", "the frozen benchmark must be above 0: write the raw score that is worth an index of 100."),
    ] + validity_checks()) }}
)

select distinct seed_file, row_key, problem from problems
