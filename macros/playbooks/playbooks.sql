{#-
  How many days lie for sure between the first kept as-of date and the latest: the longest cool-down of
  a playbook, so that the period which the latest date lies in is always seen as a whole.

  Returns: int; a month counts as 28 days.
-#}
{% macro longest_cool_down() -%}
  {{ return((var('history_periods') - 1) * {'day': 1, 'week': 7, 'month': 28}.get(var('history_grain'), 1)) }}
{%- endmacro %}


{#-
  Whether a customer meets a playbook's conditions on a date, its renewals aside: an empty one holds for
  everybody.

  Args:
    playbooks (str): the CTE with the playbook's row.
    segments (str): the CTE with what `customer_segments` says of the customer, or that of its values.
  Returns: SQL, a condition that is never null.
-#}
{% macro meets_conditions(playbooks, segments) -%}
  {%- for condition, value in [
    ('band', 'stable_band'), ('trend', 'trend'), ('lifecycle_status', 'lifecycle_status'), ('is_at_risk', 'at_risk'),
  ] -%}
  ({{ playbooks }}.{{ condition }} is null or coalesce({{ playbooks }}.{{ condition }} = {{ segments }}.{{ value }}, false))
  {{- ' and ' if not loop.last }}
  {%- endfor %}
{%- endmacro %}


{#-
  The first day of the cool-down period that a date lies in. The periods of a length follow each other
  from 2000-01-01 on, so that they don't depend on where the kept history starts.

  Args:
    as_of_date (SQL): a date.
    cool_down_days (SQL): the period's length, at least 1.
  Returns: SQL, a date.
  Formula: the date less the remainder of its days since 2000-01-01; before that day, a remainder
  is negative on most engines, so the length is added and the remainder taken again.
-#}
{% macro cool_down_start(as_of_date, cool_down_days) -%}
  {%- set days = customer_engagement.days_between("cast('2000-01-01' as date)", as_of_date) -%}
  {%- set remainder = 'mod(mod(' ~ days ~ ', ' ~ cool_down_days ~ ') + ' ~ cool_down_days ~ ', ' ~ cool_down_days ~ ')' -%}
  {{ customer_engagement.date_plus('-cast(' ~ remainder ~ ' as integer)', as_of_date) }}
{%- endmacro %}


{#-
  The id of a playbook's action: the same for the same occasion whenever it is computed, and never that
  of another.

  Args:
    playbook (SQL): the playbook's name.
    occasion (SQL): what the action is for, 'renewal' or 'crossing'.
    occasion_key (SQL): the date of the renewal, or the first day of the crossing's cool-down period.
    customer_id (SQL): the customer.
  Returns: SQL, a text of 32 hexadecimal digits.
-#}
{% macro action_id(playbook, occasion, occasion_key, customer_id) -%}
  {{ dbt.hash(customer_engagement.row_as_text([playbook, occasion, occasion_key, customer_id])) }}
{%- endmacro %}


{#-
  Whether a customer is held out of a playbook, the same on every date and engine: a number from 0 to
  999,999 that stands for playbook and customer lies below the share's part of a million. A share that
  grows keeps those who were held out before.

  Args:
    playbook (SQL): the playbook's name.
    customer_id (SQL): the customer.
    holdout_share (SQL): a decimal from 0 to 1.
  Returns: SQL, a boolean: false for all at 0, true for all at 1.
-#}
{% macro is_held_out(playbook, customer_id, holdout_share) -%}
  {%- set number = customer_engagement.version_hash("'holdout|' || " ~ customer_engagement.row_as_text([playbook, customer_id])) -%}
  mod({{ number }}, 1000000) < 1000000 * {{ holdout_share }}
{%- endmacro %}
