{#-
  The values of some columns as one text, nulls kept apart from empty texts.

  Args:
    columns (list of str): the columns.
    relation (str): the CTE or relation that they belong to; none where only one is in reach.
  Returns: SQL, a text that isn't null.
-#}
{% macro row_as_text(columns, relation=none) -%}
  {%- for column in columns -%}
    coalesce(cast({{ relation ~ '.' if relation }}{{ column }} as {{ dbt.type_string() }}), '-') || '|'
    {{- ' || ' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}


{#-
  All rows of a group as one text, ordered by the text itself.

  Args:
    columns (list of str): the columns.
    relation (str): the CTE or relation that they belong to; none where only one is in reach.
  Returns: SQL, an aggregate.
-#}
{% macro rows_as_text(columns, relation=none) -%}
  {%- set row = customer_engagement.row_as_text(columns, relation) -%}
  {{ customer_engagement.list_in_order(row, ';', row) }}
{%- endmacro %}
