{#-
  The marts whose metrics stand in engagement_metrics: engagement_ratios, and those of `metric_marts()`
  that say `is_listed`. They are named because dbt must know what a model reads before there is a
  manifest; which metrics they hold, the manifest says (`metric_columns`).

  Returns: list of dicts with `name` and `channel`.
-#}
{% macro listed_marts() %}
  {%- set ratios = {'name': 'engagement_ratios', 'channel': none} -%}
  {{ return([ratios] + customer_engagement.metric_marts() | selectattr('is_listed', 'defined') | list) }}
{% endmacro %}


{#-
  The metrics of a mart: the columns whose yml has `metric` under `config.meta`.

  Its keys: `numerator`, `denominator` (columns; both may be left out), `unit`, `higher_is_better`; and,
  where needed, `name` (default: the column's), `period_days` (only the rows of that window are taken)
  and `rows` (SQL, a condition on the mart's rows). A list of such makes several metrics of one column.
  A mart that is shaped otherwise says under its own `config.meta.metrics` what stands for `as_of_date`,
  `period_days`, `dimension` and `dimension_value` (SQL over its columns), and which `rows` to take.

  Args:
    mart (dict): `name` and `channel`.
  Returns: list of dicts with `mart`, `channel`, `metric`, `column`, `definition`, `numerator`, `denominator`,
    `unit`, `higher_is_better`, `as_of_date`, `period_days`, `dimension`, `dimension_value`, `is_complete_window`
    and `rows`.
-#}
{% macro metric_columns(mart) %}
  {%- set found = [] -%}
  {%- set node = customer_engagement.find_model(mart.name) or {'columns': {}} -%}
  {%- set shape = node.get('config', {}).get('meta', {}).get('metrics', {}) -%}
  {%- for column in node.columns.values() -%}
    {%- set said = column.get('config', {}).get('meta', {}).get('metric') or [] -%}
    {%- for metric in ([said] if said is mapping else said) -%}
      {%- set period = shape.get('period_days', 'window_days') -%}
      {%- set named_rows = metric.rows or shape.get('rows') -%}
      {%- set window = period ~ ' = ' ~ metric.period_days if metric.period_days -%}
      {%- do found.append({
        'mart': mart.name,
        'channel': mart.channel or 'all',
        'metric': metric.name or column.name,
        'column': column.name,
        'definition': column.description.split() | join(' ') ~ (' (' ~ named_rows ~ ')' if named_rows else ''),
        'numerator': metric.numerator or 'null',
        'denominator': metric.denominator or 'null',
        'unit': metric.unit or 'number',
        'higher_is_better': metric.get('higher_is_better'),
        'as_of_date': shape.get('as_of_date', 'as_of_date'),
        'period_days': period,
        'dimension': shape.get('dimension', 'dimension'),
        'dimension_value': shape.get('dimension_value', 'dimension_value'),
        'is_complete_window': 'is_complete_window' if 'is_complete_window' in node.columns else 'null',
        'rows': [named_rows, window] | select | join(' and ') or 'true',
      }) -%}
    {%- endfor -%}
  {%- endfor -%}
  {{ return(found) }}
{% endmacro %}


{#-
  The metrics of all marts of `listed_marts()`.

  Returns: list of dicts, as `metric_columns` gives them; empty while dbt parses.
-#}
{% macro listed_metrics() %}
  {%- set metrics = [] -%}
  {%- for mart in customer_engagement.listed_marts() -%}
    {%- do metrics.extend(customer_engagement.metric_columns(mart)) -%}
  {%- endfor -%}
  {{ return(metrics) }}
{% endmacro %}


{#-
  Prints every metric with its channel, its column and its definition, as a table in Markdown:
  `dbt run-operation print_metrics`.

  Returns: nothing.
-#}
{% macro print_metrics() %}
  {%- do print('| metric | channel | where | unit | definition |') -%}
  {%- do print('| --- | --- | --- | --- | --- |') -%}
  {%- for metric in customer_engagement.listed_metrics() | sort(attribute='channel,metric') -%}
    {%- set name, place = '`' ~ metric.metric ~ '`', '`' ~ metric.mart ~ '.' ~ metric.column ~ '`' -%}
    {%- set cells = [name, metric.channel, place, metric.unit, metric.definition | replace('|', '\\|')] -%}
    {%- do print('| ' ~ cells | join(' | ') ~ ' |') -%}
  {%- endfor -%}
{% endmacro %}


{#-
  Where a value stands beside its benchmark, the better side up.

  Better and worse begin beyond the quartiles; where the source gives none, beyond the median (or mean).

  Args:
    value (SQL): a number.
    benchmarks (str): the CTE or relation with `p25`, `p50` and `p75`.
    higher_is_better (SQL): a boolean; null where neither is.
  Returns: SQL, 'better', 'typical' or 'worse'; null without a value or a benchmark.
-#}
{% macro benchmark_position(value, benchmarks, higher_is_better) -%}
  {%- set low = 'coalesce(' ~ benchmarks ~ '.p25, ' ~ benchmarks ~ '.p50)' -%}
  {%- set high = 'coalesce(' ~ benchmarks ~ '.p75, ' ~ benchmarks ~ '.p50)' -%}
  case
    when {{ value }} is null or {{ higher_is_better }} is null or {{ benchmarks }}.p50 is null then null
    when {{ value }} between {{ low }} and {{ high }} then 'typical'
    when ({{ value }} > {{ high }}) = {{ higher_is_better }} then 'better'
    else 'worse'
  end
{%- endmacro %}
