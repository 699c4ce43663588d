{#-
  The systems whose tables this project can read, each with its tables and the models that read them. A model is on
  while its system is named in the var `connectors` and each table that it reads is listed.

  Returns: dict of system to dict with `tables` (read unless the connector lists others), `further_tables` (read where
    the connector lists them), `lookback_days` (unless the connector says another) and, by what they give, dicts of model
    name to the tables that it reads: `interactions`, `customers`, `subscriptions`, `identities`, and `others`, which
    only further models read.
-#}
{% macro connector_systems() %}
  {{ return(dict(customer_engagement.tracking_systems(), **customer_engagement.business_systems())) }}
{% endmacro %}


{#-
  The connectors that are named, as the var `connectors` has them; what makes no sense is left out, and stops the run
  by `connector_problems`.

  Returns: list of dicts, each with `system`, in the var's order.
-#}
{% macro connectors() %}
  {%- set named = [] -%}
  {%- if var('connectors') is iterable and var('connectors') is not string and var('connectors') is not mapping -%}
    {%- for connector in var('connectors') if connector is mapping and connector.system in customer_engagement.connector_systems() -%}
      {%- do named.append(connector) -%}
    {%- endfor -%}
  {%- endif -%}
  {{ return(named) }}
{% endmacro %}


{#-
  What the var `connectors` says of a system.

  Args:
    system (str): the system's name.
  Returns: dict; empty where it isn't named.
-#}
{% macro connector(system) %}
  {{ return(customer_engagement.connectors() | selectattr('system', 'equalto', system) | first | default({})) }}
{% endmacro %}


{#-
  The tables of a system that are read: those that its connector lists under `tables` (or maps to the names that they
  have in its warehouse), or the usual ones.

  Args:
    system (str): the system's name.
  Returns: list of str; empty where the system isn't named.
-#}
{% macro connector_tables(system) %}
  {%- set connector = customer_engagement.connector(system) -%}
  {%- set usual = customer_engagement.connector_systems()[system].tables if connector else [] -%}
  {{ return((connector.get('tables') or usual) | list) }}
{% endmacro %}


{#-
  The models of the named connectors that give one thing, of those whose tables are all listed.

  Args:
    gives (str): 'interactions', 'customers', 'subscriptions', 'identities' or 'others'.
  Returns: list of model names, in the connectors' order.
-#}
{% macro connector_models(gives) %}
  {%- set names = [] -%}
  {%- for connector in customer_engagement.connectors() -%}
    {%- set tables = customer_engagement.connector_tables(connector.system) -%}
    {%- for name, reads in customer_engagement.connector_systems()[connector.system].get(gives, {}).items() -%}
      {%- if reads | reject('in', tables) | list | length == 0 -%}
        {%- do names.append(name) -%}
      {%- endif -%}
    {%- endfor -%}
  {%- endfor -%}
  {{ return(names) }}
{% endmacro %}


{#-
  The config of a connector's model: how far back its system rewrites rows, and that it is off where its system is named
  without all of its tables. Where its system isn't named, its yml has it off, so that dbt doesn't take the yml for that
  of a user's model of the same name.

  Args:
    name (str): the model's own name, `stg_<system>__<entity>` or `int_<system>_<what>`.
  Returns: dict, for `config(**...)`.
-#}
{% macro connector_model(name) %}
  {%- set is_on = namespace(found=false) -%}
  {%- for gives in ['interactions', 'customers', 'subscriptions', 'identities', 'others'] -%}
    {%- set is_on.found = is_on.found or name in customer_engagement.connector_models(gives) -%}
  {%- endfor -%}
  {%- set system = name.split('_')[1] -%}
  {%- set usual = customer_engagement.connector_systems().get(system, {}).get('lookback_days') -%}
  {%- set lookback_days = customer_engagement.connector(system).get('lookback_days', usual) -%}
  {%- set meta = {'customer_engagement': {'lookback_days': lookback_days}} if lookback_days is not none else {} -%}
  {%- set config = {'meta': meta} -%}
  {%- if customer_engagement.connector(system) and not is_on.found -%}
    {%- do config.update({'enabled': false}) -%}
  {%- endif -%}
  {{ return(config) }}
{% endmacro %}


{#-
  The config of a model that joins what several connectors give: off where those that are named don't give it. Without
  any connector, its yml has it off, as for `connector_model`.

  Args:
    gives (str): 'customers' or 'identities'.
    replaced (bool): whether a model of the user's stands in for it.
  Returns: dict, for `config(**...)`.
-#}
{% macro connectors_model(gives, replaced=false) %}
  {%- set is_off = customer_engagement.connectors() and (replaced or not customer_engagement.connector_models(gives)) -%}
  {{ return({'enabled': false} if is_off else {}) }}
{% endmacro %}


{#-
  What is wrong with the var `connectors`, a sentence each.

  Args:
    connectors (any): the var's value.
  Returns: list of str; empty where all is well.
-#}
{% macro connector_problems(connectors) %}
  {%- set problems = [] -%}
  {%- set systems = customer_engagement.connector_systems() -%}
  {%- set keys = ['system', 'schema', 'database', 'tables', 'time_zone', 'lookback_days'] -%}
  {%- if connectors is string or connectors is mapping or connectors is not iterable -%}
    {{ return(["connectors is '" ~ connectors ~ "': write a list, each item with a system and a schema."]) }}
  {%- endif -%}
  {%- for connector in connectors -%}
    {%- set system = connector.system if connector is mapping -%}
    {%- set of_system = 'connectors, ' ~ system ~ ': ' -%}
    {%- if connector is not mapping -%}
      {%- do problems.append("connectors lists '" ~ connector ~ "': write its system and its schema.") -%}
    {%- elif system not in systems -%}
      {%- do problems.append("connectors names the system '" ~ (system or '') ~ "': write some of " ~ systems | sort | join(', ') ~ ".") -%}
    {%- else -%}
      {%- if connectors | selectattr('system', 'equalto', system) | list | length > 1 -%}
        {%- do problems.append(of_system ~ "the system is named twice: keep one, and let a view join the tables of the other to its own.") -%}
      {%- endif -%}
      {%- for key in connector if key not in keys -%}
        {%- do problems.append(of_system ~ "'" ~ key ~ "' means nothing here: write " ~ keys | join(', ') ~ ".") -%}
      {%- endfor -%}
      {%- if connector.schema is not string or not connector.schema -%}
        {%- do problems.append(of_system ~ "schema is '" ~ (connector.schema or '') ~ "': write the schema that holds its tables.") -%}
      {%- endif -%}
      {%- set time_zone = connector.get('time_zone', 'UTC') -%}
      {#- dbt's next engine has no list of zones; there the warehouse complains. -#}
      {%- set zones = modules.pytz.all_timezones -%}
      {%- if zones and time_zone not in zones -%}
        {%- do problems.append(of_system ~ "time_zone is '" ~ time_zone ~ "': write an IANA name such as Europe/Berlin.") -%}
      {%- endif -%}
      {%- set days = connector.get('lookback_days', 'all') -%}
      {%- if days != 'all' and (days is not integer or days is boolean or days < 1) -%}
        {%- do problems.append(of_system ~ "lookback_days is '" ~ days ~ "': write a whole number of at least 1, or all.") -%}
      {%- endif -%}
      {%- set known = systems[system].tables + systems[system].get('further_tables', []) -%}
      {%- set tables = connector.get('tables', known) -%}
      {%- if tables is string or tables is not iterable or not tables -%}
        {%- do problems.append(of_system ~ "tables is '" ~ tables ~ "': write a list, some of " ~ known | join(', ') ~ ", or what each is called in the warehouse.") -%}
      {%- else -%}
        {%- for table in tables if table not in known -%}
          {%- do problems.append(of_system ~ "tables lists '" ~ table ~ "': write some of " ~ known | join(', ') ~ ".") -%}
        {%- endfor -%}
      {%- endif -%}
    {%- endif -%}
  {%- endfor -%}
  {{ return((problems or customer_engagement.missing_tables()) | unique | list) }}
{% endmacro %}


{#-
  The listed tables that the warehouse doesn't have, a sentence each.

  Returns: list of str.
-#}
{% macro missing_tables() %}
  {%- set problems = [] -%}
  {%- for connector in customer_engagement.connectors() -%}
    {%- for table in customer_engagement.connector_tables(connector.system) -%}
      {%- set source = graph.sources.get('source.customer_engagement.' ~ connector.system ~ '.' ~ table) -%}
      {#- A name with a wildcard stands for many tables. -#}
      {%- if source and '*' not in source.identifier and adapter.get_relation(source.database, source.schema, source.identifier) is none -%}
        {%- do problems.append(
          'connectors, ' ~ connector.system ~ ': there is no table ' ~ source.schema ~ '.' ~ source.identifier
          ~ ': correct the schema, or list under tables those that there are.'
        ) -%}
      {%- endif -%}
    {%- endfor -%}
  {%- endfor -%}
  {{ return(problems) }}
{% endmacro %}
