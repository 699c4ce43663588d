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


{#-
  Deletes whole partitions of the calling model's table. Spark is told their dates, so that it drops their
  files without a look at them; from plain files, such as Parquet tables, it can't delete a row otherwise.

  Args:
    column (str): the column that its partitions are told by.
    condition (SQL): true of all rows of a partition, or of none.
  Returns: SQL, a statement; nothing where there is nothing to do.
-#}
{% macro drop_partitions(column, condition) -%}
  {{ return(adapter.dispatch('drop_partitions', 'customer_engagement')(column, condition)) }}
{%- endmacro %}

{% macro default__drop_partitions(column, condition) -%}
  delete from {{ this }}
  where {{ condition }}
{%- endmacro %}

{% macro spark__drop_partitions(column, condition) -%}
  {%- set found = run_query('select distinct ' ~ column ~ ' from ' ~ this ~ ' where ' ~ condition) -%}
  {%- set equal = [] -%}
  {%- for row in found.rows -%}
    {%- do equal.append(column ~ (" = date '" ~ row[0] ~ "'" if row[0] else ' is null')) -%}
  {%- endfor -%}
  {%- if equal and config.get('file_format') in ['parquet', 'orc'] -%}
    alter table {{ this }} drop partition ({{ equal | join('), partition (') | replace(' is null', ' = null') }})
  {%- elif equal -%}
    delete from {{ this }} where {{ equal | join(' or ') }}
  {%- endif -%}
{%- endmacro %}
