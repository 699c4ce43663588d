{#-
  The median of values that have been put in order: the middle one, or the mean of the middle two.

  Args:
    value (SQL): a number, or null in rows that don't count.
    place (SQL): its place in the order, from 1.
    places (SQL): how many there are.
  Returns: SQL, an aggregate, decimal(18, 6); null for no values.
-#}
{% macro median_of_places(value, place, places) -%}
  {%- set double = customer_engagement.type_double() -%}
  cast(avg(
    case when 2 * {{ place }} between {{ places }} and {{ places }} + 2 then cast({{ value }} as {{ double }}) end
  ) as decimal(18, 6))
{%- endmacro %}
