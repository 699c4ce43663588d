{#-
  The columns that a source's table has: a loader makes one when it first sees a value, so what a documentation lists
  need not be there yet.

  Args:
    relation (Relation): a source.
  Returns: dict of column name to type, both in lower case; empty while dbt parses.
-#}
{% macro source_columns(relation) %}
  {%- set columns = {} -%}
  {%- if execute -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
      {%- do columns.update({column.name | lower: column.data_type | lower}) -%}
    {%- endfor -%}
  {%- endif -%}
  {{ return(columns) }}
{% endmacro %}


{#-
  The first of some columns that a table has, as text without surrounding white space.

  Args:
    columns (dict): `source_columns` of the table, which the query calls `source`.
    names (list of str): the columns, the preferred one first; where the table has several, the first that isn't null.
  Returns: SQL, a text; null for an empty one and where the table has none of them.
-#}
{% macro source_text(columns, names) -%}
  {%- set given = [] -%}
  {%- for name in names if name in columns -%}
    {%- set column = name if modules.re.match('^[a-z_][a-z0-9_]*$', name) else adapter.quote(name) -%}
    {%- do given.append(customer_engagement.clean_text('source.' ~ column, lower=false)) -%}
  {%- endfor -%}
  {%- if not given -%}
    cast(null as {{ dbt.type_string() }})
  {%- elif given | length == 1 -%}
    {{ given[0] }}
  {%- else -%}
    coalesce({{ given | join(', ') }})
  {%- endif -%}
{%- endmacro %}


{#-
  The first of some columns that a table has, as a decimal.

  Args:
    columns (dict): as for `source_text`.
    names (list of str): as for `source_text`.
  Returns: SQL, decimal(18, 4); null where the table has none of them.
-#}
{% macro source_decimal(columns, names) -%}
  {%- set given = [] -%}
  {%- for name in names if name in columns -%}
    {%- do given.append('cast(source.' ~ name ~ ' as decimal(18, 4))') -%}
  {%- endfor -%}
  cast({{ 'coalesce(' ~ given | join(', ') ~ ', null)' if given else 'null' }} as decimal(18, 4))
{%- endmacro %}


{#-
  A column of times as a timestamp in UTC, whatever its type: one with a zone knows its instant, a text is in ISO 8601,
  and one without a zone is in the connector's `time_zone`.

  Args:
    columns (dict): as for `source_text`.
    name (str): the column.
    system (str): the connector's system.
  Returns: SQL, a timestamp without a zone; null where the table has no such column.
-#}
{% macro source_time(columns, name, system) -%}
  {%- set type = columns.get(name, '') -%}
  {%- set column = 'source.' ~ name -%}
  {%- if not type -%}
    cast(null as timestamp)
  {%- elif 'char' in type or 'text' in type or 'string' in type -%}
    {{ customer_engagement.timestamp_from_text(column) }}
  {%- elif customer_engagement.holds_instants(type) -%}
    {{ customer_engagement.timestamp_from_zoned(column) }}
  {%- else -%}
    {{ customer_engagement.timestamp_from_local('cast(' ~ column ~ ' as timestamp)', customer_engagement.connector(system).get('time_zone', 'UTC')) }}
  {%- endif -%}
{%- endmacro %}


{#-
  A customer's id without personal data: an e-mail address becomes a hash, the same in every system.

  Args:
    id (SQL): a text, an id or an e-mail address.
  Returns: SQL, a text; null for null.
-#}
{% macro customer_key(id) -%}
  case when {{ id }} like '%@%' then 'email:' || {{ dbt.hash('lower(' ~ id ~ ')') }} else {{ id }} end
{%- endmacro %}


{#-
  The name of an event as a key: lower case, with an underscore where somebody wrote a space or a hyphen.

  Args:
    name (SQL): a text.
  Returns: SQL, a text; null for null.
-#}
{% macro event_key(name) -%}
  replace(replace(lower(trim({{ name }})), ' ', '_'), '-', '_')
{%- endmacro %}


{#-
  The path of an address, without host, query and fragment, which may hold personal data.

  Args:
    url (SQL): a text such as https://shop.example/cart?id=1, or a path.
  Returns: SQL, a text; null for null.
-#}
{% macro url_path(url) -%}
  {%- set without_query = dbt.split_part(dbt.split_part(url, "'?'", 1), "'#'", 1) -%}
  {%- set from_host = dbt.split_part(without_query, "'://'", 2) -%}
  case
    when {{ url }} is null then null
    when {{ url }} not like '%://%' then {{ without_query }}
    when {{ from_host }} like '%/%' then substr({{ from_host }}, {{ dbt.position("'/'", from_host) }})
    else '/'
  end
{%- endmacro %}


{#-
  The load time of a row whose table doesn't say one: a day after the event, so that it is neither late nor early.

  Args:
    occurred_at (SQL): a timestamp.
  Returns: SQL, a timestamp without a zone.
-#}
{% macro day_after(occurred_at) -%}
  cast({{ customer_engagement.time_plus('day', 1, occurred_at) }} as timestamp)
{%- endmacro %}
