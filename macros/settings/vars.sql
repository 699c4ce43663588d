{#-
  What is wrong with the vars and with the models that they name, a sentence each.

  Args:
    vars (dict): name to value of every var of this project.
  Returns: list of str; empty where all is well.
-#}
{% macro var_problems(vars) %}
  {%- set problems = [] -%}
  {%- for name in ('as_of_date', 'earliest_event_date') if vars[name] is not none or name == 'earliest_event_date' -%}
    {%- if not customer_engagement.is_iso_date(vars[name]) -%}
      {%- do problems.append(name ~ " is '" ~ vars[name] ~ "': write a date as YYYY-MM-DD.") -%}
    {%- endif -%}
  {%- endfor -%}
  {#- dbt's next engine has no list of zones; there the warehouse complains. -#}
  {%- set zones = modules.pytz.all_timezones -%}
  {%- if zones and vars.reporting_timezone not in zones -%}
    {%- do problems.append("reporting_timezone is '" ~ vars.reporting_timezone ~ "': write an IANA name such as Europe/Berlin.") -%}
  {%- endif -%}
  {%- if vars.history_grain not in ('day', 'week', 'month') -%}
    {%- do problems.append("history_grain is '" ~ vars.history_grain ~ "': write day, week or month.") -%}
  {%- endif -%}
  {%- for name, least in [('history_periods', 1), ('stale_after_days', 0), ('session_timeout_minutes', 1)] -%}
    {%- if vars[name] is not integer or vars[name] is boolean or vars[name] < least -%}
      {%- do problems.append(name ~ " is '" ~ vars[name] ~ "': write a whole number of at least " ~ least ~ ".") -%}
    {%- endif -%}
  {%- endfor -%}
  {%- set with_metrics = customer_engagement.channels() | reject('equalto', 'other') | list -%}
  {%- if vars.channels is string or vars.channels is mapping or vars.channels is not iterable -%}
    {%- do problems.append("channels is '" ~ vars.channels ~ "': write a list of " ~ with_metrics | join(', ') ~ ".") -%}
  {%- else -%}
    {%- for channel in vars.channels if channel not in with_metrics -%}
      {%- do problems.append("channels lists '" ~ channel ~ "': write some of " ~ with_metrics | join(', ') ~ ".") -%}
    {%- endfor -%}
  {%- endif -%}
  {%- if not vars.raw_data_location is string or not vars.raw_data_location -%}
    {%- do problems.append("raw_data_location is '" ~ vars.raw_data_location ~ "': write the folder that holds the raw files.") -%}
  {%- endif -%}
  {%- do problems.extend(customer_engagement.connector_problems(vars.connectors)) -%}
  {%- if vars.interaction_models is mapping or vars.interaction_models is not iterable -%}
    {%- do problems.append("interaction_models is '" ~ vars.interaction_models ~ "': write a list of model names.") -%}
  {%- elif not vars.interaction_models -%}
    {%- do problems.append("interaction_models is empty: list the models that hold your interactions, or name your connectors, under vars in dbt_project.yml.") -%}
  {%- else -%}
    {%- if vars.interaction_models | unique | list | length < vars.interaction_models | length -%}
      {%- do problems.append("interaction_models lists a model twice: keep one, or every row is its own duplicate.") -%}
    {%- endif -%}
    {%- for model_name in vars.interaction_models -%}
      {%- do problems.extend(customer_engagement.contract_problems('interaction_models', model_name, customer_engagement.interaction_contract())) -%}
    {%- endfor -%}
  {%- endif -%}
  {%- if vars.customers_model is not none -%}
    {%- do problems.extend(customer_engagement.contract_problems('customers_model', vars.customers_model, customer_engagement.customer_contract())) -%}
  {%- endif -%}
  {%- if vars.subscriptions_model is not none -%}
    {%- do problems.extend(customer_engagement.contract_problems('subscriptions_model', vars.subscriptions_model, customer_engagement.subscription_contract())) -%}
    {%- set given = (customer_engagement.find_model(vars.subscriptions_model) or {}).get('columns') -%}
    {%- if given and 'account_id' not in given and 'customer_id' not in given -%}
      {%- do problems.append("subscriptions_model names the model '" ~ vars.subscriptions_model ~ "', which says of no period whose it is: add account_id or customer_id to the model and to its yml.") -%}
    {%- endif -%}
  {%- endif -%}
  {{ return(problems) }}
{% endmacro %}


{#-
  What keeps a listed name from being read: it isn't a model (of a name that nothing has, dbt itself
  complains while it parses), its contract isn't enforced, lacks a required column, or gives a time
  with a zone, whose cast would depend on the session's zone.

  Args:
    var_name (str): the var that lists the model.
    model_name (str): the model.
    contract (list of dict): the columns it must give.
  Returns: list of str.
-#}
{% macro contract_problems(var_name, model_name, contract) %}
  {%- set problems = [] -%}
  {%- set node = customer_engagement.find_model(model_name) -%}
  {%- if node is none -%}
    {%- do problems.append(var_name ~ " names '" ~ model_name ~ "', which isn't a model: correct the name.") -%}
  {%- else -%}
    {%- if not node.config.get('contract', {}).get('enforced') -%}
      {%- do problems.append(var_name ~ " names the model '" ~ model_name ~ "', whose contract isn't enforced: set contract: {enforced: true} in its yml.") -%}
    {%- endif -%}
    {%- set said = customer_engagement.said_of_source(node) -%}
    {%- set days = said.get('lookback_days', 'all') -%}
    {%- if days != 'all' and (days is not integer or days is boolean or days < 1) -%}
      {%- do problems.append(var_name ~ " names the model '" ~ model_name ~ "', whose lookback_days is '" ~ days ~ "': write a whole number of at least 1, or all.") -%}
    {%- endif -%}
    {%- set limit = said.get('stale_after_days', 0) -%}
    {%- if limit is not integer or limit is boolean or limit < 0 -%}
      {%- do problems.append(var_name ~ " names the model '" ~ model_name ~ "', whose stale_after_days is '" ~ limit ~ "': write a whole number of at least 0.") -%}
    {%- endif -%}
    {%- set missing = contract | selectattr('required') | rejectattr('name', 'in', node.columns) | map(attribute='name') | list -%}
    {%- for column in contract if column.type == 'timestamp' -%}
      {%- set given = (node.columns.get(column.name, {}).get('data_type') or '') | lower -%}
      {%- if 'zone' in given or 'tz' in given -%}
        {%- do problems.append(var_name ~ " names the model '" ~ model_name ~ "', whose " ~ column.name ~ " has a time zone: cast it to a timestamp in UTC, and say timestamp in the yml.") -%}
      {%- endif -%}
    {%- endfor -%}
    {%- if missing -%}
      {%- do problems.append(var_name ~ " names the model '" ~ model_name ~ "', which lacks " ~ missing | join(', ') ~ ": add what is missing to the model and to its yml.") -%}
    {%- endif -%}
  {%- endif -%}
  {{ return(problems) }}
{% endmacro %}


{#-
  The models and seeds of the root project that this project would read for its own of the same name, a sentence
  each, as it happens without dbt's flag require_ref_searches_node_package_before_root.

  Returns: list of str; empty where all is well, and while dbt parses.
-#}
{% macro mistaken_names() %}
  {%- set owners, problems = {}, [] -%}
  {%- for unique_id in graph.get('nodes', {}) if unique_id.split('.')[0] in ('model', 'seed') -%}
    {%- do owners.setdefault(unique_id.split('.')[2], {}).update({unique_id.split('.')[1]: unique_id}) -%}
  {%- endfor -%}
  {%- set shared = {} -%}
  {%- for name, ids in owners.items() if project_name in ids and 'customer_engagement' in ids -%}
    {%- do shared.update({ids[project_name]: name} if project_name != 'customer_engagement' else {}) -%}
  {%- endfor -%}
  {%- for unique_id in graph.get('nodes', {}) if shared and unique_id.startswith('model.customer_engagement.') -%}
    {%- for read in graph.nodes[unique_id].depends_on.nodes if read in shared -%}
      {%- do problems.append("Your " ~ shared[read] ~ " would be read for the package's of the same name: set require_ref_searches_node_package_before_root: true under flags in your dbt_project.yml.") -%}
    {%- endfor -%}
  {%- endfor -%}
  {{ return(problems | unique | sort) }}
{% endmacro %}


{#-
  Whether a value is a date written as YYYY-MM-DD.

  Args:
    value (any): what a var holds.
  Returns: bool.
-#}
{% macro is_iso_date(value) %}
  {%- set parts = modules.re.match('^([0-9]{4})-([0-9]{2})-([0-9]{2})$', value | string) -%}
  {%- if parts is none -%}{{ return(false) }}{%- endif -%}
  {%- set year, month, day = parts.group(1) | int, parts.group(2) | int, parts.group(3) | int -%}
  {%- if year < 1 or month < 1 or month > 12 or day < 1 -%}{{ return(false) }}{%- endif -%}
  {%- set days = [31, 29 if (year % 4 == 0 and year % 100 != 0) or year % 400 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] -%}
  {{ return(day <= days[month - 1]) }}
{% endmacro %}


{#-
  Stops the run with one sentence a problem where a var makes no sense, or a model of the root project would be
  taken for one of this project's. Runs on every run's start, before any table is touched.

  Returns: nothing.
  Errors: a compilation error that lists the problems.
-#}
{% macro check_vars() %}
  {%- if execute -%}
    {%- set problems = customer_engagement.var_problems({
      'channels': var('channels'),
      'as_of_date': var('as_of_date'),
      'earliest_event_date': var('earliest_event_date'),
      'reporting_timezone': var('reporting_timezone'),
      'history_grain': var('history_grain'),
      'history_periods': var('history_periods'),
      'stale_after_days': var('stale_after_days'),
      'session_timeout_minutes': var('session_timeout_minutes'),
      'raw_data_location': var('raw_data_location'),
      'connectors': var('connectors'),
      'interaction_models': customer_engagement.interaction_models(),
      'customers_model': customer_engagement.customers_model(),
      'subscriptions_model': customer_engagement.subscriptions_model(),
    }) -%}
    {%- if problems -%}
      {{ exceptions.raise_compiler_error('The vars make no sense, so no table was touched.\n' ~ problems | join('\n')) }}
    {%- endif -%}
    {%- set mistaken = customer_engagement.mistaken_names() -%}
    {%- if mistaken -%}
      {{ exceptions.raise_compiler_error('Two models have one name, so no table was touched.\n' ~ mistaken | join('\n')) }}
    {%- endif -%}
  {%- endif -%}
{% endmacro %}
