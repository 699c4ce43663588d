{#-
  A 60-bit number that stands for a text, the same on every engine.

  Args:
    text_value (SQL): a text.
  Returns: SQL, a bigint of 0 or more: the first 15 hexadecimal digits of the text's MD5.
-#}
{% macro version_hash(text_value) -%}
  {{ return(adapter.dispatch('version_hash', 'customer_engagement')(text_value)) }}
{%- endmacro %}

{% macro default__version_hash(text_value) -%}
  cast('0x' || substr(md5({{ text_value }}), 1, 15) as bigint)
{%- endmacro %}

{% macro postgres__version_hash(text_value) -%}
  cast(cast('x' || substr(md5({{ text_value }}), 1, 15) as bit(60)) as bigint)
{%- endmacro %}

{% macro spark__version_hash(text_value) -%}
  cast(conv(substr(md5({{ text_value }}), 1, 15), 16, 10) as bigint)
{%- endmacro %}

{% macro snowflake__version_hash(text_value) -%}
  cast(to_number(substr(md5({{ text_value }}), 1, 15), 'XXXXXXXXXXXXXXX') as bigint)
{%- endmacro %}

{% macro redshift__version_hash(text_value) -%}
  strtol(substring(md5({{ text_value }}), 1, 15), 16)
{%- endmacro %}

{% macro bigquery__version_hash(text_value) -%}
  cast('0x' || substr(to_hex(md5({{ text_value }})), 1, 15) as int64)
{%- endmacro %}

{% macro trino__version_hash(text_value) -%}
  from_base(substr(lower(to_hex(md5(to_utf8({{ text_value }})))), 1, 15), 16)
{%- endmacro %}
