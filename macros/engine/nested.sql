{#-
  A value of a JSON object as text.

  Args:
    json (SQL): an object, or a text that holds one.
    key (str): the key; it may begin with a dollar sign.
  Returns: SQL, a text without quotes; null where the object lacks the key.
-#}
{% macro json_text(json, key) -%}
  {{ return(adapter.dispatch('json_text', 'customer_engagement')(json, key)) }}
{%- endmacro %}

{% macro default__json_text(json, key) -%}
  json_extract_string({{ json }}, '$."{{ key }}"')
{%- endmacro %}

{% macro postgres__json_text(json, key) -%}
  (cast({{ json }} as json) ->> '{{ key }}')
{%- endmacro %}

{% macro bigquery__json_text(json, key) -%}
  json_value({{ json }}, '$."{{ key }}"')
{%- endmacro %}

{% macro snowflake__json_text(json, key) -%}
  cast({{ json }}:"{{ key }}" as varchar)
{%- endmacro %}

{% macro spark__json_text(json, key) -%}
  get_json_object({{ json }}, '$["{{ key }}"]')
{%- endmacro %}


{#-
  The value of a key in a list of structs with `key` and `value`, a struct of one field a type.

  Args:
    pairs (SQL): the list.
    key (str): the key.
    field (str): the field of the value: 'string_value', 'int_value' and so on.
  Returns: SQL, the field's value; null where no pair has the key.
-#}
{% macro value_of_pair(pairs, key, field) -%}
  {{ return(adapter.dispatch('value_of_pair', 'customer_engagement')(pairs, key, field)) }}
{%- endmacro %}

{% macro default__value_of_pair(pairs, key, field) -%}
  (select pair.value.{{ field }} from unnest({{ pairs }}) as pair where pair.key = '{{ key }}' limit 1)
{%- endmacro %}

{% macro duckdb__value_of_pair(pairs, key, field) -%}
  list_filter({{ pairs }}, lambda pair: pair.key = '{{ key }}')[1].value.{{ field }}
{%- endmacro %}

{% macro spark__value_of_pair(pairs, key, field) -%}
  filter({{ pairs }}, pair -> pair.key = '{{ key }}')[0].value.{{ field }}
{%- endmacro %}


{#-
  The timestamp in UTC of a number of microseconds since 1970-01-01.

  Args:
    microseconds (SQL): a whole number.
  Returns: SQL, a timestamp without a zone; null for null.
-#}
{% macro timestamp_from_microseconds(microseconds) -%}
  {{ return(adapter.dispatch('timestamp_from_microseconds', 'customer_engagement')(microseconds)) }}
{%- endmacro %}

{% macro default__timestamp_from_microseconds(microseconds) -%}
  make_timestamp({{ microseconds }})
{%- endmacro %}

{% macro postgres__timestamp_from_microseconds(microseconds) -%}
  timezone('UTC', to_timestamp({{ microseconds }} / 1000000.0))
{%- endmacro %}

{% macro bigquery__timestamp_from_microseconds(microseconds) -%}
  timestamp_micros({{ microseconds }})
{%- endmacro %}

{% macro spark__timestamp_from_microseconds(microseconds) -%}
  timestamp_micros({{ microseconds }})
{%- endmacro %}

{% macro snowflake__timestamp_from_microseconds(microseconds) -%}
  to_timestamp_ntz({{ microseconds }}, 6)
{%- endmacro %}

{% macro redshift__timestamp_from_microseconds(microseconds) -%}
  dateadd(microsecond, cast({{ microseconds }} as bigint), cast('1970-01-01' as timestamp))
{%- endmacro %}

{% macro trino__timestamp_from_microseconds(microseconds) -%}
  cast(at_timezone(from_unixtime_nanos({{ microseconds }} * 1000), 'UTC') as timestamp(6))
{%- endmacro %}
