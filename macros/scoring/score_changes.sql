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

  It reads `label`, `main_cause`, `index_change`, `activity_change`, `caps_change`, `events_before`,
  `events_after`, `last_event_on`, `weight`, `later_weight`, `is_cap_changed`, and, with `_before` and
  `_after`, `score_model`, `window_days`, `decay_settings` and `benchmark`.

  Returns: SQL, a text such as `Login: 12 fewer (-12.0)`.
-#}
{% macro change_in_words() -%}
  label || ': '
  || case main_cause
    when 'activity' then {{ customer_engagement.activity_in_words('sign(activity_change) * sign(weight)') }}
    when 'caps' then case when sign(caps_change) = sign(weight) then 'fewer' else 'more' end || ' above the cap'
    when 'weights' then
      case
        when weight = later_weight then 'cap changed'
        when is_cap_changed then 'weight and cap changed'
        else 'weight ' || case when weight < later_weight then 'raised' else 'lowered' end
          || ' from ' || {{ customer_engagement.number_as_text('weight', 4, trimmed=true) }}
          || ' to ' || {{ customer_engagement.number_as_text('later_weight', 4, trimmed=true) }}
      end
    when 'score_model' then
      case
        when score_model_before <> score_model_after
          then 'score model changed from ' || score_model_before || ' to ' || score_model_after
        when window_days_before = window_days_after then 'decay changed'
        else 'window ' || case when decay_settings_before <> decay_settings_after then 'and decay ' else '' end
          || 'changed from ' || cast(window_days_before as {{ dbt.type_string() }})
          || ' to ' || cast(window_days_after as {{ dbt.type_string() }}) || ' days'
      end
    when 'benchmark' then
      case when score_model_before <> score_model_after then 'score model changed, ' else '' end
      || 'benchmark ' || case when benchmark_before < benchmark_after then 'raised' else 'lowered' end
  end
  || case
    when main_cause = 'activity' and sign(caps_change) * sign(activity_change) < 0 then ', after caps'
    when main_cause = 'activity' and activity_change = 0 then ''
    when index_change = 0 then ', offset by other changes'
    else ''
  end
  || ' (' || {{ customer_engagement.number_as_text('index_change', 1, signed=true) }} || ')'
{%- endmacro %}


{#-
  What the events of one type did between two windows: reads `events_before`, `events_after` and
  `last_event_on`.

  Args:
    worth (SQL): 1 where the events came to count more, -1 where less, 0 where neither.
  Returns: SQL, a text such as `12 fewer`.
-#}
{% macro activity_in_words(worth) -%}
  case
    when events_after = 0 and events_before > 0
      then 'none since ' || cast(last_event_on as {{ dbt.type_string() }})
    when events_after > events_before
      then cast(events_after - events_before as {{ dbt.type_string() }}) || ' more'
        || case when {{ worth }} < 0 then ', but longer ago' else '' end
    when events_after < events_before
      then cast(events_before - events_after as {{ dbt.type_string() }}) || ' fewer'
        || case when {{ worth }} > 0 then ', but more recent' else '' end
    when {{ worth }} > 0 then 'as many, more recent'
    when {{ worth }} < 0 then 'as many, longer ago'
    else 'as many as before'
  end
{%- endmacro %}


{#-
  The first three texts of a ranked list as one, for an aggregate.

  Args:
    rank (SQL): the place in the list, 1 for the first; null for what isn't in it.
    text_value (SQL): the text.
    separator (str): what stands between two of them.
  Returns: SQL, an aggregate, a text; null for an empty list.
-#}
{% macro first_three(rank, text_value, separator) -%}
  {%- for place in [1, 2, 3] %}
  {{ '|| coalesce(' ~ dbt.string_literal(separator) ~ ' || ' if not loop.first }}max(case when {{ rank }} = {{ place }} then {{ text_value }} end)
  {{- ", '')" if not loop.first }}
  {%- endfor %}
{%- endmacro %}
