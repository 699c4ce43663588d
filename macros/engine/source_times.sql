{#-
  The timestamp in UTC of a timestamp that has a time zone.

  Args:
    zoned (SQL): a timestamp with a time zone.
  Returns: SQL, a timestamp without a zone.
-#}
{% macro timestamp_from_zoned(zoned) -%}
  {{ return(adapter.dispatch('timestamp_from_zoned', 'customer_engagement')(zoned)) }}
{%- endmacro %}

{% macro default__timestamp_from_zoned(zoned) -%}
  timezone('UTC', {{ zoned }})
{%- endmacro %}

{% macro spark__timestamp_from_zoned(zoned) -%}
  {{ zoned }}
{%- endmacro %}

{% macro bigquery__timestamp_from_zoned(zoned) -%}
  {{ zoned }}
{%- endmacro %}

{% macro snowflake__timestamp_from_zoned(zoned) -%}
  cast(convert_timezone('UTC', {{ zoned }}) as timestamp_ntz)
{%- endmacro %}

{% macro trino__timestamp_from_zoned(zoned) -%}
  cast(at_timezone({{ zoned }}, 'UTC') as timestamp(6))
{%- endmacro %}


{#-
  The timestamp in UTC of a timestamp without a zone that says the time of some place.

  Args:
    local (SQL): a timestamp without a time zone.
    time_zone (str): an IANA name.
  Returns: SQL, a timestamp without a zone. An hour that a place has twice, or not at all, is what the engine's own time
    zone rules make of it.
-#}
{% macro timestamp_from_local(local, time_zone) -%}
  {%- if time_zone | upper == 'UTC' -%}
    {{ local }}
  {%- else -%}
    {{ adapter.dispatch('timestamp_from_local', 'customer_engagement')(local, time_zone) }}
  {%- endif -%}
{%- endmacro %}

{% macro default__timestamp_from_local(local, time_zone) -%}
  timezone('UTC', timezone('{{ time_zone }}', {{ local }}))
{%- endmacro %}

{% macro spark__timestamp_from_local(local, time_zone) -%}
  to_utc_timestamp({{ local }}, '{{ time_zone }}')
{%- endmacro %}

{% macro bigquery__timestamp_from_local(local, time_zone) -%}
  timestamp(cast({{ local }} as datetime), '{{ time_zone }}')
{%- endmacro %}

{% macro snowflake__timestamp_from_local(local, time_zone) -%}
  convert_timezone('{{ time_zone }}', 'UTC', {{ local }})
{%- endmacro %}

{% macro trino__timestamp_from_local(local, time_zone) -%}
  cast(at_timezone(with_timezone({{ local }}, '{{ time_zone }}'), 'UTC') as timestamp(6))
{%- endmacro %}


{#-
  Whether a column of a type holds instants, whatever zone they are written in.

  Args:
    type (str): the type's name, in lower case.
  Returns: bool; false for a type whose values are the time of some place.
-#}
{% macro holds_instants(type) -%}
  {{ return(adapter.dispatch('holds_instants', 'customer_engagement')(type)) }}
{%- endmacro %}

{% macro default__holds_instants(type) -%}
  {{ return(('tz' in type and 'ntz' not in type) or ('zone' in type and 'without' not in type)) }}
{%- endmacro %}

{% macro bigquery__holds_instants(type) -%}
  {{ return(type == 'timestamp') }}
{%- endmacro %}

{% macro spark__holds_instants(type) -%}
  {{ return(type == 'timestamp') }}
{%- endmacro %}
