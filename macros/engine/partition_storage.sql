{#-
  How an engine keeps a table's partitions apart, so that one is replaced without a look at the others: a
  part of the table's config. Spark deletes a partition's files, where it would otherwise write all files
  anew that hold one of its rows.

  Args:
    column (str): the table's column that its partitions are told by.
  Returns: dict, for `config(**...)`; empty where the engine keeps all rows together.
-#}
{% macro partition_storage(column) %}
  {{ return(adapter.dispatch('partition_storage', 'customer_engagement')(column)) }}
{% endmacro %}

{% macro default__partition_storage(column) %}
  {{ return({}) }}
{% endmacro %}

{% macro spark__partition_storage(column) %}
  {{ return({'partition_by': [column]}) }}
{% endmacro %}
