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

{% macro snowflake__reporting_date_in_zone(timestamp_utc, zone) -%}
  cast(convert_timezone('UTC', '{{ zone }}', {{ timestamp_utc }}) as date)
{%- endmacro %}

{% macro redshift__reporting_date_in_zone(timestamp_utc, zone) -%}
  cast(convert_timezone('UTC', '{{ zone }}', {{ timestamp_utc }}) as date)
{%- endmacro %}

{% macro bigquery__reporting_date_in_zone(timestamp_utc, zone) -%}
  date(cast({{ timestamp_utc }} as timestamp), '{{ zone }}')
{%- endmacro %}

{% macro trino__reporting_date_in_zone(timestamp_utc, zone) -%}
  cast(at_timezone(with_timezone({{ timestamp_utc }}, 'UTC'), '{{ zone }}') as date)
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

{% macro snowflake__timestamp_from_epoch(seconds) -%}
  to_timestamp_ntz({{ seconds }})
{%- endmacro %}

{% macro redshift__timestamp_from_epoch(seconds) -%}
  dateadd(second, cast({{ seconds }} as bigint), cast('1970-01-01' as timestamp))
{%- endmacro %}

{% macro bigquery__timestamp_from_epoch(seconds) -%}
  timestamp_seconds({{ seconds }})
{%- endmacro %}

{% macro trino__timestamp_from_epoch(seconds) -%}
  cast(at_timezone(from_unixtime({{ seconds }}), 'UTC') as timestamp(6))
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

{#- Its cast takes a year alone, or a date without a time's punctuation, for a time. -#}
{% macro spark__timestamp_from_text(iso_text) -%}
  cast({{ iso_text }} as timestamp)
{%- endmacro %}

{% macro postgres__timestamp_from_text(iso_text) -%}
  case
    when pg_input_is_valid({{ iso_text }}, 'timestamp with time zone')
      then timezone('UTC', cast({{ iso_text }} as timestamp with time zone))
  end
{%- endmacro %}

{% macro snowflake__timestamp_from_text(iso_text) -%}
  try_to_timestamp_ntz({{ iso_text }})
{%- endmacro %}

{% macro redshift__timestamp_from_text(iso_text) -%}
  cast(try_cast(nullif(trim({{ iso_text }}), '') as timestamp with time zone) as timestamp)
{%- endmacro %}

{% macro bigquery__timestamp_from_text(iso_text) -%}
  safe_cast({{ iso_text }} as timestamp)
{%- endmacro %}

{% macro trino__timestamp_from_text(iso_text) -%}
  cast(at_timezone(try(from_iso8601_timestamp_nanos(replace({{ iso_text }}, ' ', 'T'))), 'UTC') as timestamp(6))
{%- endmacro %}

{#- Spark's cast of a text that is no time is an error here. -#}
{% macro databricks__timestamp_from_text(iso_text) -%}
  try_cast({{ iso_text }} as timestamp)
{%- endmacro %}


{#-
  A date some days after (or, negative, before) another.

  dbt's `dateadd` gives a timestamp on most engines; a window's edge must be a date.

  Args:
    days (SQL or int): how many, whole.
    from_date (SQL): a date.
    part (str): day, week, month or year, for another unit than days.
  Returns: SQL, a date; the last of its month where a month or year has no such day.
-#}
{% macro date_plus(days, from_date, part='day') -%}
  {{ return(adapter.dispatch('date_plus', 'customer_engagement')(days, from_date, part)) }}
{%- endmacro %}

{% macro default__date_plus(days, from_date, part) -%}
  cast({{ dbt.dateadd(part, days, from_date) }} as date)
{%- endmacro %}

{#- dbt's own repeats its arguments many times, one inside the other, and Spark plans all of them. -#}
{% macro spark__date_plus(days, from_date, part) -%}
  {%- set function, units = {
      'day': ('date_add', 1), 'week': ('date_add', 7), 'month': ('add_months', 1), 'year': ('add_months', 12),
  }[part] -%}
  {{ function }}({{ from_date }}, cast(({{ days }}) * {{ units }} as int))
{%- endmacro %}


{#-
  The days from one date to another.

  Args:
    from_date (SQL): a date, or a timestamp, of which the date counts.
    to_date (SQL): the same.
  Returns: SQL, a whole number, negative where the second is the earlier one.
-#}
{% macro days_between(from_date, to_date) -%}
  {{ return(adapter.dispatch('days_between', 'customer_engagement')(from_date, to_date)) }}
{%- endmacro %}

{% macro default__days_between(from_date, to_date) -%}
  {{ dbt.datediff(from_date, to_date, 'day') }}
{%- endmacro %}

{% macro spark__days_between(from_date, to_date) -%}
  datediff({{ to_date }}, {{ from_date }})
{%- endmacro %}


{#-
  A timestamp some time after (or, negative, before) another, to the microsecond.

  Args:
    part (str): day, hour or minute.
    number (SQL or int): how many, whole.
    from_timestamp (SQL): a timestamp.
  Returns: SQL, a timestamp. dbt's `dateadd` cuts Spark's to whole seconds.
-#}
{% macro time_plus(part, number, from_timestamp) -%}
  {{ return(adapter.dispatch('time_plus', 'customer_engagement')(part, number, from_timestamp)) }}
{%- endmacro %}

{% macro default__time_plus(part, number, from_timestamp) -%}
  {{ dbt.dateadd(part, number, from_timestamp) }}
{%- endmacro %}

{% macro spark__time_plus(part, number, from_timestamp) -%}
  timestampadd({{ part }}, {{ number }}, {{ from_timestamp }})
{%- endmacro %}


{#-
  The microseconds from one timestamp to another.

  Args:
    from_timestamp (SQL): a timestamp.
    to_timestamp (SQL): a timestamp.
  Returns: SQL, a whole number. dbt's `datediff` reads Spark's out of a text of another form.
-#}
{% macro microseconds_between(from_timestamp, to_timestamp) -%}
  {{ return(adapter.dispatch('microseconds_between', 'customer_engagement')(from_timestamp, to_timestamp)) }}
{%- endmacro %}

{% macro default__microseconds_between(from_timestamp, to_timestamp) -%}
  {{ dbt.datediff(from_timestamp, to_timestamp, 'microsecond') }}
{%- endmacro %}

{% macro spark__microseconds_between(from_timestamp, to_timestamp) -%}
  (unix_micros({{ to_timestamp }}) - unix_micros({{ from_timestamp }}))
{%- endmacro %}

{#- Its differences end at milliseconds. -#}
{% macro trino__microseconds_between(from_timestamp, to_timestamp) -%}
  cast(round(to_unixtime({{ to_timestamp }}) * 1e6) - round(to_unixtime({{ from_timestamp }}) * 1e6) as bigint)
{%- endmacro %}
