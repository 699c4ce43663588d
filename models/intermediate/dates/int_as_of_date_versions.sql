-- What each kind of table reaches for, so that a change restates the dates that it touches and no
-- others: a new plan moves the ratios, and no score.
{%- set of_scores = ['events_version', 'known_version', 'score_models_version', 'settings_version'] %}
{#- Tables that show data_coverage, or a status that follows from it. #}
{%- set of_shown = of_scores + ['coverage_version'] %}
{%- set of_renewals = ['attributes_version', 'subscriptions_version'] if subscriptions_model() else [] %}
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
{%- for mart in metric_marts() %}
{%- do reaches.append({
    'reach': mart.name, 'dates': mart.dates, 'model': mart.name,
    'inputs': of_metrics + mart.get('inputs', ['raw_events_version' if mart.channel == 'web' else 'events_version']),
    'vars': var('session_timeout_minutes') | string if mart.channel == 'web' else '',
}) %}
{%- endfor %}
{%- set seeds = {
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
} %}
with as_of_dates as (
    select * from {{ ref('int_as_of_dates') }}
),

inputs as (
    select * from {{ ref('int_as_of_date_inputs') }}
),

settings as (
    select as_of_date, {{ rows_as_text(['config_version']) }} as settings_version
    from {{ ref('int_score_settings') }}
    group by as_of_date
),

coverage as (
    select as_of_date, {{ rows_as_text(['score_model', 'data_coverage', 'stale_sources']) }} as coverage_version
    from {{ ref('int_score_coverage') }}
    group by as_of_date
),

judged as (
    select settings.as_of_date, settings.settings_version, coverage.coverage_version
    from settings
    left join coverage on settings.as_of_date = coverage.as_of_date
),

-- The settings and the coverage of all dates that a date's stable band looks back on.
lookbacks as (
    select
        as_of_dates.as_of_date,
        {{ sum_of_hashes(version_hash(row_as_text(['as_of_date', 'settings_version', 'coverage_version'], 'judged'))) }} as lookback_version
    from as_of_dates
    inner join judged on judged.as_of_date between as_of_dates.bands_read_from and as_of_dates.as_of_date
    group by as_of_dates.as_of_date
),

-- What the whole kept history was told from, for tables of the latest date that look at all of it.
histories as (
    select {{ rows_as_text(['as_of_date', 'lookback_version']) }} as history_version
    from lookbacks
),

compared as (
    select {{ rows_as_text(['as_of_dates.comparison', 'as_of_dates.as_of_date', 'settings.settings_version']) }} as compared_version
    from as_of_dates
    inner join settings on as_of_dates.as_of_date = settings.as_of_date
    where as_of_dates.comparison is not null and as_of_dates.is_scored
),

labels as (
    select {{ rows_as_text(['event_type', 'label']) }} as labels_version
    from {{ ref('stg_settings__event_types') }}
),

{% for seed, columns in seeds.items() -%}
{{ seed }} as (
    select {{ rows_as_text(columns) }} as {{ seed }}_version
    from {{ ref('stg_settings__' ~ seed) }}
),

{% endfor -%}
described as (
    select
        as_of_dates.*,
        inputs.events_version,
        inputs.raw_events_version,
        inputs.known_version,
        inputs.attributes_version,
        inputs.score_models_version,
        inputs.subscriptions_version,
        settings.settings_version,
        coverage.coverage_version,
        compared.compared_version,
        labels.labels_version,
        {%- for seed in seeds %}
        {{ seed }}.{{ seed }}_version,
        {%- endfor %}
        case when as_of_dates.is_latest then histories.history_version end as history_version,
        lookbacks.lookback_version
    from as_of_dates
    inner join inputs on as_of_dates.as_of_date = inputs.as_of_date
    left join settings on as_of_dates.as_of_date = settings.as_of_date
    left join lookbacks on as_of_dates.as_of_date = lookbacks.as_of_date
    left join coverage on as_of_dates.as_of_date = coverage.as_of_date
    cross join histories
    cross join compared
    cross join labels
    {%- for seed in seeds %}
    cross join {{ seed }}
    {%- endfor %}
)

{% for reach in reaches -%}
select
    '{{ reach.reach }}' as reach,
    as_of_date as partition_date,
    {{ version_hash(
        row_as_text(reach.inputs) ~ " || '" ~ models_version([reach.model]) ~ (reach.vars or '') ~ "'"
    ) }} as inputs_version
from described
where {{ reach.dates }}
{{ 'union all' if not loop.last }}
{% endfor %}
