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
