{#-
  Prints what a person wants to see after a build: customers and their scores, the active ratio, the
  bands, and every warning that matters. `dbt run-operation engagement_summary` prints it any time.

  Returns: nothing.
-#}
{% macro engagement_summary() %}
  {%- if execute -%}
    {%- set sections = customer_engagement.summary_sections() -%}
    {%- do print('') -%}
    {%- for section in sections -%}
      {%- do customer_engagement.print_table(section.title, run_query(section.sql), section.get('when_empty')) -%}
    {%- endfor -%}
  {%- endif -%}
{% endmacro %}


{#-
  The tables of the summary, in order.

  Returns: list of dicts with `title`, `sql` and, where no row is good news, `when_empty`.
-#}
{% macro summary_sections() %}
  {%- set text = dbt.type_string() -%}
  {%- set is_scored = "score_status in ('scored', 'stale_source')" -%}
  {{ return([
    {'title': 'Customer engagement', 'sql': "
      select
        cast(max(as_of_date) as " ~ text ~ ") as as_of_date,
        count(*) as customers,
        count(case when " ~ is_scored ~ " then 1 end) as scored,
        cast(avg(case when " ~ is_scored ~ " then engagement_score end) as decimal(9, 1)) as mean_score
      from " ~ ref('customer_engagement')},
    {'title': 'Active customers of all that were ever active', 'sql': "
      select
        cast(window_days as " ~ text ~ ") || ' days' as \"window\",
        active_customers as active,
        total_customers as total,
        cast(100 * active_ratio as decimal(9, 1)) as percent
      from " ~ ref('engagement_ratios') ~ "
      where total_basis = 'ever_active' and dimension = 'all'
        and as_of_date = (select max(as_of_date) from " ~ ref('customer_engagement') ~ ")
      order by window_days"},
    {'title': 'Bands', 'sql': "
      select
        band,
        count(*) as customers,
        cast(100.0 * count(*) / sum(count(*)) over () as decimal(9, 1)) as percent,
        cast(avg(engagement_score) as decimal(9, 1)) as mean_score
      from " ~ ref('customer_engagement') ~ "
      group by band, band_rank
      order by case when band_rank is null then 1 else 0 end, band_rank desc"},
    {'title': 'Metrics beside their published benchmarks', 'sql': "
      select
        metrics.channel,
        metrics.metric,
        metrics.period_days as days,
        cast(case when metrics.unit = 'ratio' then 100 else 1 end * metrics.value as decimal(28, 1)) as value,
        case when metrics.unit = 'ratio' then 'percent' else metrics.unit end as unit,
        cast(case when metrics.unit = 'ratio' then 100 else 1 end * metrics.benchmark_p50 as decimal(28, 1)) as benchmark,
        metrics.benchmark_position as position
      from " ~ ref('engagement_metrics') ~ " as metrics
      inner join (" ~ customer_engagement.headline_metrics() ~ ") as headlines
        on metrics.channel = headlines.channel and metrics.metric = headlines.metric and metrics.period_days = headlines.period_days
      where metrics.dimension = 'all'
        and metrics.as_of_date = (select max(as_of_date) from " ~ ref('customer_engagement') ~ ")
      order by headlines.place"},
    {'title': 'Event types without a weight (add them to event_weights.csv; 0 for no points)',
     'when_empty': 'none', 'sql': "
      select event_type, score_model, interactions,
        case when is_in_catalogue then 'in event_types.csv' else 'not in event_types.csv' end as catalogue
      from " ~ ref('int_unweighted_event_types') ~ "
      order by interactions desc, event_type, score_model"},
    {'title': 'Rows', 'sql': "
      select
        sum(raw_count) as raw,
        sum(accepted_count) as accepted,
        sum(duplicate_count) as duplicates,
        sum(rejected_count + erased_count) as rejected
      from " ~ ref('int_interaction_counts')},
    {'title': 'Rejected rows (kept in int_rejected_interactions; erased customers are only counted)',
     'when_empty': 'none', 'sql': "
      select rejection_reason as reason, count(*) as \"rows\", count(distinct source) as sources
      from " ~ ref('int_rejected_interactions') ~ "
      group by rejection_reason
      union all
      select 'erased_customer', sum(erased_count), count(distinct source)
      from " ~ ref('int_interaction_counts') ~ "
      where erased_count > 0
      having sum(erased_count) > 0
      order by 2 desc, 1"},
    {'title': 'Ids that came back on another date (each counts again)', 'when_empty': 'none', 'sql': "
      select source, count(*) as ids
      from (
        select source, interaction_id
        from " ~ ref('int_interactions') ~ "
        group by source, interaction_id
        having count(*) > 1
      ) as returning_ids
      group by source
      order by ids desc, source"},
    {'title': 'Stale sources (no event within stale_after_days; the scores of these models are flagged)',
     'when_empty': 'none', 'sql': "
      select
        sources.source,
        coalesce(cast(freshness.latest_event_date as " ~ text ~ "), 'never') as latest_event,
        freshness.days_behind,
        coalesce(" ~ customer_engagement.list_in_order('score_sources.score_model', ', ', 'score_sources.score_model') ~ ", 'none') as score_models
      from (" ~ customer_engagement.listed_sources() ~ ") as sources
      left join " ~ ref('int_source_freshness') ~ " as freshness
        on sources.source = freshness.source
        and freshness.as_of_date = (select as_of_date from " ~ ref('int_as_of_dates') ~ " where is_latest)
      left join " ~ ref('int_score_sources') ~ " as score_sources
        on freshness.as_of_date = score_sources.as_of_date and freshness.source = score_sources.source
      where freshness.is_stale or freshness.latest_event_date is null
      group by sources.source, freshness.latest_event_date, freshness.days_behind
      order by freshness.days_behind desc nulls first, sources.source"},
    {'title': 'Customers with interactions that the customer table lacks',
     'when_empty': 'none' if customer_engagement.customers_model() else 'no customers_model is set', 'sql': "
      select count(*) as customers
      from " ~ ref('int_customers') ~ "
      where not is_known and " ~ ('true' if customer_engagement.customers_model() else 'false') ~ "
      having count(*) > 0"},
  ]) }}
{% endmacro %}


{#-
  The metrics that the summary shows, in order; those that don't exist are left out.

  Returns: SQL, a query with `channel`, `metric`, `period_days` and `place`.
-#}
{% macro headline_metrics() %}
  {%- set selects = [] -%}
  {%- for channel, metric, period_days in [
    ('all', 'active_ratio', 30), ('all', 'stickiness', 30), ('all', 'contractual_churn_rate', 30),
    ('web', 'bounce_rate', 30), ('web', 'session_conversion_rate', 30),
    ('product', 'proactiveness', 30),
    ('email', 'open_rate', 30), ('email', 'click_rate', 30), ('email', 'unsubscribe_rate', 30),
    ('social', 'social_interactions_per_active_customer', 30),
    ('support', 'satisfaction_rate', 30), ('survey', 'nps', 90),
    ('loyalty', 'redemption_rate', 365),
    ('commerce', 'repeat_purchase_rate', 365), ('commerce', 'average_order_value', 365),
  ] -%}
    {%- set columns = "'" ~ channel ~ "' as channel, '" ~ metric ~ "' as metric, " ~ period_days ~ " as period_days, " -%}
    {%- do selects.append('select ' ~ columns ~ loop.index ~ ' as place') -%}
  {%- endfor -%}
  {{ return(selects | join(' union all ')) }}
{% endmacro %}


{#-
  The sources behind the door, those that never gave an event among them.

  Returns: SQL, a query with `source`.
-#}
{% macro listed_sources() %}
  {%- set selects = [] -%}
  {%- for name in customer_engagement.interaction_models() -%}
    {%- do selects.append("select '" ~ name ~ "' as source") -%}
  {%- endfor -%}
  {{ return(selects | join(' union all ')) }}
{% endmacro %}


{#-
  Prints a query's result as a table of aligned columns, numbers to the right.

  Args:
    title (str): the line above.
    table (agate table): the result.
    when_empty (str): what to print behind the title where the table has no row.
  Returns: nothing.
-#}
{% macro print_table(title, table, when_empty=none) %}
  {%- if not table.rows -%}
    {%- do print(title ~ ': ' ~ (when_empty or 'no rows') ~ '\n') -%}
  {%- else -%}
    {%- do print(title) -%}
    {%- set widths = [] -%}
    {%- set numeric = [] -%}
    {%- for name in table.column_names -%}
      {%- set column = loop.index0 -%}
      {%- set cells = [name | length] -%}
      {%- for row in table.rows -%}
        {%- do cells.append((row[column] if row[column] is not none else '') | string | length) -%}
      {%- endfor -%}
      {%- do widths.append(cells | max) -%}
      {%- do numeric.append(table.rows | map(attribute=column) | reject('none') | reject('number') | list | length == 0) -%}
    {%- endfor -%}
    {%- for row in [table.column_names] + (table.rows | list) -%}
      {%- set line = [] -%}
      {%- for cell in row -%}
        {%- set value = (cell if cell is not none else '') | string -%}
        {%- set padding = ' ' * (widths[loop.index0] - value | length) -%}
        {%- do line.append(padding ~ value if numeric[loop.index0] else value ~ padding) -%}
      {%- endfor -%}
      {%- do print('  ' ~ (line | join('  ')).rstrip()) -%}
    {%- endfor -%}
    {%- do print('') -%}
  {%- endif -%}
{% endmacro %}
