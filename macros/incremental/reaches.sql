{#-
  The kinds of tables that are replaced by whole as-of dates: the dates that each keeps, and what it is
  made from, so that a change restates the dates that it touches and no others: a new plan moves the
  ratios, and no score.

  Returns: list of dicts with `reach` (the name), `dates` (a condition on int_as_of_dates), `inputs`
    (columns of int_as_of_date_versions), `model` (whose file, and those of the models that it reads,
    belong to the version) and, for some, `vars` (a text).
-#}
{% macro table_reaches() %}
  {%- set of_scores = ['events_version', 'known_version', 'score_models_version', 'settings_version'] %}
  {#- Tables that show data_coverage, or a status that follows from it. #}
  {%- set of_shown = of_scores + ['coverage_version'] %}
  {%- set of_renewals = ['attributes_version', 'subscriptions_version'] if customer_engagement.subscriptions_model() else [] %}
  {%- set of_segments = of_shown + of_renewals + ['lookback_version', 'score_bands_version', 'metric_settings_version', 'data_starts_on'] %}
  {%- set reaches = [
      {'reach': 'scores', 'dates': 'is_scored', 'inputs': of_scores, 'model': 'int_score_levels'},
      {'reach': 'normalized', 'dates': 'is_kept', 'inputs': of_shown, 'model': 'customer_normalized_scores'},
      {'reach': 'segments', 'dates': 'is_kept', 'inputs': of_segments, 'model': 'customer_segments'},
      {'reach': 'segment_transitions', 'dates': 'is_kept', 'inputs': of_segments, 'model': 'segment_transitions'},
      {
          'reach': 'band_transition_matrix', 'dates': 'is_latest', 'model': 'band_transition_matrix',
          'inputs': of_segments + ['history_version'],
      },
      {'reach': 'latest', 'dates': 'is_latest', 'inputs': of_segments + ['attributes_version'], 'model': 'customer_engagement'},
      {'reach': 'windows', 'dates': 'comparison is not null', 'inputs': of_scores, 'model': 'int_customer_event_windows'},
      {
          'reach': 'explained', 'dates': 'comparison is not null', 'model': 'customer_score_contributions',
          'inputs': of_scores + ['comparison'],
      },
      {
          'reach': 'changes', 'dates': 'is_latest', 'model': 'customer_score_changes',
          'inputs': of_scores + ['compared_version', 'labels_version'],
      },
      {
          'reach': 'customer_next_steps', 'dates': 'is_latest', 'model': 'customer_next_steps',
          'inputs': of_scores + ['event_types_version', 'labels_version'],
      },
      {
          'reach': 'customer_outlooks', 'dates': 'is_latest', 'model': 'customer_outlooks',
          'inputs': of_scores + ['metric_settings_version'],
      },
      {
          'reach': 'ratios', 'dates': 'is_kept', 'model': 'engagement_ratios',
          'inputs': ['events_version', 'known_version', 'attributes_version', 'event_types_version', 'data_starts_on', 'is_latest'],
      },
      {
          'reach': 'account_scores', 'dates': 'is_latest', 'model': 'account_scores',
          'inputs': of_scores + ['attributes_version', 'subscriptions_version', 'metric_settings_version'],
      },
      {
          'reach': 'customer_fit', 'dates': 'is_latest', 'model': 'customer_fit',
          'inputs': of_segments + ['attributes_version', 'fit_points_version', 'metric_settings_version'],
      },
      {
          'reach': 'playbooks', 'dates': 'is_kept', 'model': 'playbook_occasions',
          'inputs': of_segments + ['attributes_version', 'subscriptions_version', 'playbooks_version'],
      },
  ] %}
  {%- set of_metrics = ['known_version', 'attributes_version', 'event_types_version', 'metric_settings_version', 'data_starts_on'] %}
  {%- for mart in customer_engagement.metric_marts() %}
  {%- do reaches.append({
      'reach': mart.name, 'dates': mart.dates, 'model': mart.name,
      'inputs': of_metrics + mart.get('inputs', ['raw_events_version' if mart.channel == 'web' else 'events_version']),
      'vars': var('session_timeout_minutes') | string if mart.channel == 'web' else '',
  }) %}
  {%- endfor %}
  {{ return(reaches) }}
{% endmacro %}


{#-
  The seeds whose rows belong to the versions of as-of dates whatever their validity, and the columns that
  count.

  Returns: dict of lists of str.
-#}
{% macro version_seeds() %}
  {{ return({
      'event_types': ['event_type', 'channel', 'initiator', 'is_active', 'is_conversion', 'counts_as'],
      'metric_settings': ['setting', 'setting_value'],
      'feature_entitlements': ['feature', 'plan'],
      'exchange_rates': ['from_currency', 'to_currency', 'rate', 'valid_from', 'valid_to'],
      'rfm_segments': ['segment', 'recency_score_from', 'recency_score_to', 'value_score_from', 'value_score_to'],
      'score_bands': ['band', 'band_rank', 'margin', 'dwell_days', 'valid_from', 'valid_to'],
      'playbooks': [
          'playbook', 'band', 'trend', 'lifecycle_status', 'is_at_risk', 'renewal_horizon_days', 'action', 'channel', 'priority',
          'cool_down_days', 'holdout_share', 'valid_from', 'valid_to',
      ],
      'clv_parameters': ['prediction_model', 'r', 'alpha', 'a', 'b', 'p', 'q', 'v', 'valid_from', 'valid_to'],
      'fit_points': ['attribute_name', 'attribute_value', 'size_from', 'size_to', 'fit_points', 'valid_from', 'valid_to'],
  }) }}
{% endmacro %}
