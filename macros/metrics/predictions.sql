{#-
  The probability that a customer hasn't stopped buying, by the BG/NBD model (Fader, Hardie & Lee 2005).

  Args:
    repeats (SQL): days with a purchase after the first, x.
    days_to_last (SQL): from the first purchase to the last, t_x.
    days_known (SQL): from the first purchase to the as-of date, T.
    parameters (str): the CTE or relation with `r`, `alpha`, `a` and `b`, doubles; time in days.
  Returns: SQL, a double; null without parameters. 1 without a repeat purchase: the model lets customers stop
    only after one.
  Formula: `1 / (1 + a / (b + x - 1) x ((alpha + T) / (alpha + t_x)) ^ (r + x))`, the odds taken as a
    logarithm and held between e^-100 and e^100: nothing that is stored changes beyond them, and no product
    leaves what a double can hold.
-#}
{% macro probability_alive(repeats, days_to_last, days_known, parameters='parameters') -%}
  case
    when {{ parameters }}.r is null then null
    when {{ repeats }} = 0 then 1
    else 1 / (1 + exp(least(100, greatest(-100,
      ln({{ parameters }}.a / ({{ parameters }}.b + {{ repeats }} - 1))
      + ({{ parameters }}.r + {{ repeats }}) * ln(({{ parameters }}.alpha + {{ days_known }}) / ({{ parameters }}.alpha + {{ days_to_last }}))
    ))))
  end
{%- endmacro %}


{#-
  What a customer's purchase is expected to be worth, by the gamma-gamma model (Fader & Hardie 2013): the
  mean of what they paid and of what all pay, by how much is known of them.

  Args:
    repeats (SQL): days with a purchase after the first, x.
    repeat_revenue (SQL): net revenue of those days, x times their mean m.
    parameters (str): the CTE or relation with `p`, `q` (above 1) and `v`, doubles.
  Returns: SQL, a double.
  Formula: `p (v + x m) / (p x + q - 1)`.
-#}
{% macro expected_average_value(repeats, repeat_revenue, parameters='parameters') -%}
  {{ parameters }}.p * ({{ parameters }}.v + {{ repeat_revenue }}) / ({{ parameters }}.p * {{ repeats }} + {{ parameters }}.q - 1)
{%- endmacro %}


{#-
  The points at which the mean over a beta distribution is taken: a row each.

  With the mode m and the spread s of the distribution on the scale of log odds, the points are
  `m + s sinh(t)` for t = -7, -6.9 .. 7: dense at the mode, and far enough out on either side for a
  distribution with a long tail. The trapezoidal rule over t is then exact to about a hundred millionth for
  shapes from 0.1 on, and to a millionth from 0.02 on.

  Returns: SQL, a query with `sinh_t` and `cosh_t` (the width of the point), doubles.
-#}
{% macro beta_points() -%}
  {%- set double = customer_engagement.type_double() -%}
  select
    (exp(t) - exp(-t)) / 2 as sinh_t,
    (exp(t) + exp(-t)) / 2 as cosh_t
  from (
    select cast(generated_number - 71 as {{ double }}) / 10 as t
    from ({{ customer_engagement.whole_numbers(141) }}) as numbers
  ) as steps
{%- endmacro %}
