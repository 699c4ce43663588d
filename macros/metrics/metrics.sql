{#-
  The channels that the metrics cover: the var `channels`. A channel that isn't listed has no models;
  everything else still builds.

  Args:
    channel (str): one of `channels()`; none for what belongs to no channel.
  Returns: bool.
-#}
{% macro channel_is_on(channel) %}
  {{ return(channel is none or channel in var('channels')) }}
{% endmacro %}


{#-
  What the metrics may count an event as, whatever a business calls its event types: the values of
  `counts_as` in event_types.csv.

  Returns: list of str.
-#}
{% macro event_roles() %}
  {{ return([
    'page_view',
    'feature_used',
    'email_delivered', 'email_opened', 'email_clicked', 'email_bounced', 'email_unsubscribed', 'email_complained',
    'like', 'comment', 'share', 'follow',
    'order', 'order_cancelled', 'order_refunded',
    'ticket_opened', 'ticket_replied', 'ticket_resolved', 'ticket_reopened', 'ticket_rated',
    'survey_answered',
    'loyalty_enrolled', 'points_issued', 'points_redeemed', 'points_expired',
  ]) }}
{% endmacro %}


{#-
  The marts of metrics that are replaced by whole as-of dates: the channel they belong to (none: all
  customers'), the as-of dates that they keep, the windows that they measure, in days, what they are built
  from where the events (for the website: the raw ones) aren't all, and whether their metrics stand in
  engagement_metrics.

  Returns: list of dicts with `name`, `channel`, `dates` (a condition on int_as_of_dates), `windows` and, for
    some, `inputs` (columns of int_as_of_date_versions) and `is_listed`.
-#}
{% macro metric_marts() %}
  {{ return([
    {
        'name': 'active_day_distribution', 'channel': none, 'dates': 'is_kept', 'windows': [7, 28],
        'inputs': ['events_version', 'is_latest'],
    },
    {'name': 'customer_lifecycle', 'channel': none, 'dates': 'is_latest', 'windows': [1]},
    {'name': 'growth_accounting', 'channel': none, 'dates': 'is_latest', 'windows': [1]},
    {'name': 'retention_cohorts', 'channel': none, 'dates': 'is_latest', 'windows': [1]},
    {'name': 'web_metrics', 'channel': 'web', 'dates': 'is_kept', 'windows': [1, 7, 30], 'is_listed': true},
    {'name': 'clickstream_transitions', 'channel': 'web', 'dates': 'is_latest', 'windows': [30]},
    {'name': 'clickstream_paths', 'channel': 'web', 'dates': 'is_latest', 'windows': [30]},
    {'name': 'email_metrics', 'channel': 'email', 'dates': 'is_kept', 'windows': [1, 7, 30], 'is_listed': true},
    {'name': 'social_metrics', 'channel': 'social', 'dates': 'is_kept', 'windows': [1, 7, 30], 'is_listed': true},
    {'name': 'product_metrics', 'channel': 'product', 'dates': 'is_kept', 'windows': [1, 7, 30], 'is_listed': true},
    {
        'name': 'feature_adoption', 'channel': 'product', 'dates': 'is_kept', 'windows': [7, 30], 'is_listed': true,
        'inputs': ['events_version', 'feature_entitlements_version'],
    },
    {'name': 'support_metrics', 'channel': 'support', 'dates': 'is_kept', 'windows': [1, 7, 30], 'is_listed': true},
    {'name': 'survey_metrics', 'channel': 'survey', 'dates': 'is_kept', 'windows': [30, 90, 365], 'is_listed': true},
    {'name': 'loyalty_metrics', 'channel': 'loyalty', 'dates': 'is_kept', 'windows': [30, 90, 365], 'is_listed': true},
    {
        'name': 'commerce_metrics', 'channel': 'commerce', 'dates': 'is_kept', 'windows': [30, 90, 365], 'is_listed': true,
        'inputs': ['events_version', 'exchange_rates_version'],
    },
    {
        'name': 'customer_value', 'channel': 'commerce', 'dates': 'is_latest', 'windows': [365, 730],
        'inputs': ['events_version', 'exchange_rates_version', 'rfm_segments_version'],
    },
    {
        'name': 'customer_predictions', 'channel': 'commerce', 'dates': 'is_latest', 'windows': [1],
        'inputs': ['events_version', 'exchange_rates_version', 'clv_parameters_version'],
    },
    {
        'name': 'subscription_metrics', 'channel': none, 'dates': 'is_kept', 'windows': [30, 90, 365], 'is_listed': true,
        'inputs': ['subscriptions_version', 'exchange_rates_version'],
    },
    {
        'name': 'segment_metrics', 'channel': none, 'dates': 'is_kept', 'windows': [1], 'is_listed': true,
        'inputs': [
            'events_version', 'score_models_version', 'lookback_version', 'score_bands_version', 'subscriptions_version', 'is_latest',
            'history_version',
        ],
    },
    {
        'name': 'loyalty_index', 'channel': none, 'dates': 'is_latest', 'windows': [365],
        'inputs': ['events_version', 'exchange_rates_version'],
    },
  ] | selectattr('channel', 'in', [none] + var('channels')) | list) }}
{% endmacro %}


{#-
  What a business decides about its metrics: the rows of metric_settings.csv, with their types and the
  least and the most that makes sense.

  Returns: list of dicts with `name`, `type`, `least` and `most`.
-#}
{% macro metric_settings() %}
  {{ return([
    {'name': 'warm_up_days', 'type': 'integer', 'least': 0, 'most': 3650},
    {'name': 'engaged_session_seconds', 'type': 'integer', 'least': 0, 'most': 86400},
    {'name': 'path_steps', 'type': 'integer', 'least': 2, 'most': 20},
    {'name': 'top_paths', 'type': 'integer', 'least': 1, 'most': 1000},
    {'name': 'conversion_lookback_days', 'type': 'integer', 'least': 1, 'most': 365},
    {'name': 'adoption_minimum_uses', 'type': 'integer', 'least': 1, 'most': 1000},
    {'name': 'minimum_survey_responses', 'type': 'integer', 'least': 1, 'most': 100000},
    {'name': 'gross_margin', 'type': 'decimal(9, 6)', 'least': 0, 'most': 1},
    {'name': 'maximum_lifetime_years', 'type': 'decimal(9, 6)', 'least': 0, 'most': 100},
    {'name': 'prediction_days', 'type': 'integer', 'least': 1, 'most': 3650},
    {'name': 'hysteresis_lookback_days', 'type': 'integer', 'least': 2, 'most': most_lookback_days()},
    {'name': 'significance', 'type': 'decimal(9, 6)', 'least': 0, 'most': 10},
    {'name': 'fall_significance', 'type': 'decimal(9, 6)', 'least': 0, 'most': 10},
    {'name': 'minimum_previous_events', 'type': 'integer', 'least': 0, 'most': 1000000},
    {'name': 'low_volume_ratio', 'type': 'decimal(9, 6)', 'least': 0, 'most': 1},
    {'name': 'low_volume_minimum', 'type': 'integer', 'least': 1, 'most': 1000000000},
    {'name': 'outlook_days', 'type': 'integer', 'least': 0, 'most': 3650},
    {'name': 'renewal_horizon_days', 'type': 'integer', 'least': 0, 'most': 3650},
    {'name': 'concentration_risk_from', 'type': 'decimal(9, 6)', 'least': 0, 'most': 1},
    {'name': 'good_fit_from', 'type': 'decimal(9, 6)', 'least': 0, 'most': 100},
    {'name': 'outcome_days', 'type': 'integer', 'least': 1, 'most': 3650},
    {'name': 'minimum_outcomes', 'type': 'integer', 'least': 2, 'most': 100000},
  ]) }}
{% endmacro %}


{#-
  Sums of additive figures for everybody and for each value of some dimensions.

  Args:
    relation (str): the CTE with the keys, a column a dimension, and the figures.
    keys (list of str): the columns that stay.
    sums (list of str): the figures that are added up.
    dimensions (list of str): the columns to group by, one after another; a null value is '(none)'.
  Returns: SQL, a union of selects with the keys, `dimension`, `dimension_value` and the sums.
-#}
{% macro by_dimension(relation, keys, sums, dimensions) -%}
  {%- for dimension in ['all'] + dimensions %}
    {%- set value = "'all'" if dimension == 'all' else "coalesce(" ~ dimension ~ ", '(none)')" %}
    select
        {{ keys | join(', ') }},
        '{{ dimension }}' as dimension,
        {%- for figure in sums %}
        sum({{ figure }}) as {{ figure }},
        {%- endfor %}
        {{ value }} as dimension_value
    from {{ relation }}
    group by {{ keys | join(', ') }}{{ ', ' ~ value if dimension != 'all' }}
    {{ 'union all' if not loop.last }}
  {%- endfor %}
{%- endmacro %}


{#-
  Whether any of some marts of metrics lacks an as-of date, as a plain constant, from which an engine's
  planner sees that a step before them need not read what it would put in order first.

  Args:
    marts (list of str): the marts that the step is for.
  Returns: SQL, true or false.
-#}
{% macro lack_a_date(marts) -%}
  {%- set lacking = [] -%}
  {%- for mart in marts -%}
    {%- set holders = customer_engagement.partition_holders(mart) -%}
    {%- set missing = customer_engagement.missing_partitions(holders, 'as_of_date', 'int_as_of_date_versions', mart) -%}
    {%- set is_comparable = execute and holders and load_relation(ref('int_as_of_date_versions')) is not none -%}
    {%- if not is_comparable or run_query(missing ~ ' limit 1').rows -%}
      {%- do lacking.append(mart) -%}
    {%- endif -%}
  {%- endfor -%}
  {{ 'true' if lacking else 'false' }}
{%- endmacro %}


{#-
  The standard error of a net promoter score, in points.

  Args:
    promoters (SQL): respondents with a score of 9 or 10.
    detractors (SQL): respondents with a score of 0 to 6.
    respondents (SQL): those and the passives.
  Returns: SQL, decimal(18, 6); null without respondents.
  Formula: the score is 100 times the mean of a variable that is 1 for a promoter, 0 for a passive and
  -1 for a detractor, whose variance is `p + d - (p - d)^2` with the shares p of promoters and d of
  detractors; so `100 x sqrt((p + d - (p - d)^2) / n)`. It is 0 where all answered alike. See A.
  Engelhardt, Net Promoter Score confidence intervals 2: maths and stats (cybaea.net, 2016).
-#}
{% macro nps_standard_error(promoters, detractors, respondents) -%}
  {%- set double = customer_engagement.type_double() -%}
  {%- set n = 'nullif(cast(' ~ respondents ~ ' as ' ~ double ~ '), 0)' -%}
  {%- set net = 'cast(' ~ promoters ~ ' - ' ~ detractors ~ ' as ' ~ double ~ ')' -%}
  {#- `greatest` passes over a null on some engines. -#}
  cast(
    case
      when {{ n }} is not null
        then 100 * sqrt(greatest(({{ n }} * ({{ promoters }} + {{ detractors }}) - {{ net }} * {{ net }}) / ({{ n }} * {{ n }} * {{ n }}), 0))
    end as decimal(18, 6)
  )
{%- endmacro %}


{#-
  The fifth of a population that a value lies in, counted from the lowest: 1 and the number of the four
  cut points (continuous percentiles at 20, 40, 60 and 80 %) below it. Equal values share a score, and
  a value on a cut point belongs below it, so all equal are all in the first.

  Args:
    value (SQL): what is scored, not null.
    population (str): the columns that tell populations apart.
  Returns: SQL, an integer, 1 to 5.
  Formula: `ceil(5 x smaller values / (n - 1))`, at least 1, which needs no cut points.
-#}
{% macro quintile(value, population) -%}
  cast(greatest(coalesce(ceil(
    cast(5 * (rank() over (partition by {{ population }} order by {{ value }}) - 1) as {{ customer_engagement.type_double() }})
    / nullif(count(*) over (partition by {{ population }}) - 1, 0)
  ), 1), 1) as integer)
{%- endmacro %}
