{#-
  The config of a table that is replaced partition by partition.

  Every row of such a table carries `inputs_version`, a hash of all that its partition was built from,
  and a model of versions says what it should be. A partition whose version differs, or that should
  not be there, is deleted whole by a pre-hook; the model then builds the partitions that are missing,
  in the same transaction. Nothing else is remembered, so that a run that was killed anywhere is
  mended by the next one, and a run without news rewrites nothing.

  Args:
    key (SQL): the table's partition, never null.
    versions (str): the model with a row a partition: `partition_date` and `inputs_version`.
  Returns: dict, for `config(**...)`.
-#}
{% macro partitioned_by(key, versions) %}
  {{ return({
    'materialized': 'incremental',
    'incremental_strategy': 'append',
    'on_schema_change': 'fail',
    'pre_hook': '{{ customer_engagement.drop_stale_partitions("' ~ key ~ '", "' ~ versions ~ '") }}',
  }) }}
{% endmacro %}


{#-
  Deletes the partitions of the calling model that are not what they should be.

  Args:
    key (SQL): the table's partition.
    versions (str): the model of versions.
  Returns: SQL, a delete; nothing where the model is built anew.
-#}
{% macro drop_stale_partitions(key, versions) -%}
  {%- set wanted = ref(versions) -%}
  {%- if is_incremental() -%}
    delete from {{ this }}
    where not exists (
      select 1
      from {{ wanted }} as wanted
      where wanted.partition_date = {{ key }}
        and wanted.inputs_version = {{ this.identifier }}.inputs_version
    )
  {%- endif -%}
{%- endmacro %}


{#-
  The partitions that the calling model has to build: all, or, after the pre-hook, the missing ones.

  Args:
    key (SQL): the table's partition.
    versions (str): the model of versions.
  Returns: SQL, a query with `partition_date` and `inputs_version`.
-#}
{% macro partitions_to_build(key, versions) -%}
  select partition_date, inputs_version
  from {{ ref(versions) }}
  {%- if is_incremental() %}
  where partition_date not in (select {{ key }} from {{ this }})
  {%- endif %}
{%- endmacro %}


{#-
  The partition of a row's event date; rows without a usable time have one of their own.

  Args:
    event_date (SQL): a date or null.
  Returns: SQL, a date that isn't null.
-#}
{% macro partition_date(event_date='event_date') -%}
  coalesce({{ event_date }}, {{ customer_engagement.closed_validity('null', 'from') }})
{%- endmacro %}


{#-
  A text that changes when a model changes through which raw rows come in: those listed in
  `interaction_models`, every model that they read, and the door.

  Macros that they call aren't part of it: after editing one of those, run with `--full-refresh`.

  Returns: str, a hash of the models' own files; empty while dbt parses.
-#}
{% macro models_version() %}
  {%- set found = {} -%}
  {%- set ours = ['int_raw_interactions', 'int_judged_interactions', 'int_interactions'] -%}
  {%- set waiting = [] -%}
  {%- for name in customer_engagement.interaction_models() + ours -%}
    {%- do waiting.append((customer_engagement.find_model(name) or {}).get('unique_id')) -%}
  {%- endfor -%}
  {%- for unique_id in waiting -%}
    {%- set node = graph.get('nodes', {}).get(unique_id) -%}
    {%- if node and node.resource_type == 'model' and unique_id not in found -%}
      {%- do found.update({unique_id: node.checksum.checksum}) -%}
      {%- do waiting.extend(node.depends_on.nodes) -%}
    {%- endif -%}
  {%- endfor -%}
  {{ return(local_md5(found.items() | sort | join('|')) if found else '') }}
{% endmacro %}
