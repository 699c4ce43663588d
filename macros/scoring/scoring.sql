{#-
  The share of an event's worth that is left on the as-of date, by the score model's decay.

  Args:
    decay (SQL): 'none', 'linear' or 'exponential'.
    age_days (SQL): as-of date less event date, days; 0 on the as-of date.
    half_life_days (SQL): days in which an event loses half its worth (exponential).
    decay_days (SQL): days after which an event is worth nothing (linear).
  Returns: SQL, decimal(18, 8), between 0 and 1. Rounded before any sum, so that every engine and
    every order of summation gives the same.
  Formula: linear `max(0, 1 - age / decay_days)`; exponential `2 ^ (-age / half_life_days)`.
-#}
{% macro decay_factor(decay, age_days, half_life_days, decay_days) -%}
  {%- set double = customer_engagement.type_double() -%}
  cast(
    case {{ decay }}
      when 'linear' then greatest(0, 1 - cast({{ age_days }} as {{ double }}) / {{ decay_days }})
      when 'exponential' then power(cast(2 as {{ double }}), -cast({{ age_days }} as {{ double }}) / {{ half_life_days }})
      else 1
    end as decimal(18, 8)
  )
{%- endmacro %}


{#-
  A ratio that is null where its denominator is 0 or null: never 0, never an error.

  Args:
    numerator (SQL): a number.
    denominator (SQL): a number.
    type (str): the result's type.
  Returns: SQL, a decimal.
-#}
{% macro ratio(numerator, denominator, type='decimal(18, 8)') -%}
  {%- set double = customer_engagement.type_double() -%}
  cast(cast({{ numerator }} as {{ double }}) / nullif(cast({{ denominator }} as {{ double }}), 0) as {{ type }})
{%- endmacro %}


{#-
  The engagement index: a raw score as a percentage of the benchmark customer's, not clamped.

  Args:
    raw_score (SQL): a decimal.
    benchmark (SQL): a positive decimal, or null where the model and date have none.
    score_status (SQL): only a status of 'scored' has an index.
  Returns: SQL, decimal(18, 6); null without a benchmark.
  Formula: `100 x raw_score / benchmark`.
-#}
{% macro engagement_index(raw_score, benchmark, score_status) -%}
  case
    when {{ score_status }} = 'scored'
      then {{ customer_engagement.ratio('100 * ' ~ raw_score, benchmark, 'decimal(18, 6)') }}
  end
{%- endmacro %}


{#-
  A condition that joins a score to its band: half-open, the lower edge out, the upper edge in.

  Args:
    index (SQL): the number that is banded.
    bands (str): the name of the CTE or relation with `lower_bound` and `upper_bound`; null is open.
  Returns: SQL, a condition.
-#}
{% macro in_band(index, bands) -%}
  ({{ bands }}.lower_bound is null or {{ index }} > {{ bands }}.lower_bound)
  and ({{ bands }}.upper_bound is null or {{ index }} <= {{ bands }}.upper_bound)
{%- endmacro %}


{#-
  The channels that have a raw score of their own; event types of any other channel don't exist,
  since the check of the settings refuses them.

  Returns: list of str.
-#}
{% macro channels() %}
  {{ return(['web', 'product', 'email', 'social', 'commerce', 'support', 'survey', 'loyalty', 'other']) }}
{% endmacro %}


{#-
  What counted events are worth.

  Args:
    weight (SQL): points an event.
    counted_events (SQL): events after deduplication, daily cap, decay and window cap.
    type (str): the result's type; a squared weight needs more digits.
  Returns: SQL, a decimal, rounded once per customer, event type and window, so that a raw
  score is the sum of its contributions exactly.
  One operand has 19 digits: the product of two of 18 is kept in 18 by some engines, and overflows.
  Formula: `weight x counted_events`.
-#}
{% macro points(weight, counted_events, type='decimal(18, 6)') -%}
  cast(round(cast({{ weight }} as decimal(19, 6)) * cast({{ counted_events }} as decimal(18, 8)), 6) as {{ type }})
{%- endmacro %}


{#-
  The mean of a decimal, from exact sums.

  Args:
    value (SQL): a decimal.
  Returns: SQL, an aggregate, double.
-#}
{% macro population_mean(value) -%}
  cast(sum({{ value }}) as {{ customer_engagement.type_double() }}) / count({{ value }})
{%- endmacro %}


{#-
  The standard deviation of a whole population, from exact decimal sums; exactly 0 where all values
  are equal.

  Args:
    value (SQL): a decimal(18, 8).
  Returns: SQL, an aggregate, double.
  Formula: `sqrt(sum(x^2) / n - (sum(x) / n)^2)`.
-#}
{% macro population_deviation(value) -%}
  {%- set double = customer_engagement.type_double() -%}
  case
    when min({{ value }}) = max({{ value }}) then 0
    else sqrt(greatest(
      cast(sum(cast(cast({{ value }} as decimal(19, 8)) * {{ value }} as decimal(38, 16))) as {{ double }}) / count({{ value }})
      - power(cast(sum({{ value }}) as {{ double }}) / count({{ value }}), 2), 0
    ))
  end
{%- endmacro %}


{#-
  A normalised score: null unless the customer is scored, rounded to 6 places.

  Args:
    value (SQL): the score.
    score_status (SQL): the customer's status.
  Returns: SQL, decimal(18, 6); among n customers a z score may reach the root of n.
-#}
{% macro when_scored(value, score_status='score_status') -%}
  cast(case when {{ score_status }} = 'scored' then {{ value }} end as decimal(18, 6))
{%- endmacro %}


{#-
  Events of one day, each worth what its age has left of it.

  Args:
    events (SQL): a whole number.
    factor (SQL): `decay_factor`.
  Returns: SQL, decimal(18, 8), exact.
-#}
{% macro decayed(events, factor='decay_factor') -%}
  cast({{ events }} * {{ factor }} as decimal(18, 8))
{%- endmacro %}


{#-
  Events of a window, cut off at the window's cap.

  Args:
    events (SQL): a decimal.
    cap (SQL): the most that count, or null for no cap.
  Returns: SQL, decimal(18, 8).
-#}
{% macro window_capped(events, cap='window_cap') -%}
  cast(least({{ events }}, coalesce({{ cap }}, {{ events }})) as decimal(18, 8))
{%- endmacro %}
