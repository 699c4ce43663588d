{#-
  The one formula of the score: what the events of a customer and type are worth on an as-of date.

  The history's scores, the stored contributions and the outlook all call it, each for its own dates; a
  view of all dates would be computed whole for any. Both windows take the weights of the as-of date.

  Counts are whole hundred millionths and points whole millionths, kept in doubles: exact below
  2^53, in any order of summation, and far cheaper than decimals of more than 18 digits.

  Args:
    dates (str): the model with the as-of dates to compute.
    which_types (SQL): a condition on `int_score_weights`.
    window_days (str): the model with the days of each date's windows, and what is left of an event.
  Returns: SQL, a query: one row an as-of date, customer's score model (`assignment_number`) and event
    type (`weight_number`) with events in the current or the previous window.
  Formula: `points = weight x counted_events`, counted after daily cap, decay and window cap.
-#}
{% macro event_points(dates, which_types='true', window_days='int_score_window_days') %}
with event_days as (
    {{ customer_engagement.weighted_event_days(dates, window_days) }}
),

window_days as (
    {{ customer_engagement.window_shares(dates, window_days) }}
),

counted as (
    select
        window_days.as_of_date,
        event_days.assignment_number,
        event_days.weight_number,
        sum(window_days.is_current * event_days.event_count) as event_count,
        sum(window_days.share * event_days.event_count) as uncapped_count,
        sum(window_days.share * event_days.capped_count) as capped_count,
        sum(window_days.previous_share * event_days.capped_count) as previous_capped_count
    from event_days
    inner join window_days
        on
            event_days.event_date = window_days.event_date
            and event_days.settings_number = window_days.settings_number
    where event_days.weight_number in (
        select weights.weight_number
        from {{ ref('int_score_weights') }} as weights
        where {{ which_types }}
    )
    group by window_days.as_of_date, event_days.assignment_number, event_days.weight_number
),

after_window_cap as (
    select
        counted.*,
        weights.*,
        {{ customer_engagement.within_window_cap('counted.capped_count', 'weights') }} as counted_events,
        {{ customer_engagement.within_window_cap('counted.previous_capped_count', 'weights') }} as previous_counted_events
    from counted
    inner join {{ ref('int_score_weights') }} as weights on counted.weight_number = weights.weight_number
)

select
    as_of_date,
    assignment_number,
    score_model,
    event_type,
    channel,
    weight,
    event_count,
    counted_events,
    {{ customer_engagement.whole_points('counted_events') }} as points,
    {{ customer_engagement.whole_points('previous_counted_events') }} as previous_points,
    {{ customer_engagement.whole_points('uncapped_count') }} as uncapped_points,
    {{ customer_engagement.whole_points('(counted_events + previous_counted_events)', 'variance', 'weight * weight') }} as variance
from after_window_cap
{% endmacro %}


{#-
  The daily fact of every date that the windows of some as-of dates read, with the number of the
  customer's score model and that of the weight.

  A customer whose score model changes over time has a row for each; the dates of another score
  model's time fall out where the scores are joined to the population.

  Args:
    dates (str): the model with the as-of dates to compute.
    window_days (str): as for `event_points`.
  Returns: SQL, a query.
-#}
{% macro weighted_event_days(dates, window_days='int_score_window_days') %}
select
    assignments.assignment_number,
    weights.weight_number,
    weights.settings_number,
    event_days.event_date,
    event_days.event_count,
    {{ customer_engagement.within_daily_cap('event_days.event_count', 'weights') }} as capped_count
from {{ ref('int_customer_event_days') }} as event_days
inner join {{ ref('int_customer_score_models') }} as assignments on event_days.customer_id = assignments.customer_id
inner join {{ ref('int_score_weights') }} as weights
    on
        assignments.score_model = weights.score_model
        and event_days.event_type = weights.event_type
inner join (
    select distinct window_days.settings_number, window_days.event_date
    from {{ ref(window_days) }} as window_days
    inner join {{ ref(dates) }} as dates on window_days.as_of_date = dates.as_of_date
) as days_read
    on
        event_days.event_date = days_read.event_date
        and weights.settings_number = days_read.settings_number
where event_days.event_count > 0
{% endmacro %}


{#-
  The days of both windows of some as-of dates, with what is left of an event's worth.

  Args:
    dates (str): the model with the as-of dates to compute.
    window_days (str): as for `event_points`.
  Returns: SQL, a query: `is_current` and `is_previous` are 0 or 1, `share` and `previous_share` whole
    hundred millionths, all doubles.
-#}
{% macro window_shares(dates, window_days='int_score_window_days') %}
{%- set double = customer_engagement.type_double() %}
select
    window_days.as_of_date,
    window_days.settings_number,
    window_days.event_date,
    cast(case when window_days.is_previous then 0 else 1 end as {{ double }}) as is_current,
    cast(case when window_days.is_previous then 1 else 0 end as {{ double }}) as is_previous,
    case when window_days.is_previous then 0 else cast(window_days.decay_factor * 100000000 as {{ double }}) end as share,
    case when window_days.is_previous then cast(window_days.decay_factor * 100000000 as {{ double }}) else 0 end as previous_share
from {{ ref(window_days) }} as window_days
inner join {{ ref(dates) }} as dates on window_days.as_of_date = dates.as_of_date
{% endmacro %}


{#-
  How many of a day's events count.

  Args:
    event_count (SQL): a customer's events of a type and day.
    weights (str): the CTE with `daily_cap`; null is none.
  Returns: SQL, a number.
-#}
{% macro within_daily_cap(event_count, weights) -%}
  least({{ event_count }}, coalesce({{ weights }}.daily_cap, {{ event_count }}))
{%- endmacro %}


{#-
  How much of a window's events counts.

  Args:
    counted (SQL): what is left of a customer's events of a type after daily cap and decay, in hundred
      millionths of an event, a whole number in a double.
    weights (str): the CTE with `window_cap`; null is none.
  Returns: SQL, a double, in the same parts.
-#}
{% macro within_window_cap(counted, weights) -%}
  least({{ counted }}, coalesce({{ weights }}.window_cap * cast(100000000 as {{ customer_engagement.type_double() }}), {{ counted }}))
{%- endmacro %}
