{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'customer_predictions')) }}
{{ behind_currency_check() }}
{%- set double = type_double() %}

-- Without parameters the histories are all there is: what a fit reads, scripts/fit_clv.py for one.
with windows as (
    select as_of_date, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'customer_predictions'
),

settings as (
    select prediction_days, gross_margin
    from {{ ref('int_metric_settings') }}
),

{% for prediction_model, columns in {'bg_nbd': ['r', 'alpha', 'a', 'b'], 'gamma_gamma': ['p', 'q', 'v']}.items() -%}
{{ prediction_model }} as (
    select
        {%- for column in columns %}
        cast({{ column }} as {{ double }}) as {{ column }},
        {%- endfor %}
        valid_from,
        valid_to
    from {{ ref('stg_settings__clv_parameters') }}
    where prediction_model = '{{ prediction_model }}'
),

{% endfor -%}
predicted as (
    select
        histories.*,
        settings.prediction_days,
        settings.gross_margin,
        {{ probability_alive(
            'histories.repeat_purchases', 'histories.days_to_last_purchase', 'histories.days_since_first_purchase', 'bg_nbd'
        ) }} as probability,
        expected.expected_if_alive,
        {{ expected_average_value(
            'histories.repeat_purchases', 'cast(histories.repeat_net_revenue as ' ~ double ~ ')', 'gamma_gamma'
        ) }} as average_value,
        windows.inputs_version
    from {{ ref('int_purchase_histories') }} as histories
    inner join windows on histories.as_of_date = windows.as_of_date
    cross join settings
    left join bg_nbd on {{ in_force('bg_nbd', 'histories.as_of_date') }}
    left join gamma_gamma on {{ in_force('gamma_gamma', 'histories.as_of_date') }}
    left join {{ ref('int_expected_purchases') }} as expected
        on
            histories.as_of_date = expected.as_of_date
            and histories.repeat_purchases = expected.repeat_purchases
            and histories.days_since_first_purchase = expected.days_since_first_purchase
)

select
    as_of_date,
    customer_id,
    first_order_on,
    last_order_on,
    repeat_purchases,
    days_to_last_purchase,
    days_since_first_purchase,
    repeat_net_revenue,
    {{ ratio('repeat_net_revenue', 'repeat_purchases', 'decimal(18, 6)') }} as mean_repeat_value,
    cast(probability as decimal(18, 6)) as probability_alive,
    prediction_days,
    cast(probability * expected_if_alive as decimal(18, 6)) as expected_purchases,
    cast(average_value as decimal(18, 6)) as expected_average_value,
    cast(probability * expected_if_alive * average_value * gross_margin as decimal(18, 6)) as modelled_lifetime_value,
    inputs_version
from predicted
