{#-
  dbt's name for adding rows to a table as they are.

  Returns: str, an incremental strategy.
-#}
{% macro append_strategy() %}
  {{ return(adapter.dispatch('append_strategy', 'customer_engagement')()) }}
{% endmacro %}

{% macro default__append_strategy() %}
  {{ return('append') }}
{% endmacro %}

{#- Without a key, a merge only adds. -#}
{% macro bigquery__append_strategy() %}
  {{ return('merge') }}
{% endmacro %}
