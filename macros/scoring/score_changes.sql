{#-
  A number as a text that is the same on every engine: casts and format functions differ in zeros.

  Args:
    number (SQL): a decimal.
    places (int): places after the point.
    signed (bool): with a plus before a positive number; 0 has no sign.
    trimmed (bool): without zeros at the end.
  Returns: SQL, a text such as `-12.0`, `+3.5` or, trimmed, `12` and `3.5`; rounded half away from 0.
-#}
{% macro number_as_text(number, places, signed=false, trimmed=false) -%}
  {%- set one = 10 ** places -%}
  {%- set parts = 'cast(round(abs(' ~ number ~ '), ' ~ places ~ ') * ' ~ one ~ ' as bigint)' -%}
  {%- set fraction = 'cast(' ~ one ~ ' + mod(' ~ parts ~ ', ' ~ one ~ ') as ' ~ dbt.type_string() ~ ')' -%}
  case when {{ parts }} = 0 then '' when {{ number }} < 0 then '-' else '{{ "+" if signed }}' end
  || cast(cast(floor({{ parts }} / {{ one }}) as bigint) as {{ dbt.type_string() }})
  {%- if trimmed %}
  || case
    when mod({{ parts }}, {{ one }}) = 0 then ''
    {%- for kept in range(1, places) %}
    when mod({{ parts }}, {{ 10 ** (places - kept) }}) = 0 then '.' || substr({{ fraction }}, 2, {{ kept }})
    {%- endfor %}
    else '.' || substr({{ fraction }}, 2, {{ places }})
  end
  {%- else %}
  || '.' || substr({{ fraction }}, 2, {{ places }})
  {%- endif %}
{%- endmacro %}


{#-
  What a change of the benchmark does to the index of a customer.

  Args:
    points (SQL): the points of the later date, a decimal.
    benchmark_before (SQL): the earlier date's benchmark, a positive decimal.
    benchmark_after (SQL): the later date's.
  Returns: SQL, decimal(18, 6), rounded once.
  Formula: `100 x points x (1 / benchmark_after - 1 / benchmark_before)`.
-#}
{% macro part_of_benchmark(points, benchmark_before, benchmark_after) -%}
  {%- set double = customer_engagement.type_double() -%}
  {{ customer_engagement.ratio(
    '100 * cast(' ~ points ~ ' as ' ~ double ~ ') * cast(' ~ benchmark_before ~ ' - ' ~ benchmark_after ~ ' as ' ~ double ~ ')',
    'cast(' ~ benchmark_before ~ ' as ' ~ double ~ ') * cast(' ~ benchmark_after ~ ' as ' ~ double ~ ')',
    'decimal(18, 6)'
  ) }}
{%- endmacro %}


{#-
  What moved an index most, among all that moved it the way it went.

  Args:
    activity (SQL): by how much activity and its age moved it.
    change (SQL): by how much it moved. Where that is 0, the largest cause of either direction is taken.
  Returns: SQL, 'activity' or the name of a part with a column that ends in `_change`; of equal ones
    the first.
-#}
{% macro main_cause(activity, change) -%}
  {%- set pushes = {} -%}
  {%- for cause in ['activity', 'caps', 'weights', 'score_model', 'benchmark'] -%}
    {%- set moved = '(' ~ activity ~ ')' if cause == 'activity' else cause ~ '_change' -%}
    {%- do pushes.update({
      cause: 'case when ' ~ change ~ ' > 0 then ' ~ moved ~ ' when ' ~ change ~ ' < 0 then -' ~ moved ~ ' else abs(' ~ moved ~ ') end'
    }) -%}
  {%- endfor -%}
  case greatest({{ pushes.values() | join(', ') }})
    {%- for cause, push in pushes.items() %}
    when {{ push }} then '{{ cause }}'
    {%- endfor %}
  end
{%- endmacro %}


{#-
  Why the index of a customer changed by what one event type did, in plain English.

  The cause that is named is the largest of those that moved the index the way it went, so that the
  words and the number never contradict each other.

  Args:
    changes (str): the CTE with `label`, `main_cause`, `index_change`, `events_before`, `events_after`,
      `last_event_on`, `activity_change`, `caps_change`, `weight`, `later_weight`, `is_cap_changed`,
      and of both dates `score_model_`, `window_days_`, `benchmark_` and `decay_settings_` with
      `before` and `after`.
  Returns: SQL, a text such as `Login: 12 fewer (-12.0)`.
-#}
{% macro change_in_words(changes) -%}
  {%- set worth = 'sign(' ~ changes ~ '.activity_change) * sign(' ~ changes ~ '.weight)' -%}
  {{ changes }}.label || ': '
  || case {{ changes }}.main_cause
    when 'activity' then {{ customer_engagement.activity_in_words(changes, worth) }}
    when 'caps' then case when sign({{ changes }}.caps_change) = sign({{ changes }}.weight) then 'fewer' else 'more' end || ' above the cap'
    when 'weights' then
      case
        when {{ changes }}.weight = {{ changes }}.later_weight then 'cap changed'
        when {{ changes }}.is_cap_changed then 'weight and cap changed'
        else 'weight ' || case when {{ changes }}.weight < {{ changes }}.later_weight then 'raised' else 'lowered' end
          || ' from ' || {{ customer_engagement.number_as_text(changes ~ '.weight', 4, trimmed=true) }}
          || ' to ' || {{ customer_engagement.number_as_text(changes ~ '.later_weight', 4, trimmed=true) }}
      end
    when 'score_model' then
      case
        when {{ changes }}.score_model_before <> {{ changes }}.score_model_after
          then 'score model changed from ' || {{ changes }}.score_model_before || ' to ' || {{ changes }}.score_model_after
        when {{ changes }}.window_days_before = {{ changes }}.window_days_after then 'decay changed'
        else 'window ' || case when {{ changes }}.decay_settings_before <> {{ changes }}.decay_settings_after then 'and decay ' else '' end
          || 'changed from ' || cast({{ changes }}.window_days_before as {{ dbt.type_string() }})
          || ' to ' || cast({{ changes }}.window_days_after as {{ dbt.type_string() }}) || ' days'
      end
    when 'benchmark' then
      case when {{ changes }}.score_model_before <> {{ changes }}.score_model_after then 'score model changed, ' else '' end
      || 'benchmark ' || case when {{ changes }}.benchmark_before < {{ changes }}.benchmark_after then 'raised' else 'lowered' end
  end
  || case
    when {{ changes }}.main_cause = 'activity' and {{ changes }}.caps_change * {{ changes }}.activity_change < 0 then ', after caps'
    when {{ changes }}.main_cause = 'activity' and {{ changes }}.activity_change = 0 then ''
    when {{ changes }}.index_change = 0 then ', offset by other changes'
    else ''
  end
  || ' (' || {{ customer_engagement.number_as_text(changes ~ '.index_change', 1, signed=true) }} || ')'
{%- endmacro %}


{#-
  What the events of one type did between two windows.

  Args:
    changes (str): the CTE with `events_before`, `events_after` and `last_event_on`.
    worth (SQL): 1 where the events came to count more, -1 where less, 0 where neither.
  Returns: SQL, a text such as `12 fewer`.
-#}
{% macro activity_in_words(changes, worth) -%}
  case
    when {{ changes }}.events_after = 0 and {{ changes }}.events_before > 0
      then 'none since ' || cast({{ changes }}.last_event_on as {{ dbt.type_string() }})
    when {{ changes }}.events_after > {{ changes }}.events_before
      then cast({{ changes }}.events_after - {{ changes }}.events_before as {{ dbt.type_string() }}) || ' more'
        || case when {{ worth }} < 0 then ', but longer ago' else '' end
    when {{ changes }}.events_after < {{ changes }}.events_before
      then cast({{ changes }}.events_before - {{ changes }}.events_after as {{ dbt.type_string() }}) || ' fewer'
        || case when {{ worth }} > 0 then ', but more recent' else '' end
    when {{ worth }} > 0 then 'as many, more recent'
    when {{ worth }} < 0 then 'as many, longer ago'
    else 'as many as before'
  end
{%- endmacro %}
