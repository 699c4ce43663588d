{#-
  The variance of a sample, from its sums, which are exact and don't depend on the order of the rows.

  Args:
    observations (SQL): how many there are.
    total (SQL): their sum.
    total_of_squares (SQL): the sum of their squares.
  Returns: SQL, a double of 0 or more; null for fewer than two.
  Formula: `(sum(x^2) - sum(x)^2 / n) / (n - 1)`.
-#}
{% macro sample_variance(observations, total, total_of_squares) -%}
  {%- set double = customer_engagement.type_double() -%}
  {%- set n = 'cast(' ~ observations ~ ' as ' ~ double ~ ')' -%}
  {%- set sum = 'cast(' ~ total ~ ' as ' ~ double ~ ')' -%}
  case
    when {{ observations }} > 1
      then greatest(cast({{ total_of_squares }} as {{ double }}) - {{ sum }} * {{ sum }} / {{ n }}, 0) / ({{ n }} - 1)
  end
{%- endmacro %}


{#-
  Half the width of the 95 % confidence interval of the difference of two independent means whose
  variances may differ.

  Args:
    first_variance (SQL): of the one sample, see `sample_variance`.
    first_observations (SQL): how many it has.
    second_variance (SQL): of the other.
    second_observations (SQL): how many it has.
  Returns: SQL, a double; null where a variance is.
  Formula: `1.959964 x sqrt(s1^2 / n1 + s2^2 / n2)`: the standard error of B. L. Welch, The generalization
  of "Student's" problem when several different population variances are involved, Biometrika 34 (1947),
  28-35, with the quantile of the normal distribution, to which his t comes close for samples of 20 and
  more (at 20 and 20 it is 2.02 to 2.09).
-#}
{% macro mean_difference_margin(first_variance, first_observations, second_variance, second_observations) -%}
  1.959964 * sqrt({{ first_variance }} / nullif({{ first_observations }}, 0) + {{ second_variance }} / nullif({{ second_observations }}, 0))
{%- endmacro %}


{#-
  An edge of the 95 % confidence interval of a share.

  Args:
    successes (SQL): the share's numerator.
    observations (SQL): its denominator.
    sign (str): '-' for the lower edge, '+' for the upper one.
  Returns: SQL, a double from 0 to 1; null without observations.
  Formula: `(2 x + z^2 -+ z sqrt(z^2 + 4 x (1 - x / n))) / (2 (n + z^2))` with z = 1.959964, the score
  interval of E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal
  of the American Statistical Association 22 (1927), 209-212.
-#}
{% macro share_edge(successes, observations, sign) -%}
  {%- set double = customer_engagement.type_double() -%}
  {%- set x = 'cast(' ~ successes ~ ' as ' ~ double ~ ')' -%}
  {%- set z = 'cast(1.959964 as ' ~ double ~ ')' -%}
  case
    when {{ observations }} > 0
      then (2 * {{ x }} + {{ z }} * {{ z }} {{ sign }} {{ z }} * sqrt({{ z }} * {{ z }} + 4 * {{ x }} * (1 - {{ x }} / {{ observations }})))
        / (2 * ({{ observations }} + {{ z }} * {{ z }}))
  end
{%- endmacro %}


{#-
  How far an edge of the 95 % confidence interval of the difference of two independent shares lies from
  the difference.

  Args:
    share (SQL): the share that the other is taken from.
    edge (SQL): the edge of its own interval on the same side, see `share_edge`.
    other_share (SQL): the share that is taken from it.
    other_edge (SQL): the edge of that one's interval on the other side.
  Returns: SQL, a double of 0 or more.
  Formula: `sqrt((p1 - l1)^2 + (u2 - p2)^2)` below and `sqrt((u1 - p1)^2 + (p2 - l2)^2)` above: method 10 of
  R. G. Newcombe, Interval estimation for the difference between independent proportions: comparison of
  eleven methods, Statistics in Medicine 17 (1998), 873-890.
-#}
{% macro share_difference_margin(share, edge, other_share, other_edge) -%}
  sqrt(power({{ share }} - {{ edge }}, 2) + power({{ other_share }} - {{ other_edge }}, 2))
{%- endmacro %}
