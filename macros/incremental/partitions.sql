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
    reach (str): which of the versions count, where that model tells several kinds apart by `reach`.
  Returns: dict, for `config(**...)`.
-#}
{% macro partitioned_by(key, versions, reach=none) %}
  {%- set arguments = '"' ~ key ~ '", "' ~ versions ~ '"' ~ (', "' ~ reach ~ '"' if reach else '') -%}
  {#- dbt's next engine takes `timestamp` and `datetime` for two types, so that `fail` would always fail. -#}
  {%- set on_schema_change = 'fail' if dbt_version.startswith('1.') else 'append_new_columns' -%}
  {%- set config = {
    'materialized': 'incremental',
    'incremental_strategy': customer_engagement.append_strategy(),
    'on_schema_change': on_schema_change,
    'pre_hook': '{{ customer_engagement.drop_stale_partitions(' ~ arguments ~ ') }}',
  } -%}
  {%- do config.update(customer_engagement.partition_storage(customer_engagement.partition_column(key))) -%}
  {{ return(config) }}
{% endmacro %}


{#-
  Deletes the partitions of the calling model that are not what they should be.

  Args:
    key (SQL): the table's partition.
    versions (str): the model of versions.
    reach (str): which of the versions count; none for all.
  Returns: SQL, a statement; nothing where the model is built anew.
-#}
{% macro drop_stale_partitions(key, versions, reach=none) -%}
  {%- set is_stale -%}
    not exists (
      select 1
      from {{ ref(versions) }} as wanted
      where wanted.partition_date = {{ key }}
        and wanted.inputs_version = {{ this.identifier }}.inputs_version
        {%- if reach %}
        and wanted.reach = '{{ reach }}'
        {%- endif %}
    )
  {%- endset -%}
  {{ customer_engagement.drop_partitions(customer_engagement.partition_column(key), is_stale) if is_incremental() }}
{%- endmacro %}


{#-
  The partitions that a model has to build: all, or, after its pre-hook, the missing ones.

  Where none is missing, the condition is a plain `false`, from which an engine's planner sees that it
  need not read anything else either.

  Args:
    key (SQL): the table's partition.
    versions (str): the model of versions.
    reach (str): which of the versions count; none for all.
    model_name (str): the model that is built, for a model upstream of it, which can't refer to it;
      default: the calling model.
    done_in (str): an incremental model, always built later and from the same versions, that has a row
      for each partition; for a model in which a partition may leave none.
  Returns: SQL, a query with `partition_date` and `inputs_version`.
-#}
{% macro partitions_to_build(key, versions, reach=none, model_name=none, done_in=none) -%}
  {%- set holders = customer_engagement.partition_holders(model_name, done_in) -%}
  {%- set wanted = customer_engagement.missing_partitions([], key, versions, reach) -%}
  {%- if holders -%}
    {%- set missing = customer_engagement.missing_partitions(holders, key, versions, reach) -%}
    {%- set is_comparable = execute and load_relation(ref(versions)) is not none -%}
    {{ wanted ~ ' and false' if is_comparable and not run_query(missing ~ ' limit 1').rows else missing }}
  {%- else -%}
    {{ wanted }}
  {%- endif -%}
{%- endmacro %}


{#-
  A condition that keeps the rows that may belong to the missing event dates of the calling model, in
  plain constants, so that an engine need not read the files and blocks that hold other times.

  It keeps a day more on both sides, since a date begins at another hour in each time zone.

  Args:
    key (SQL): the table's partition, an event date.
    versions (str): the model of versions.
    done_in (str): as for `partitions_to_build`.
  Returns: SQL, a condition on `occurred_at`; true where all dates are built.
-#}
{% macro of_dates_to_build(key, versions, done_in=none) -%}
  {%- set holders = customer_engagement.partition_holders(none, done_in) -%}
  {%- if not holders or not execute or load_relation(ref(versions)) is none -%}
    true
  {%- else -%}
    {%- set timeless = customer_engagement.partition_date('null') -%}
    {%- set missing = customer_engagement.missing_partitions(holders, key, versions) -%}
    {%- set date = 'nullif(partition_date, ' ~ timeless ~ ')' -%}
    {%- set edges = run_query(
      'select cast(' ~ dbt.dateadd('day', -1, 'min(' ~ date ~ ')') ~ ' as date), '
      ~ 'cast(' ~ dbt.dateadd('day', 2, 'max(' ~ date ~ ')') ~ ' as date), '
      ~ 'min(case when partition_date = ' ~ timeless ~ ' then 1 end) from (' ~ missing ~ ') as missing'
    ).rows[0] -%}
    ({{ "occurred_at >= cast('" ~ edges[0] ~ "' as timestamp) and occurred_at < cast('" ~ edges[1] ~ "' as timestamp)"
      if edges[0] else 'false' }}{{ ' or occurred_at is null' if edges[2] }})
  {%- endif -%}
{%- endmacro %}


{#-
  The tables that say which partitions of a model are there.

  Args:
    model_name (str): the model, for a model upstream of it; none for the calling model.
    done_in (str): as for `partitions_to_build`.
  Returns: list of Relation; empty where the model is built anew.
-#}
{% macro partition_holders(model_name=none, done_in=none) %}
  {%- if model_name -%}
    {%- set stored = customer_engagement.stored_table(model_name) -%}
  {%- else -%}
    {%- set stored = this if is_incremental() else none -%}
  {%- endif -%}
  {%- set later = customer_engagement.stored_table(done_in) if stored and done_in else none -%}
  {{ return([stored, later] | select | list) }}
{% endmacro %}


{#-
  The partitions that should be there and that none of some tables has.

  Args:
    holders (list of Relation): the tables; with none, all partitions that should be there.
    key (SQL): the tables' partition.
    versions (str): the model of versions.
    reach (str): which of the versions count; none for all.
  Returns: SQL, a query with `partition_date` and `inputs_version`, to which conditions may be added.
-#}
{% macro missing_partitions(holders, key, versions, reach=none) -%}
  select wanted.partition_date, wanted.inputs_version
  from {{ ref(versions) }} as wanted
  where {{ "wanted.reach = '" ~ reach ~ "'" if reach else 'true' }}
  {%- for holder in holders %}
    and not exists (
      select 1
      from {{ holder }} as stored
      where {{ key }} = wanted.partition_date and stored.inputs_version = wanted.inputs_version
    )
  {%- endfor %}
{%- endmacro %}


{#-
  The table that an incremental model will add to, if any: `is_incremental` and `this`, told from
  another model.

  Args:
    model_name (str): an incremental model.
  Returns: Relation, or none where the model is built anew.
-#}
{% macro stored_table(model_name) %}
  {%- set node = customer_engagement.find_model(model_name) if execute -%}
  {%- set of_model = node.config.full_refresh if node else none -%}
  {%- set is_built_anew = flags.FULL_REFRESH if of_model is none else of_model -%}
  {#- Who installs this project may make it another kind of table, which is replaced whole. -#}
  {%- if node and node.config.materialized == 'incremental' and not is_built_anew -%}
    {%- set relation = adapter.get_relation(node.database, node.schema, node.alias or node.name) -%}
    {{ return(relation if relation and relation.type == 'table' else none) }}
  {%- endif -%}
  {{ return(none) }}
{% endmacro %}


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
  The column that a partition is told by: its key, or what that is made of.

  Args:
    key (SQL): the table's partition.
  Returns: str.
-#}
{% macro partition_column(key) %}
  {{ return('event_date' if key == customer_engagement.partition_date() else key) }}
{% endmacro %}


{#-
  A text that changes when the project's release, or the file of a model or of any model that it
  reads, changes.

  Macros that they call aren't part of it: after editing one of those, run with `--full-refresh`.

  Args:
    model_names (list of str): the models.
    known (dict): what earlier calls read, by unique id, for a model that asks for many; this call adds to it.
  Returns: str, a hash; the same for all while dbt parses.
-#}
{% macro models_version(model_names, known=none) %}
  {%- set known = {} if known is none else known -%}
  {%- set found = {} -%}
  {%- set waiting = namespace(ids=[]) -%}
  {%- for name in model_names -%}
    {%- do waiting.ids.append((customer_engagement.find_model(name) or {}).get('unique_id', '')) -%}
  {%- endfor -%}
  {%- for _ in graph.get('nodes', {}) if waiting.ids -%}
    {%- set reads = [] -%}
    {%- for unique_id in waiting.ids if unique_id.startswith('model.') and unique_id not in found -%}
      {%- if unique_id not in known -%}
        {%- set node = graph.nodes[unique_id] -%}
        {%- do known.update({unique_id: {'checksum': node.checksum.checksum, 'reads': node.depends_on.nodes}}) -%}
      {%- endif -%}
      {%- do found.update({unique_id: known[unique_id].checksum}) -%}
      {%- do reads.extend(known[unique_id].reads) -%}
    {%- endfor -%}
    {%- set waiting.ids = reads -%}
  {%- endfor -%}
  {{ return(local_md5(customer_engagement.release() ~ found.items() | sort | join('|'))) }}
{% endmacro %}


{#-
  The project's release, as `dbt_project.yml` has it, which a macro can't read: tables that an older
  release built are built again.

  Returns: str.
-#}
{% macro release() %}
  {{ return('0.1.0') }}
{% endmacro %}


{#-
  A sum of hashes: a version of a set of rows, whatever their order.

  Args:
    hash (SQL): `version_hash` of a row, or null for a row that doesn't count.
  Returns: SQL, an aggregate, decimal(38, 0), null for no rows.
-#}
{% macro sum_of_hashes(hash) -%}
  {%- set type = customer_engagement.type_wide_decimal(38, 0) -%}
  cast(sum(cast({{ hash }} as {{ type }})) as {{ type }})
{%- endmacro %}
