{{ config(materialized='table', post_hook="{{ customer_engagement.stop_on_settings_problems() }}") }}

with problems as (
    {% for seed in [
        'event_types', 'event_weights', 'score_models', 'score_bands', 'metric_settings', 'exchange_rates', 'rfm_segments',
        'clv_parameters', 'feature_entitlements', 'metric_benchmarks', 'fit_points', 'playbooks',
    ] -%}
    select seed_file, row_key, problem
    from {{ ref('int_settings_problems_' ~ seed) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select seed_file, row_key, problem from problems
