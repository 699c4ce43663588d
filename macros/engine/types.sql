{#-
  The name of the eight-byte floating point type.

  dbt's own `type_float` is four bytes on some engines, and a division or a logarithm of four bytes
  differs in the seventh digit.

  Returns: SQL, a type's name.
-#}
{% macro type_double() -%}
  {{ return(adapter.dispatch('type_double', 'customer_engagement')()) }}
{%- endmacro %}

{% macro default__type_double() -%}
  double
{%- endmacro %}

{% macro postgres__type_double() -%}
  double precision
{%- endmacro %}

{% macro bigquery__type_double() -%}
  float64
{%- endmacro %}


{#-
  A decimal of more than 29 digits before the point, or more than 9 after it.

  Args:
    precision (int): all digits, up to 38.
    scale (int): digits after the point.
  Returns: SQL, a type's name. BigQuery has a type of its own for it; elsewhere it is a decimal as any other.
-#}
{% macro type_wide_decimal(precision, scale) -%}
  {{ return(adapter.dispatch('type_wide_decimal', 'customer_engagement')(precision, scale)) }}
{%- endmacro %}

{% macro default__type_wide_decimal(precision, scale) -%}
  decimal({{ precision }}, {{ scale }})
{%- endmacro %}

{% macro bigquery__type_wide_decimal(precision, scale) -%}
  bignumeric({{ precision }}, {{ scale }})
{%- endmacro %}


{#-
  A decimal of all digits that a double has.

  Args:
    number (SQL): a double.
    type (str): the decimal's type.
  Returns: SQL, a decimal; null for null. Postgres' own cast keeps 15 of up to 17 digits; its text has them all.
-#}
{% macro decimal_of_double(number, type) -%}
  {{ return(adapter.dispatch('decimal_of_double', 'customer_engagement')(number, type)) }}
{%- endmacro %}

{% macro default__decimal_of_double(number, type) -%}
  cast({{ number }} as {{ type }})
{%- endmacro %}

{% macro postgres__decimal_of_double(number, type) -%}
  cast(cast({{ number }} as text) as {{ type }})
{%- endmacro %}


{#-
  What dbt takes for a text on Redshift has 256 bytes; reasons and definitions are longer.

  Acts only while this project is the root: installed as a package, the root's `dispatch` names it.

  Returns: SQL, a type's name.
-#}
{% macro redshift__type_string() -%}
  varchar(65535)
{%- endmacro %}


{#-
  The columns of a contract as Redshift creates them, texts as long as they may be.

  Returns: SQL, the list of columns in parentheses.
-#}
{% macro redshift__get_table_columns_and_constraints() -%}
  {%- for column in model.columns.values() if column.data_type | lower == 'text' -%}
    {%- do column.update({'data_type': dbt.type_string()}) -%}
  {%- endfor -%}
  {{ return(dbt.default__get_table_columns_and_constraints()) }}
{%- endmacro %}


{#-
  Loads a seed into BigQuery, whose loader knows its own types' names only, and none with a length.

  Args:
    model (dict): the seed.
    agate_table (agate.Table): its rows.
  Returns: SQL, nothing; see dbt's own macro of this name.
-#}
{% macro bigquery__load_csv_rows(model, agate_table) -%}
  {%- set loaded_as = {'varchar': 'string', 'decimal': 'numeric', 'double': 'float64'} -%}
  {%- set types = {} -%}
  {%- for column, type in model.config.get('column_types', {}).items() -%}
    {%- set name = type.split('(')[0] | trim -%}
    {%- do types.update({column: loaded_as.get(name, name)}) -%}
  {%- endfor -%}
  {%- do model.config.update({'column_types': types}) -%}
  {{ return(dbt.bigquery__load_csv_rows(model, agate_table)) }}
{%- endmacro %}
