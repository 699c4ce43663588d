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
  {{ customer_engagement.decimal_of_double(
    'cast(' ~ numerator ~ ' as ' ~ double ~ ') / nullif(cast(' ~ denominator ~ ' as ' ~ double ~ '), 0)', type
  ) }}
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
  {{ customer_engagement.ratio(
    '100 * ' ~ raw_score, 'case when ' ~ score_status ~ " = 'scored' then " ~ benchmark ~ ' end', 'decimal(18, 6)'
  ) }}
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
  The names of the channels' points on their way to a raw score.

  Returns: list of str.
-#}
{% macro channel_points() %}
  {%- set names = [] -%}
  {%- for channel in customer_engagement.channels() -%}
    {%- do names.append(channel ~ '_points') -%}
  {%- endfor -%}
  {{ return(names) }}
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
    value (SQL): a decimal(18, 8).
    times (SQL): how many customers have it, a whole number.
  Returns: SQL, an aggregate, double.
-#}
{% macro population_mean(value, times) -%}
  {%- set total = 'sum(' ~ value ~ ' * cast(' ~ times ~ ' as decimal(12, 0)))' -%}
  cast({{ total }} as {{ customer_engagement.type_double() }}) / sum({{ times }})
{%- endmacro %}


{#-
  The standard deviation of a whole population, from exact decimal sums; exactly 0 where all values
  are equal.

  Args:
    value (SQL): a decimal(18, 8) below 1,000.
    times (SQL): how many customers have it, a whole number.
  Returns: SQL, an aggregate, double.
  Formula: `sqrt(sum(x^2) / n - (sum(x) / n)^2)`.
-#}
{% macro population_deviation(value, times) -%}
  {%- set double = customer_engagement.type_double() -%}
  {#- Narrow enough that no engine rounds a product to fit it into 38 digits, as some do. #}
  {%- set square = 'cast(cast(' ~ value ~ ' as decimal(19, 8)) * ' ~ value ~ ' as ' ~ customer_engagement.type_wide_decimal(22, 16) ~ ')' -%}
  {%- set squares = 'cast(' ~ square ~ ' * cast(' ~ times ~ ' as decimal(10, 0)) as ' ~ customer_engagement.type_wide_decimal(38, 16) ~ ')' -%}
  case
    when min({{ value }}) = max({{ value }}) then 0
    else sqrt(greatest(
      cast(sum({{ squares }}) as {{ double }}) / sum({{ times }})
      - power({{ customer_engagement.population_mean(value, times) }}, 2), 0
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
  The status as the marts show it: a score that depends on a stale source keeps its index, its band
  and its place among the scored, and says so.

  Args:
    score_status (SQL): the status of int_customer_scores.
    data_coverage (SQL): of int_score_coverage.
  Returns: SQL, a text: 'stale_source' for 'scored' where a source is stale.
-#}
{% macro covered_score_status(score_status, data_coverage) -%}
  case when {{ score_status }} = 'scored' and {{ data_coverage }} < 1 then 'stale_source' else {{ score_status }} end
{%- endmacro %}


{#-
  What counted events are worth, in whole millionths of a point.

  Args:
    counted_events (SQL): hundred millionths of an event, a whole number in a double.
    kind (str): 'points' or 'variance': the factor and divisor of `int_score_weights`.
    weight (SQL): what they stand for, for products that a double can't hold.
  Returns: SQL, a double, rounded half away from zero once per customer, event type and window, so
    that a raw score is the sum of its contributions exactly. Below 4 x 10^15 product, quotient and
    remainder are exact; above it the same is done in decimals.
  Formula: `weight x counted_events`.
-#}
{% macro whole_points(counted_events, kind='points', weight='weight') -%}
  {%- set quotient = 'abs(' ~ kind ~ '_factor) * ' ~ counted_events ~ ' / ' ~ kind ~ '_divisor' -%}
  case
    when abs({{ kind }}_factor) * {{ counted_events }} < 4e15
      then sign({{ kind }}_factor) * (floor({{ quotient }}) + case when {{ quotient }} - floor({{ quotient }}) >= 0.5 then 1 else 0 end)
    else cast({{ customer_engagement.points(weight, counted_events ~ ' / 100000000', 'decimal(28, 6)') }} * 1000000 as {{ customer_engagement.type_double() }})
  end
{%- endmacro %}


{#-
  The fewest counted events that are worth some points: the inverse of `whole_points`.

  Args:
    points (SQL): whole millionths of a point in a double, above 0.
  Returns: SQL, hundred millionths of an event, a whole number in a double, of the `points_factor` and
    `points_divisor` (above 0) in reach. Below 4 x 10^15 product and quotient are exact; above it the
    quotient may miss by one, and is held against `whole_points`.
  Formula: points are rounded half up, so `ceil((points - 0.5) / weight)`.
-#}
{% macro counted_events_worth(points) -%}
  {%- set product = '(2 * ' ~ points ~ ' - 1) * points_divisor' -%}
  {%- set quotient = 'ceil(' ~ product ~ ' / (2 * points_factor))' -%}
  {{ quotient }} + case
    when {{ product }} < 4e15 then 0
    when {{ customer_engagement.whole_points(quotient) }} < {{ points }} then 1
    when {{ customer_engagement.whole_points('(' ~ quotient ~ ' - 1)') }} >= {{ points }} then -1
    else 0
  end
{%- endmacro %}


{#-
  A decimal from whole parts of it that are kept in a double.

  Args:
    parts (SQL): a whole number in a double.
    parts_of_one (int): how many make 1.
    type (str): the result's type.
  Returns: SQL, a decimal.
-#}
{% macro from_parts(parts, parts_of_one=1000000, type='decimal(18, 6)') -%}
  {{ customer_engagement.decimal_of_double(parts ~ ' / ' ~ parts_of_one, type) }}
{%- endmacro %}


{#-
  Whole parts of a decimal in a double: the inverse of `from_parts`.

  Args:
    number (SQL): a decimal that is so many whole parts; a product of decimals could overflow.
    parts_of_one (int): how many make 1.
  Returns: SQL, a whole number in a double.
-#}
{% macro whole_parts(number, parts_of_one=1000000) -%}
  round(cast({{ number }} as {{ customer_engagement.type_double() }}) * {{ parts_of_one }})
{%- endmacro %}


{#-
  The largest power of ten that divides a whole number.

  Args:
    whole_number (SQL): a whole number; 0 is divided by all.
    most_zeros (int): the largest exponent that is asked for.
  Returns: SQL, 1, 10, 100 and so on.
-#}
{% macro power_of_ten_in(whole_number, most_zeros) -%}
  case
    {%- for zeros in range(most_zeros, 0, -1) %}
    when mod({{ whole_number }}, {{ 10 ** zeros }}) = 0 then {{ 10 ** zeros }}
    {%- endfor %}
    else 1
  end
{%- endmacro %}


{#-
  The longest look-back that `hysteresis_lookback_days` may ask for: so many as-of dates are made before
  the kept history at most, and twice as many days with a band's dwell, which is shorter.

  Returns: int, days.
-#}
{% macro most_lookback_days() %}
  {{ return(90) }}
{% endmacro %}


{#-
  A date as a whole number, for sums and maxima of days.

  Args:
    date (SQL): a date.
  Returns: SQL, days since the first day of the year 1.
-#}
{% macro day_number(date) -%}
  {{ customer_engagement.days_between(customer_engagement.closed_validity('null', 'from'), date) }}
{%- endmacro %}


{#-
  Whether an index lies far enough inside its band to confirm it at once: by the band's margin from both
  edges. An edge at 0 and an open end need none.

  Args:
    index (SQL): the engagement index, inside the band.
    bands (str): the CTE with `lower_bound`, `upper_bound` and `margin`.
  Returns: SQL, a condition.
-#}
{% macro is_inside_band(index, bands) -%}
  (
    coalesce({{ bands }}.lower_bound, 0) = 0 or {{ index }} >= {{ bands }}.lower_bound + {{ bands }}.margin
  ) and (
    coalesce({{ bands }}.upper_bound, 0) = 0 or {{ index }} <= {{ bands }}.upper_bound - {{ bands }}.margin
  )
{%- endmacro %}
