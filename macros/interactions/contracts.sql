{#-
  The interaction contract: the columns that a model listed in `interaction_models` gives.

  Returns: list of dicts with `name`, `type` and `required`. Timestamps are UTC.
-#}
{% macro interaction_contract() %}
  {{ return([
    {'name': 'interaction_id', 'type': 'string', 'required': true},
    {'name': 'customer_id', 'type': 'string', 'required': true},
    {'name': 'event_type', 'type': 'string', 'required': true},
    {'name': 'occurred_at', 'type': 'timestamp', 'required': true},
    {'name': 'loaded_at', 'type': 'timestamp', 'required': true},
    {'name': 'anonymous_id', 'type': 'string', 'required': false},
    {'name': 'session_id', 'type': 'string', 'required': false},
    {'name': 'account_id', 'type': 'string', 'required': false},
    {'name': 'quantity', 'type': 'decimal(18, 4)', 'required': false},
    {'name': 'amount', 'type': 'decimal(18, 4)', 'required': false},
    {'name': 'currency', 'type': 'string', 'required': false},
    {'name': 'is_bot', 'type': 'boolean', 'required': false},
    {'name': 'content_id', 'type': 'string', 'required': false},
    {'name': 'campaign_id', 'type': 'string', 'required': false},
  ]) }}
{% endmacro %}


{#-
  The customer contract: the columns that the model named in `customers_model` gives.

  Returns: list of dicts with `name`, `type` and `required`.
-#}
{% macro customer_contract() %}
  {{ return([
    {'name': 'customer_id', 'type': 'string', 'required': true},
    {'name': 'created_at', 'type': 'timestamp', 'required': true},
    {'name': 'account_id', 'type': 'string', 'required': false},
    {'name': 'plan', 'type': 'string', 'required': false},
    {'name': 'country', 'type': 'string', 'required': false},
    {'name': 'customer_type', 'type': 'string', 'required': false},
  ]) }}
{% endmacro %}


{#-
  The subscription contract: the columns that the model named in `subscriptions_model` gives, a row for
  each period of a subscription with the same plan and monthly revenue. A row names its account, its
  customer, or both: the model gives at least one of the two columns.

  Returns: list of dicts with `name`, `type` and `required`.
-#}
{% macro subscription_contract() %}
  {{ return([
    {'name': 'subscription_id', 'type': 'string', 'required': true},
    {'name': 'account_id', 'type': 'string', 'required': false},
    {'name': 'customer_id', 'type': 'string', 'required': false},
    {'name': 'plan', 'type': 'string', 'required': false},
    {'name': 'status', 'type': 'string', 'required': false},
    {'name': 'mrr', 'type': 'decimal(18, 4)', 'required': true},
    {'name': 'currency', 'type': 'string', 'required': false},
    {'name': 'started_on', 'type': 'date', 'required': true},
    {'name': 'ended_on', 'type': 'date', 'required': true},
    {'name': 'renewal_date', 'type': 'date', 'required': false},
    {'name': 'loaded_at', 'type': 'timestamp', 'required': false},
  ]) }}
{% endmacro %}


{#-
  The identity contract: the columns of a connector's model whose row says that two ids belong to one customer.

  Returns: list of dicts with `name`, `type` and `required`. `customer_id` is the id that stays, `other_id` one that the
    customer had before or has elsewhere (a hashed e-mail address).
-#}
{% macro identity_contract() %}
  {{ return([
    {'name': 'customer_id', 'type': 'string', 'required': true},
    {'name': 'other_id', 'type': 'string', 'required': true},
    {'name': 'linked_at', 'type': 'timestamp', 'required': true},
    {'name': 'loaded_at', 'type': 'timestamp', 'required': true},
  ]) }}
{% endmacro %}


{#-
  The models behind the door: those of the var `interaction_models` (a list, or one name) and of the connectors, or, while
  this project is the root and neither is set, those of the sample company.

  Returns: list of model names.
-#}
{% macro interaction_models() %}
  {%- set listed = var('interaction_models') or [] -%}
  {%- set named = ([listed] if listed is string else listed) + customer_engagement.connector_models('interactions') -%}
  {{ return(named or customer_engagement.sample_interaction_models()) }}
{% endmacro %}


{#-
  The models behind the door that may say which device a row comes from: those whose contract has
  `anonymous_id`.

  Returns: list of model names; empty while dbt parses.
-#}
{% macro identifying_models() %}
  {%- set names = [] -%}
  {%- for name in customer_engagement.interaction_models() -%}
    {%- set node = customer_engagement.find_model(name) -%}
    {%- if node and 'anonymous_id' in node.columns -%}
      {%- do names.append(name) -%}
    {%- endif -%}
  {%- endfor -%}
  {{ return(names) }}
{% endmacro %}


{#-
  The model that keeps the customer contract: the var `customers_model`, or the customers of the connectors, or, while
  this project is the root and neither events nor connectors are set, that of the sample company.

  Returns: a model's name, or none.
-#}
{% macro customers_model() %}
  {%- set of_connectors = 'int_connector_customers' if customer_engagement.connector_models('customers') -%}
  {%- set sample = 'int_crm_customers' if customer_engagement.sample_is_on() -%}
  {{ return(var('customers_model') or of_connectors or sample or none) }}
{% endmacro %}


{#-
  The model that keeps the subscription contract: the var `subscriptions_model`, or the first connector's that has
  subscriptions, or, while this project is the root and nothing is set, that of the sample company.

  Returns: a model's name, or none.
-#}
{% macro subscriptions_model() %}
  {%- set of_connectors = customer_engagement.connector_models('subscriptions') | first -%}
  {%- set sample = 'stg_billing__subscriptions' if customer_engagement.sample_is_on() -%}
  {{ return(var('subscriptions_model') or of_connectors or sample or none) }}
{% endmacro %}


{#-
  The manifest's entry of an enabled model: this project's, else the root project's, else any of that name, as
  `ref` finds it from a model of this project.

  Args:
    name (str): the model's name.
  Returns: the node, or none, as always while dbt parses.
-#}
{% macro find_model(name) %}
  {%- set found = {} -%}
  {#- By the ids, since dbt makes each entry that is looked at anew. -#}
  {%- for unique_id in graph.get('nodes', {}) if unique_id.startswith('model.') and unique_id.split('.')[2] == name -%}
    {%- do found.setdefault(unique_id.split('.')[1], unique_id) -%}
  {%- endfor -%}
  {%- for package in ['customer_engagement', project_name] + found.keys() | list if package in found -%}
    {{ return(graph.nodes[found[package]]) }}
  {%- endfor -%}
  {{ return(none) }}
{% endmacro %}


{#-
  A select of a contract's columns from a model, typed; a column that the model's own contract
  lacks is null.

  Args:
    model_name (str): the model; none for a null in each column.
    contract (list of dict): `interaction_contract()`, `customer_contract()` or `subscription_contract()`.
  Returns: SQL, the lines between `select` and `from`.
-#}
{% macro contract_columns(model_name, contract) -%}
  {%- set node = customer_engagement.find_model(model_name) -%}
  {%- for column in contract %}
    {%- set given = model_name and (column.required or (node is not none and column.name in node.columns)) %}
    cast({{ column.name if given else 'null' }} as {{ api.Column.translate_type(column.type) }}) as {{ column.name }}
    {{- ',' if not loop.last }}
  {%- endfor %}
{%- endmacro %}


{#-
  A total order of the raw rows that share an id: the first load first, then the earlier time, then
  every other column, so that two rows that tie on all are the same row.

  Args:
    relation (str): the CTE that holds the rows.
  Returns: SQL, an `order by` list.
-#}
{% macro first_load_first(relation) -%}
  {{ relation }}.loaded_at nulls last, {{ relation }}.occurred_at nulls last
  {%- for column in customer_engagement.interaction_contract()
    if column.name not in ('interaction_id', 'occurred_at', 'loaded_at') -%}
    , {{ relation }}.{{ column.name }} nulls last
  {%- endfor -%}
{%- endmacro %}


{#-
  The sources that rewrite rows without a new load time, as their models' `meta` says: under
  `customer_engagement`, `lookback_days`, a whole number of days before the source's latest event,
  or `all`. The contents of those days are part of the source's fingerprint.

  Returns: list of dicts with `source` and `days` (int or 'all').
-#}
{% macro source_lookbacks() %}
  {%- set lookbacks = [] -%}
  {%- for name in customer_engagement.interaction_models() -%}
    {%- set days = customer_engagement.said_of_source(customer_engagement.find_model(name)).get('lookback_days') -%}
    {%- if days is not none -%}
      {%- do lookbacks.append({'source': name, 'days': days}) -%}
    {%- endif -%}
  {%- endfor -%}
  {{ return(lookbacks) }}
{% endmacro %}


{#-
  After how many days without an event each source is stale: `stale_after_days` of its model's `meta`,
  under `customer_engagement`, for a source that rests by its nature (a survey each quarter); else the var.

  Returns: list of dicts with `source` and `days`, in the order of `interaction_models()`.
-#}
{% macro source_stale_limits() %}
  {%- set limits = [] -%}
  {%- for name in customer_engagement.interaction_models() -%}
    {%- set said = customer_engagement.said_of_source(customer_engagement.find_model(name)) -%}
    {%- do limits.append({'source': name, 'days': said.get('stale_after_days', var('stale_after_days'))}) -%}
  {%- endfor -%}
  {{ return(limits) }}
{% endmacro %}


{#-
  What the model of a source says of it in its yml, under `config.meta.customer_engagement`.

  Args:
    node (dict): the manifest's entry of the model; none while dbt parses.
  Returns: dict, empty where it says nothing.
-#}
{% macro said_of_source(node) %}
  {{ return((node or {}).get('config', {}).get('meta', {}).get('customer_engagement') or {}) }}
{% endmacro %}
