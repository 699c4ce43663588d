{{ config(materialized='ephemeral') }}
-- The score of a date, told by the settings under which the old band was confirmed, or without the rows
-- that came late; the benchmark is that of the settings' date, since no other customer is computed again.
with tests as (
    select * from {{ ref('int_transition_tests') }}
),

customers as (
    select customer_id, known_from
    from {{ ref('int_customers') }}
),

settings as (
    select * from {{ ref('int_score_settings') }}
),

weights as (
    select * from {{ ref('int_score_weights') }}
),

benchmarks as (
    select as_of_date, score_model, benchmark
    from {{ ref('int_score_benchmarks') }}
),

score_bands as (
    select * from {{ ref('stg_settings__score_bands') }}
),

event_days as (
    select * from {{ ref('int_transition_test_days') }}
),

in_window as (
    select
        event_days.*,
        {{ decay_factor('settings.decay', 'event_days.age_days', 'settings.half_life_days', 'settings.decay_days') }} as decay_factor
    from event_days
    inner join settings on event_days.settings_date = settings.as_of_date and event_days.score_model = settings.score_model
    where event_days.age_days < settings.window_days
),

counted as (
    select
        event_days.test_number,
        weights.weight_number,
        sum(cast(event_days.decay_factor * 100000000 as {{ type_double() }}) * {{ within_daily_cap('event_days.event_count', 'weights') }})
            as capped_count
    from in_window as event_days
    inner join weights on event_days.settings_number = weights.settings_number and event_days.event_type = weights.event_type
    group by event_days.test_number, weights.weight_number
),

after_window_cap as (
    select
        counted.test_number,
        weights.weight,
        weights.points_factor,
        weights.points_divisor,
        {{ within_window_cap('counted.capped_count', 'weights') }} as counted_events
    from counted
    inner join weights on counted.weight_number = weights.weight_number
),

totals as (
    select test_number, {{ from_parts('sum(' ~ whole_points('counted_events') ~ ')') }} as raw_score
    from after_window_cap
    group by test_number
),

lifetimes as (
    select
        test_number,
        sum(event_count) as lifetime_interactions,
        min(case when row_count > 0 then event_date end) as first_interaction_on
    from event_days
    group by test_number
),

seen as (
    select
        tests.*,
        cast(coalesce(totals.raw_score, 0) as decimal(18, 6)) as raw_score,
        coalesce(lifetimes.lifetime_interactions, 0) as lifetime_interactions,
        least(
            coalesce(customers.known_from, lifetimes.first_interaction_on), coalesce(lifetimes.first_interaction_on, customers.known_from)
        ) as first_seen_on
    from tests
    inner join customers on tests.customer_id = customers.customer_id
    left join totals on tests.test_number = totals.test_number
    left join lifetimes on tests.test_number = lifetimes.test_number
),

-- Who wouldn't have been seen yet has no score.
levels as (
    select
        seen.test_number,
        seen.settings_date,
        coalesce({{ engagement_index('seen.raw_score', 'benchmarks.benchmark', "'scored'") }}, seen.raw_score) as engagement_index
    from seen
    inner join settings on seen.settings_date = settings.as_of_date and seen.score_model = settings.score_model
    inner join benchmarks on seen.settings_date = benchmarks.as_of_date and seen.score_model = benchmarks.score_model
    where
        {{ days_between('seen.first_seen_on', 'seen.as_of_date') }} >= greatest(settings.minimum_tenure_days, 0)
        and seen.lifetime_interactions >= settings.minimum_events
)

select
    seen.test_number,
    seen.raw_score,
    coalesce(score_bands.band_rank, 0) as band_rank,
    score_bands.dwell_days,
    coalesce({{ is_inside_band('levels.engagement_index', 'score_bands') }}, true) as is_inside
from seen
left join levels on seen.test_number = levels.test_number
left join score_bands
    on
        {{ in_force('score_bands', 'levels.settings_date') }}
        and {{ in_band('levels.engagement_index', 'score_bands') }}
