{#-
  The values of some columns as one text, nulls kept apart from empty texts.

  Args:
    relation (str): the CTE or relation.
    columns (list of str): its columns.
  Returns: SQL, a text that isn't null.
-#}
{% macro row_as_text(relation, columns) -%}
  {%- for column in columns -%}
    coalesce(cast({{ relation }}.{{ column }} as {{ dbt.type_string() }}), '-') || '|'
    {{- ' || ' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}


{#-
  All rows of a group as one text, ordered by the text itself.

  Args:
    relation (str): the CTE or relation that is grouped.
    columns (list of str): its columns.
  Returns: SQL, an aggregate.
-#}
{% macro rows_as_text(relation, columns) -%}
  {%- set row = customer_engagement.row_as_text(relation, columns) -%}
  {{ dbt.listagg(row, "';'", 'order by ' ~ row) }}
{%- endmacro %}
