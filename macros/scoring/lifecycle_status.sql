{#-
  Where a customer stands between the score model's window and the one before it.

  `new` needs a whole window of data before the current one: whoever is first seen in the data's
  first two windows may have been active before the data starts, and counts as returning.

  Args:
    scores (str): the CTE with `as_of_date`, `window_days`, `active_days`, `previous_active_days`
      and `first_active_on`.
    data_starts_on (SQL): the first event date of the data.
  Returns: SQL, one of new, returning, resurrected (new + returning + resurrected = active), dormant
  (active in the window before only), lost (active once, in neither), never_active.
-#}
{% macro lifecycle_status(scores, data_starts_on) -%}
  {%- set window_start = customer_engagement.read_from(scores ~ '.as_of_date', scores ~ '.window_days') -%}
  {%- set two_windows_back = customer_engagement.read_from(scores ~ '.as_of_date', '2 * ' ~ scores ~ '.window_days') -%}
  case
    when {{ scores }}.first_active_on is null then 'never_active'
    when {{ scores }}.active_days > 0 and {{ scores }}.previous_active_days > 0 then 'returning'
    when {{ scores }}.active_days > 0 and {{ scores }}.first_active_on < {{ window_start }} then 'resurrected'
    when {{ scores }}.active_days > 0 and {{ data_starts_on }} > {{ two_windows_back }} then 'returning'
    when {{ scores }}.active_days > 0 then 'new'
    when {{ scores }}.previous_active_days > 0 then 'dormant'
    else 'lost'
  end
{%- endmacro %}
