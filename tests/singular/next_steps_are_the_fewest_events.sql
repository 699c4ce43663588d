-- Of the ways without a daily cap, whose events all fall on the as-of date, in plain decimals.
with steps as (
    select * from {{ ref('customer_next_steps') }}
),

scores as (
    select as_of_date, customer_id, score_model, raw_score, benchmark, engagement_index
    from {{ ref('customer_normalized_scores') }}
),

settings as (
    select as_of_date, score_model, settings_number
    from {{ ref('int_score_settings') }}
),

weights as (
    select settings_number, event_type, cast(weight as decimal(12, 4)) as weight, window_cap
    from {{ ref('int_score_weights') }}
    where daily_cap is null
),

contributions as (
    select as_of_date, customer_id, event_type, counted_events, points
    from {{ ref('customer_score_contributions') }}
),

counted as (
    select
        steps.as_of_date,
        steps.customer_id,
        steps.event_type,
        scores.engagement_index + steps.index_needed as edge,
        scores.benchmark,
        scores.raw_score - coalesce(contributions.points, 0) as other_points,
        weights.weight,
        least(coalesce(contributions.counted_events, 0) + steps.events_needed, coalesce(weights.window_cap, 1000000)) as enough,
        least(coalesce(contributions.counted_events, 0) + steps.events_needed - 1, coalesce(weights.window_cap, 1000000)) as too_few
    from steps
    inner join scores
        on
            steps.as_of_date = scores.as_of_date
            and steps.customer_id = scores.customer_id
    inner join settings
        on
            scores.as_of_date = settings.as_of_date
            and scores.score_model = settings.score_model
    inner join weights
        on
            settings.settings_number = weights.settings_number
            and steps.event_type = weights.event_type
    left join contributions
        on
            steps.as_of_date = contributions.as_of_date
            and steps.customer_id = contributions.customer_id
            and steps.event_type = contributions.event_type
),

indexes as (
    select
        *,
        {{ ratio('100 * (other_points + round(weight * cast(enough as decimal(18, 8)), 6))', 'benchmark', 'decimal(18, 6)') }} as index_with,
        {{ ratio('100 * (other_points + round(weight * cast(too_few as decimal(18, 8)), 6))', 'benchmark', 'decimal(18, 6)') }}
            as index_with_fewer
    from counted
)

select * from indexes
where not (index_with > edge and index_with_fewer <= edge)
