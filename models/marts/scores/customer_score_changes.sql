{{ config(**partitioned_by('as_of_date', 'int_as_of_date_versions', 'changes')) }}
{%- set parts = ['new_activity', 'left_window', 'decay', 'caps', 'weights', 'score_model', 'benchmark'] %}
{%- set activity = 'new_activity_change + left_window_change + decay_change' %}
with changes as (
    select as_of_date, compared_with, comparison
    from {{ ref('int_score_changes_to_build') }}
),

indices as (
    select
        changes.comparison,
        changes.as_of_date = scores.as_of_date as is_later,
        scores.customer_id,
        scores.score_model,
        scores.benchmark,
        scores.engagement_index,
        score_settings.window_days,
        {{ row_as_text(['decay', 'half_life_days', 'decay_days'], 'score_settings') }} as decay_settings
    from {{ ref('int_comparison_indices') }} as scores
    inner join changes on scores.as_of_date in (changes.as_of_date, changes.compared_with)
    inner join {{ ref('int_score_settings') }} as score_settings
        on
            scores.as_of_date = score_settings.as_of_date
            and scores.score_model = score_settings.score_model
),

measured as (
    select
        change_points.*,
        {%- for column in ['score_model', 'benchmark', 'engagement_index', 'window_days', 'decay_settings'] %}
        earlier.{{ column }} as {{ column }}_before,
        later.{{ column }} as {{ column }}_after,
        {%- endfor %}
        cast(coalesce(contributions.points, 0) as decimal(18, 6)) as points_after,
        coalesce(contributions.points, 0) - change_points.points_by_earlier_model as score_model_points,
        case when earlier.benchmark = later.benchmark then 0 else coalesce(contributions.points, 0) end as benchmark_points
    from {{ ref('int_score_change_points') }} as change_points
    inner join indices as earlier
        on
            change_points.comparison = earlier.comparison
            and change_points.customer_id = earlier.customer_id
            and not earlier.is_later
    inner join indices as later
        on
            change_points.comparison = later.comparison
            and change_points.customer_id = later.customer_id
            and later.is_later
    left join {{ ref('customer_score_contributions') }} as contributions
        on
            change_points.as_of_date = contributions.as_of_date
            and change_points.customer_id = contributions.customer_id
            and change_points.event_type = contributions.event_type
),

rounded as (
    select
        measured.*,
        {%- for part in parts[:-1] %}
        {{ ratio('100 * ' ~ part ~ '_points', 'benchmark_before', 'decimal(18, 6)') }} as {{ part }}_part,
        {%- endfor %}
        {{ part_of_benchmark('points_after', 'benchmark_before', 'benchmark_after') }} as benchmark_part,
        case {% for part in parts | reverse %} when {{ part }}_points <> 0 then '{{ part }}' {% endfor %} end as last_part
    from measured
    where {{ parts | join('_points <> 0 or ') }}_points <> 0
),

-- What rounding leaves goes on the last part that isn't 0 of the customer's last event type.
remainders as (
    select
        *,
        engagement_index_after - engagement_index_before
        - sum({{ parts | join('_part + ') }}_part) over (partition by comparison, customer_id) as rounding_error,
        row_number() over (partition by comparison, customer_id order by event_type desc) as place_from_end
    from rounded
),

split as (
    select
        *,
        {%- for part in parts %}
        cast(
            {{ part }}_part + case when place_from_end = 1 and last_part = '{{ part }}' then rounding_error else 0 end as decimal(18, 6)
        ) as {{ part }}_change,
        {%- endfor %}
        cast(
            {{ parts | join('_part + ') }}_part + case when place_from_end = 1 then rounding_error else 0 end as decimal(18, 6)
        ) as index_change
    from remainders
),

explained as (
    select
        *,
        {{ activity }} as activity_change,
        {{ main_cause(activity, 'index_change') }} as main_cause
    from split
)

select
    as_of_date,
    customer_id,
    comparison,
    event_type,
    compared_with,
    score_model_before,
    score_model_after,
    events_before,
    events_after,
    last_event_on,
    points_before,
    points_after,
    index_change,
    {%- for part in parts %}
    {{ part }}_change,
    {%- endfor %}
    main_cause,
    {{ change_in_words() }} as reason,
    cast(row_number() over (partition by comparison, customer_id order by abs(index_change) desc, event_type) as integer) as reason_rank,
    inputs_version
from explained
