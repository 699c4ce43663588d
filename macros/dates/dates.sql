{#-
  The first date that a window reads: a window of W days that ends on a date holds that date and
  the W - 1 dates before it.

  Args:
    write_from (SQL): the (earliest) last date of the window.
    window_days (SQL or int): the window's length in days.
  Returns: SQL, a date.
-#}
{% macro read_from(write_from, window_days) -%}
  {{ customer_engagement.date_plus('-(' ~ window_days ~ ' - 1)', write_from) }}
{%- endmacro %}


{#-
  The event dates inside some windows, with what is left of an event's worth at their end. No window
  holds a date after its as-of date, whenever it ends.

  Args:
    window_ends (str): the CTE of the settings on each as-of date, with `window_end` and `is_previous`.
    event_dates (str): the CTE of the dates that have events.
  Returns: SQL, a query.
-#}
{% macro days_of_windows(window_ends, event_dates) -%}
  {%- set age_days = customer_engagement.days_between(event_dates ~ '.event_date', window_ends ~ '.window_end') -%}
  select
      {%- for column in ['as_of_date', 'settings_number', 'score_model', 'is_previous'] %}
      {{ window_ends }}.{{ column }},
      {%- endfor %}
      {{ event_dates }}.event_date,
      {{ customer_engagement.decay_factor('decay', age_days, 'half_life_days', 'decay_days') }} as decay_factor
  from {{ window_ends }}
  inner join {{ event_dates }}
      on
          {{ event_dates }}.event_date between {{ customer_engagement.read_from(window_ends ~ '.window_end', window_ends ~ '.window_days') }}
          and {{ window_ends }}.window_end
          and {{ event_dates }}.event_date <= {{ window_ends }}.as_of_date
{%- endmacro %}


{#-
  Whether a row of a seed with `valid_from` and `valid_to` (both inclusive) is in force on a date.

  Args:
    settings (str): the name of the CTE or relation that holds the row.
    as_of_date (SQL): a date.
  Returns: SQL, a condition.
-#}
{% macro in_force(settings, as_of_date) -%}
  {{ as_of_date }} between {{ settings }}.valid_from and {{ settings }}.valid_to
{%- endmacro %}


{#-
  A validity's edge with the open end closed, so that `between` can be used everywhere.

  Args:
    column (SQL): a date, or null for "always".
    edge (str): 'from' or 'to'.
  Returns: SQL, a date that isn't null.
-#}
{% macro closed_validity(column, edge) -%}
  coalesce(cast({{ column }} as date), cast('{{ "0001-01-01" if edge == "from" else "9999-12-31" }}' as date))
{%- endmacro %}


{#-
  The dates on which the set of rows in force can change: the first of all days, and the edges of
  every validity.

  Args:
    settings (str): the CTE or relation with `valid_from` and `valid_to`, both closed.
  Returns: SQL, a select of distinct dates named `valid_on`.
-#}
{% macro validity_edges(settings) -%}
  select {{ closed_validity('null', 'from') }} as valid_on
  union distinct
  select valid_from as valid_on from {{ settings }}
  union distinct
  select {{ date_plus(1, 'valid_to') }} as valid_on
  from {{ settings }}
  where valid_to < {{ closed_validity('null', 'to') }}
{%- endmacro %}


{#-
  The time between two timestamps, in seconds.

  Whole microseconds are counted and divided, since a difference in seconds is cut on some engines and
  counts the seconds' edges on others.

  Args:
    from_timestamp (SQL): a timestamp.
    to_timestamp (SQL): a timestamp, not before the other.
  Returns: SQL, decimal(18, 6).
-#}
{% macro seconds_between(from_timestamp, to_timestamp) -%}
  {%- set microseconds = customer_engagement.microseconds_between(from_timestamp, to_timestamp) -%}
  {{ customer_engagement.from_parts('cast(' ~ microseconds ~ ' as ' ~ customer_engagement.type_double() ~ ')') }}
{%- endmacro %}
