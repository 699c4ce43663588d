{#-
  The date, in the reporting time zone, of a timestamp in UTC.

  Args:
    timestamp_utc (SQL): a timestamp without a zone, in UTC.
    timezone (str): an IANA name; default: the var `reporting_timezone`.
  Returns: SQL, a date. Both changes of daylight saving are the engine's own time zone rules.
-#}
{% macro reporting_date(timestamp_utc, timezone=none) -%}
  {%- set zone = timezone or var('reporting_timezone') -%}
  {%- if zone | upper == 'UTC' -%}
    cast({{ timestamp_utc }} as date)
  {%- else -%}
    {{ adapter.dispatch('reporting_date_in_zone', 'customer_engagement')(timestamp_utc, zone) }}
  {%- endif -%}
{%- endmacro %}

{% macro default__reporting_date_in_zone(timestamp_utc, zone) -%}
  cast(timezone('{{ zone }}', timezone('UTC', {{ timestamp_utc }})) as date)
{%- endmacro %}

{% macro spark__reporting_date_in_zone(timestamp_utc, zone) -%}
  cast(from_utc_timestamp({{ timestamp_utc }}, '{{ zone }}') as date)
{%- endmacro %}


{#-
  The timestamp in UTC of a number of seconds since 1970-01-01.

  Args:
    seconds (SQL): a whole number.
  Returns: SQL, a timestamp without a zone; null for null.
-#}
{% macro timestamp_from_epoch(seconds) -%}
  {{ return(adapter.dispatch('timestamp_from_epoch', 'customer_engagement')(seconds)) }}
{%- endmacro %}

{% macro default__timestamp_from_epoch(seconds) -%}
  make_timestamp({{ seconds }} * 1000000)
{%- endmacro %}

{% macro postgres__timestamp_from_epoch(seconds) -%}
  timezone('UTC', to_timestamp({{ seconds }}))
{%- endmacro %}

{% macro spark__timestamp_from_epoch(seconds) -%}
  timestamp_seconds({{ seconds }})
{%- endmacro %}


{#-
  The timestamp in UTC that an ISO 8601 text in UTC says.

  dbt's `safe_cast` is a plain cast on some engines, which stops the build at the first text that
  isn't a time.

  Args:
    iso_text (SQL): a text such as 2026-01-31T10:11:12Z, or anything else.
  Returns: SQL, a timestamp without a zone; null for null and for a text that isn't a time.
-#}
{% macro timestamp_from_text(iso_text) -%}
  {{ return(adapter.dispatch('timestamp_from_text', 'customer_engagement')(iso_text)) }}
{%- endmacro %}

{% macro default__timestamp_from_text(iso_text) -%}
  try_cast({{ iso_text }} as timestamp)
{%- endmacro %}

{% macro postgres__timestamp_from_text(iso_text) -%}
  case
    when pg_input_is_valid({{ iso_text }}, 'timestamp with time zone')
      then timezone('UTC', cast({{ iso_text }} as timestamp with time zone))
  end
{%- endmacro %}
