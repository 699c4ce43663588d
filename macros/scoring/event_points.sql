{#-
  The one formula of the score: what the events of a customer and type are worth on an as-of date.

  The history's scores and the stored contributions both call it, each for its own dates; a view of
  all dates would be computed whole for either. Both windows take the weights of the as-of date.

  Args:
    which_dates (SQL): a condition on `int_score_window_days`.
  Returns: SQL, a query: one row an as-of date, customer and event type with events in the current or
  the previous window.
  Formula: `points = weight x counted_events`, counted after daily cap, decay and window cap.
-#}
{% macro event_points(which_dates) %}
with event_days as (
    select customer_id, event_type, event_date, event_count
    from {{ ref('int_customer_event_days') }}
    where event_count > 0
),

window_days as (
    select as_of_date, score_model, event_date, is_previous, decay_factor
    from {{ ref('int_score_window_days') }}
    where {{ which_dates }}
),

customer_score_models as (
    select customer_id, valid_from, valid_to, score_model
    from {{ ref('int_customer_score_models') }}
),

event_weights as (
    select score_model, event_type, weight, daily_cap, window_cap, valid_from, valid_to
    from {{ ref('stg_settings__event_weights') }}
),

weighted_days as (
    select
        window_days.as_of_date,
        window_days.score_model,
        window_days.is_previous,
        window_days.decay_factor,
        event_days.customer_id,
        event_days.event_type,
        event_days.event_count,
        coalesce(event_weights.weight, 0) as weight,
        least(event_days.event_count, coalesce(event_weights.daily_cap, event_days.event_count)) as capped_count,
        event_weights.window_cap
    from event_days
    inner join customer_score_models on event_days.customer_id = customer_score_models.customer_id
    inner join window_days
        on
            event_days.event_date = window_days.event_date
            and customer_score_models.score_model = window_days.score_model
            and {{ in_force('customer_score_models', 'window_days.as_of_date') }}
    left join event_weights
        on
            window_days.score_model = event_weights.score_model
            and event_days.event_type = event_weights.event_type
            and {{ in_force('event_weights', 'window_days.as_of_date') }}
),

counted as (
    select
        as_of_date,
        score_model,
        customer_id,
        event_type,
        weight,
        window_cap,
        sum(case when is_previous then 0 else event_count end) as event_count,
        sum(case when is_previous then 0 else {{ decayed('event_count') }} end) as uncapped_count,
        sum(case when is_previous then 0 else {{ decayed('capped_count') }} end) as capped_count,
        sum(case when is_previous then {{ decayed('capped_count') }} else 0 end) as previous_capped_count
    from weighted_days
    group by as_of_date, score_model, customer_id, event_type, weight, window_cap
),

after_window_cap as (
    select
        *,
        {{ window_capped('capped_count') }} as counted_events,
        {{ window_capped('previous_capped_count') }} as previous_counted_events
    from counted
)

select
    as_of_date,
    score_model,
    customer_id,
    event_type,
    cast(event_count as integer) as event_count,
    counted_events,
    weight,
    {{ points('weight', 'counted_events') }} as points,
    {{ points('weight', 'previous_counted_events') }} as previous_points,
    {{ points('weight', 'counted_events') }} - {{ points('weight', 'uncapped_count') }} as cap_adjustment,
    {{ points('weight * weight', '(counted_events + previous_counted_events)', 'decimal(28, 6)') }} as variance
from after_window_cap
{% endmacro %}
