{#-
  A seed's text without surrounding white space; a column that holds no row has no type yet, so it
  is cast.

  Args:
    column (SQL): the seed's column.
    lower (bool): whether the text is a key that is written in lower case.
  Returns: SQL, a text; null for an empty one.
-#}
{% macro clean_text(column, lower=true) -%}
  {%- set trimmed -%} trim(cast({{ column }} as {{ dbt.type_string() }})) {%- endset -%}
  nullif({{ 'lower(' ~ trimmed ~ ')' if lower else trimmed }}, '')
{%- endmacro %}
