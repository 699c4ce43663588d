-- What each kind of table reaches for, so that a change restates the dates that it touches and no
-- others: a new plan moves the ratios, and no score.
{%- set of_scores = ['events_version', 'known_version', 'score_models_version', 'settings_version'] %}
{%- set of_segments = of_scores + ['previous_version', 'data_starts_on'] %}
{%- set reaches = [
    {'reach': 'scores', 'dates': 'is_scored', 'inputs': of_scores, 'model': 'int_score_levels'},
    {'reach': 'normalized', 'dates': 'is_kept', 'inputs': of_scores, 'model': 'customer_normalized_scores'},
    {'reach': 'segments', 'dates': 'is_kept', 'inputs': of_segments, 'model': 'customer_segments'},
    {'reach': 'latest', 'dates': 'is_latest', 'inputs': of_segments + ['attributes_version'], 'model': 'customer_engagement'},
    {'reach': 'windows', 'dates': 'comparison is not null', 'inputs': of_scores, 'model': 'int_customer_event_windows'},
    {
        'reach': 'explained', 'dates': 'comparison is not null', 'model': 'customer_score_contributions',
        'inputs': of_scores + ['comparison'],
    },
    {
        'reach': 'ratios', 'dates': 'is_kept', 'model': 'engagement_ratios',
        'inputs': ['events_version', 'known_version', 'plans_version', 'event_types_version', 'data_starts_on'],
    },
] %}
{%- set of_metrics = ['known_version', 'attributes_version', 'event_types_version', 'metric_settings_version', 'data_starts_on'] %}
{%- for mart in metric_marts() %}
{%- do reaches.append({
    'reach': mart.name, 'dates': mart.dates, 'model': mart.name,
    'inputs': of_metrics + mart.get('inputs', ['raw_events_version' if mart.channel == 'web' else 'events_version']),
}) %}
{%- endfor %}
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

event_types as (
    select {{ rows_as_text(['event_type', 'channel', 'initiator', 'is_active', 'is_conversion', 'counts_as']) }} as event_types_version
    from {{ ref('stg_settings__event_types') }}
),

metric_settings as (
    select {{ rows_as_text(['setting', 'setting_value']) }} as metric_settings_version
    from {{ ref('stg_settings__metric_settings') }}
),

exchange_rates as (
    select {{ rows_as_text(['from_currency', 'to_currency', 'rate', 'valid_from', 'valid_to']) }} as exchange_rates_version
    from {{ ref('stg_settings__exchange_rates') }}
),

clv_parameters as (
    select
        {{ rows_as_text(['prediction_model', 'r', 'alpha', 'a', 'b', 'p', 'q', 'v', 'valid_from', 'valid_to']) }}
            as clv_parameters_version
    from {{ ref('stg_settings__clv_parameters') }}
),

rfm_segments as (
    select
        {{ rows_as_text(['segment', 'recency_score_from', 'recency_score_to', 'value_score_from', 'value_score_to']) }}
            as rfm_segments_version
    from {{ ref('stg_settings__rfm_segments') }}
),

described as (
    select
        as_of_dates.*,
        inputs.events_version,
        inputs.raw_events_version,
        inputs.known_version,
        inputs.plans_version,
        inputs.attributes_version,
        inputs.score_models_version,
        inputs.subscriptions_version,
        settings.settings_version,
        event_types.event_types_version,
        metric_settings.metric_settings_version,
        exchange_rates.exchange_rates_version,
        clv_parameters.clv_parameters_version,
        rfm_segments.rfm_segments_version,
        lag({{ row_as_text(['as_of_date'], 'as_of_dates') }} || settings.settings_version) over (
            partition by as_of_dates.is_scored order by as_of_dates.as_of_date
        ) as previous_version
    from as_of_dates
    inner join inputs on as_of_dates.as_of_date = inputs.as_of_date
    left join settings on as_of_dates.as_of_date = settings.as_of_date
    cross join event_types
    cross join metric_settings
    cross join exchange_rates
    cross join clv_parameters
    cross join rfm_segments
)

{% for reach in reaches -%}
select
    '{{ reach.reach }}' as reach,
    as_of_date as partition_date,
    {{ version_hash(
        row_as_text(reach.inputs) ~ " || '" ~ models_version([reach.model]) ~ "'"
    ) }} as inputs_version
from described
where {{ reach.dates }}
{{ 'union all' if not loop.last }}
{% endfor %}
