{{ config(materialized='ephemeral') }}
-- The published formula (Fader, Hardie & Lee 2005, equation 10) asks for the hypergeometric function 2F1, which
-- SQL lacks. It is the mean of (1 - (1 + p u) ^ -s) / p over the chance p to stop after a purchase, whose
-- distribution among those who still buy is beta(a, b + x); here s = r + x and u = days ahead / (alpha + T).
-- So the mean is taken itself, at fixed points: no series that converges slowly where u is large, and nothing
-- special where a is 1. Logarithms are held at 100: beyond it no stored digit changes, and no product
-- leaves the range of a double, which is an error on some engines.
{%- set double = type_double() %}
{%- set wide = type_wide_decimal(28, 12) %}
with parameters as (
    select
        cast(r as {{ double }}) as r,
        cast(alpha as {{ double }}) as alpha,
        cast(a as {{ double }}) as a,
        cast(b as {{ double }}) as b,
        valid_from,
        valid_to
    from {{ ref('stg_settings__clv_parameters') }}
    where prediction_model = 'bg_nbd'
),

settings as (
    select prediction_days
    from {{ ref('int_metric_settings') }}
),

-- The last purchase says nothing of those who still buy, so few combinations are left.
histories as (
    select distinct as_of_date, repeat_purchases, days_since_first_purchase
    from {{ ref('int_purchase_histories') }}
),

shaped as (
    select
        histories.*,
        parameters.r + histories.repeat_purchases as s,
        settings.prediction_days / (parameters.alpha + histories.days_since_first_purchase) as u,
        parameters.a as shape_1,
        parameters.b + histories.repeat_purchases as shape_2
    from histories
    inner join parameters on {{ in_force('parameters', 'histories.as_of_date') }}
    cross join settings
),

beta_points as (
    {{ beta_points() }}
),

spread as (
    select
        shaped.*,
        beta_points.cosh_t,
        ln(shape_1 / shape_2) + sqrt(1 / shape_1 + 1 / shape_2) * beta_points.sinh_t as log_odds,
        shape_1 * ln(shape_1 / (shape_1 + shape_2)) + shape_2 * ln(shape_2 / (shape_1 + shape_2)) as log_peak
    from shaped
    cross join beta_points
),

logs as (
    select
        *,
        least(log_odds, 0) - ln(1 + exp(-least(abs(log_odds), 100))) as log_p,
        -greatest(log_odds, 0) - ln(1 + exp(-least(abs(log_odds), 100))) as log_rest
    from spread
),

weighted as (
    select
        *,
        exp(greatest(log_p, -100)) as p,
        exp(greatest(shape_1 * log_p + shape_2 * log_rest - log_peak, -100)) * cosh_t as weight
    from logs
),

-- Where p is small, 1 less a number near 1 has few digits: there the first terms of the series say more.
valued as (
    select
        *,
        case
            when (s + 2) * p * u < 0.0001 then s * u * (1 - (s + 1) * p * u / 2 + (s + 1) * (s + 2) * p * p * u * u / 6)
            else (1 - exp(-least(s * ln(1 + p * u), 100))) / p
        end as purchases
    from weighted
)

-- Rounded before they are added, so that the order of addition doesn't matter.
select
    as_of_date,
    repeat_purchases,
    days_since_first_purchase,
    {{ ratio('sum(cast(weight * purchases as ' ~ wide ~ '))', 'sum(cast(weight as ' ~ wide ~ '))') }} as expected_if_alive
from valued
group by as_of_date, repeat_purchases, days_since_first_purchase
