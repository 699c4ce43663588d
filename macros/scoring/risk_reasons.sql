{#-
  Why a customer is at risk, one reason after another, each with a leading '; '. Nobody lapses, declines
  or falls while a source is missing, since the source may be what lapsed.

  Args:
    scores (str): the CTE with `stable_rank`, `stable_lower_bound`, `fallen_from_band`, `trend`,
      `is_falling` and `is_lower`.
    score_models (str): the CTE with `data_coverage`, `good_from_index` and `renewal_horizon_days`.
    renewal_date (SQL): the customer's next renewal, or null.
    as_of_date (SQL): the date.
  Returns: SQL, a text, empty for a customer who isn't at risk.
-#}
{% macro risk_reasons(scores, score_models, renewal_date, as_of_date) -%}
  case
    when {{ score_models }}.data_coverage < 1 then ''
    when {{ scores }}.trend = 'lapsed' then '; lapsed'
    when {{ scores }}.is_falling then '; declining'
    else ''
  end
  || case
    when {{ score_models }}.data_coverage = 1 and {{ scores }}.is_lower and {{ scores }}.fallen_from_band is not null
      then '; fell from ' || {{ scores }}.fallen_from_band
    else ''
  end
  || case
    when
      {{ scores }}.stable_rank > 0
      and coalesce({{ scores }}.stable_lower_bound < {{ score_models }}.good_from_index, true)
      and {{ renewal_date }} <= {{ customer_engagement.date_plus(score_models ~ '.renewal_horizon_days', as_of_date) }}
      then '; renews on ' || cast({{ renewal_date }} as {{ dbt.type_string() }})
    else ''
  end
{%- endmacro %}
