-- The remainder of rounding would hide a wrong part, so each row is held against both dates' points.
with changes as (
    select * from {{ ref('customer_score_changes') }}
),

scores as (
    select as_of_date, customer_id, benchmark
    from {{ ref('customer_normalized_scores') }}
    where engagement_index is not null
),

contributions as (
    select as_of_date, customer_id, event_type, points
    from {{ ref('customer_score_contributions') }}
),

settings as (
    select as_of_date, score_model, window_days, {{ row_as_text(['decay', 'half_life_days', 'decay_days']) }} as decay_settings
    from {{ ref('int_score_settings') }}
),

held as (
    select
        changes.*,
        earlier.benchmark as benchmark_before,
        later.benchmark as benchmark_after,
        coalesce(contributions_before.points, 0) as stored_before,
        coalesce(contributions_after.points, 0) as stored_after,
        changes.score_model_before = changes.score_model_after
        and settings_before.window_days = settings_after.window_days
        and settings_before.decay_settings = settings_after.decay_settings as is_same_model
    from changes
    inner join scores as earlier on changes.compared_with = earlier.as_of_date and changes.customer_id = earlier.customer_id
    inner join scores as later on changes.as_of_date = later.as_of_date and changes.customer_id = later.customer_id
    inner join settings as settings_before
        on changes.compared_with = settings_before.as_of_date and changes.score_model_before = settings_before.score_model
    inner join settings as settings_after
        on changes.as_of_date = settings_after.as_of_date and changes.score_model_after = settings_after.score_model
    left join contributions as contributions_before
        on
            changes.compared_with = contributions_before.as_of_date
            and changes.customer_id = contributions_before.customer_id
            and changes.event_type = contributions_before.event_type
    left join contributions as contributions_after
        on
            changes.as_of_date = contributions_after.as_of_date
            and changes.customer_id = contributions_after.customer_id
            and changes.event_type = contributions_after.event_type
)

select *
from held
where
    points_before <> stored_before
    or points_after <> stored_after
    or abs(index_change - 100 * (stored_after / benchmark_after - stored_before / benchmark_before)) > 0.001
    or (is_same_model and abs(score_model_change) > 0.001)
