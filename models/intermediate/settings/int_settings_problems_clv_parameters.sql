{%- set parameters = {'bg_nbd': ['r', 'alpha', 'a', 'b'], 'gamma_gamma': ['p', 'q', 'v']} %}
{%- set checks = [] %}
{%- for prediction_model, own in parameters.items() %}
{%- do checks.append((
    "prediction_model = '" ~ prediction_model ~ "' and ("
    ~ own | join(' is null or ') ~ " is null or least(" ~ own | join(', ') ~ ") <= 0)",
    prediction_model ~ " needs " ~ own | join(', ') ~ ", each above 0: write what the fit gave."
)) %}
{%- endfor %}
with clv_parameters as (
    select * from {{ ref('stg_settings__clv_parameters') }}
),

checked as (
    select
        *,
        coalesce(prediction_model, '(no model)') as row_key,
        {{ previous_validity('prediction_model') }} as previous_valid_to
    from clv_parameters
),

problems as (
    {{ settings_problems('checked', 'clv_parameters.csv', [
        ("prediction_model is null or prediction_model not in ('bg_nbd', 'gamma_gamma')", "the model isn't known: write bg_nbd or gamma_gamma."),
        ("prediction_model = 'gamma_gamma' and q <= 1", "with a q of 1 or less the mean value has no end: fit it to more customers, or leave the row out."),
    ] + checks + validity_checks()) }}
)

select seed_file, row_key, problem from problems
