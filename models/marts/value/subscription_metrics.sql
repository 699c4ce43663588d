{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'subscription_metrics')) }}
-- What a subscriber's revenue became between the day before the window and its last day: one of kept,
-- expanded, contracted, churned and new, so that the parts add up.
{%- set counts = ['starting', 'new', 'reactivated', 'churned', 'upsold', 'ending'] %}
{%- set sums = ['starting', 'new', 'reactivated', 'expansion', 'contraction', 'churned', 'ending'] %}
{%- set figures = [] %}
{%- for count in counts + ['unconverted'] %}{% do figures.append(count ~ '_subscribers') %}{% endfor %}
{%- for sum in sums %}{% do figures.append(sum ~ '_mrr') %}{% endfor %}

with windows as (
    select as_of_date, window_days, window_start, inputs_version
    from {{ ref('int_metric_windows') }}
    where mart = 'subscription_metrics'
),

moves as (
    select * from {{ ref('int_subscriber_moves') }}
),

moved as (
    select
        window_days,
        from_date,
        to_date,
        plan,
        country,
        known_from,
        case when is_at_start then 1 else 0 end as starting_subscribers,
        case when is_at_end and not is_at_start then 1 else 0 end as new_subscribers,
        case when is_at_end and not is_at_start and was_subscribed then 1 else 0 end as reactivated_subscribers,
        case when is_at_start and not is_at_end then 1 else 0 end as churned_subscribers,
        case when is_upsold then 1 else 0 end as upsold_subscribers,
        case when is_at_end then 1 else 0 end as ending_subscribers,
        unconverted_subscribers,
        mrr_at_start as starting_mrr,
        case when is_at_end and not is_at_start then mrr_at_end else 0 end as new_mrr,
        case when is_at_end and not is_at_start and was_subscribed then mrr_at_end else 0 end as reactivated_mrr,
        case when is_at_start and is_at_end then greatest(mrr_at_end - mrr_at_start, 0) else 0 end as expansion_mrr,
        case when is_at_start and is_at_end then greatest(mrr_at_start - mrr_at_end, 0) else 0 end as contraction_mrr,
        case when is_at_start and not is_at_end then mrr_at_start else 0 end as churned_mrr,
        mrr_at_end as ending_mrr
    from moves
),

-- Those who moved alike, before they meet the dates.
alike as (
    select
        window_days,
        from_date,
        to_date,
        plan,
        known_from,
        {%- for figure in figures %}
        sum({{ figure }}) as {{ figure }},
        {%- endfor %}
        country
    from moved
    group by window_days, from_date, to_date, plan, known_from, country
),

windowed as (
    select
        windows.as_of_date,
        alike.known_from < windows.window_start as is_complete_window,
        windows.inputs_version,
        alike.*
    from windows
    inner join alike
        on windows.window_days = alike.window_days and windows.as_of_date between alike.from_date and alike.to_date
),

summed as (
    {{ by_dimension('windowed', ['as_of_date', 'window_days', 'is_complete_window', 'inputs_version'], figures, ['plan', 'country']) }}
),

kept as (
    select
        *,
        starting_mrr - contraction_mrr - churned_mrr as gross_retained_mrr,
        starting_mrr + expansion_mrr - contraction_mrr - churned_mrr as net_retained_mrr
    from summed
)

select
    as_of_date,
    window_days,
    dimension,
    dimension_value,
    is_complete_window,
    {%- for count in counts %}
    cast({{ count }}_subscribers as bigint) as {{ count }}_subscribers,
    {%- endfor %}
    {{ ratio('churned_subscribers', 'starting_subscribers') }} as contractual_churn_rate,
    {{ ratio('upsold_subscribers', 'starting_subscribers') }} as upsell_ratio,
    {%- for sum in sums + ['gross_retained', 'net_retained'] %}
    cast({{ sum }}_mrr as decimal(28, 4)) as {{ sum }}_mrr,
    {%- endfor %}
    {{ ratio('net_retained_mrr', 'starting_mrr') }} as net_revenue_retention,
    {{ ratio('gross_retained_mrr', 'starting_mrr') }} as gross_revenue_retention,
    {{ ratio('expansion_mrr', 'starting_mrr') }} as expansion_ratio,
    cast(unconverted_subscribers as bigint) as unconverted_subscribers,
    inputs_version
from kept
