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
  customers'), the as-of dates that they keep, and the windows that they measure, in days; `is_listed`
  where their metrics stand in engagement_metrics.

  Returns: list of dicts with `name`, `channel`, `dates` (a condition on int_as_of_dates), `windows` and,
    for some, `is_listed`.
-#}
{% macro metric_marts() %}
  {{ return([
    {'name': 'active_day_distribution', 'channel': none, 'dates': 'is_kept', 'windows': [7, 28]},
    {'name': 'customer_lifecycle', 'channel': none, 'dates': 'is_latest', 'windows': [1]},
    {'name': 'retention_cohorts', 'channel': none, 'dates': 'is_latest', 'windows': [1]},
    {'name': 'web_metrics', 'channel': 'web', 'dates': 'is_kept', 'windows': [1, 7, 30]},
    {'name': 'clickstream_paths', 'channel': 'web', 'dates': 'is_latest', 'windows': [30]},
    {'name': 'email_metrics', 'channel': 'email', 'dates': 'is_kept', 'windows': [1, 7, 30]},
    {'name': 'social_metrics', 'channel': 'social', 'dates': 'is_kept', 'windows': [1, 7, 30], 'is_listed': true},
    {'name': 'product_metrics', 'channel': 'product', 'dates': 'is_kept', 'windows': [1, 7, 30]},
    {'name': 'support_metrics', 'channel': 'support', 'dates': 'is_kept', 'windows': [1, 7, 30]},
    {'name': 'survey_metrics', 'channel': 'survey', 'dates': 'is_kept', 'windows': [30, 90, 365]},
    {'name': 'loyalty_metrics', 'channel': 'loyalty', 'dates': 'is_kept', 'windows': [30, 90, 365]},
    {'name': 'commerce_metrics', 'channel': 'commerce', 'dates': 'is_kept', 'windows': [30, 90, 365]},
    {'name': 'customer_value', 'channel': 'commerce', 'dates': 'is_latest', 'windows': [365]},
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
