{#-
  A number for each row, without sorting all rows in one place: they are spread over 256 groups by a
  hash, each group is numbered alone, and the groups' numbers interleave. So a cluster's workers share
  the sort, however many customers there are.

  Args:
    spread_by (SQL): a text with many values, such as the customer's id.
    order_by (SQL): columns that put the rows into a total order.
  Returns: SQL, an integer from 1 on, another for each row; some are left out, the more rows the fewer.
  Formula: `256 x (place in the group - 1) + group`, the group (1 to 256) from the first two digits of
  the text's MD5.
-#}
{% macro spread_row_number(spread_by, order_by) -%}
  {%- set digits = [] -%}
  {%- for place in [1, 2] -%}
    {%- do digits.append(dbt.position('substr(' ~ dbt.hash(spread_by) ~ ', ' ~ place ~ ', 1)', "'0123456789abcdef'")) -%}
  {%- endfor -%}
  {%- set group = '(16 * (' ~ digits[0] ~ ' - 1) + ' ~ digits[1] ~ ')' -%}
  cast(256 * (row_number() over (partition by {{ group }} order by {{ order_by }}) - 1) + {{ group }} as integer)
{%- endmacro %}
