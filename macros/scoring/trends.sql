{#-
  How far a score moved between two windows, in standard deviations of what chance alone would move it.

  Args:
    raw_score (SQL): points of the window, a decimal.
    previous_raw_score (SQL): points of the window before.
    score_variance (SQL): the sum of `weight^2 x events` over both windows.
  Returns: SQL, decimal(18, 6); null where neither window has an event of any weight.
  Formula: `(raw_score - previous_raw_score) / sqrt(score_variance)`: events come like a Poisson process,
  so a count's variance is the count, and that of a weighted sum is the sum of `weight^2 x count`.
-#}
{% macro change_z(raw_score, previous_raw_score, score_variance) -%}
  {%- set double = customer_engagement.type_double() -%}
  cast(
    cast({{ raw_score }} - {{ previous_raw_score }} as {{ double }})
    / sqrt(case when {{ score_variance }} > 0 then cast({{ score_variance }} as {{ double }}) end) as decimal(18, 6)
  )
{%- endmacro %}


{#-
  Where a score goes, told from two windows.

  Args:
    z (SQL): `change_z`.
    events (SQL): events of any weight in the window.
    previous_events (SQL): those of the window before.
    settings (str): the CTE or relation with `significance` and `minimum_previous_events`.
  Returns: SQL, one of new (nothing before), lapsed (nothing now), increasing, declining, stable.
-#}
{% macro score_trend(z, events, previous_events, settings) -%}
  case
    when {{ previous_events }} = 0 and {{ events }} > 0 then 'new'
    when {{ previous_events }} > 0 and {{ events }} = 0 then 'lapsed'
    when {{ previous_events }} < {{ settings }}.minimum_previous_events or {{ z }} is null then 'stable'
    when {{ z }} >= {{ settings }}.significance then 'increasing'
    when {{ z }} <= -{{ settings }}.significance then 'declining'
    else 'stable'
  end
{%- endmacro %}
