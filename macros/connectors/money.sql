{#-
  An amount in a currency's own unit from one in its smallest, as payment systems write it: cents, but whole yen and
  thousandths of a dinar.

  Args:
    amount (SQL): a decimal.
    currency (SQL): a text, the ISO code in any case.
  Returns: SQL, decimal(18, 4).
-#}
{% macro major_units(amount, currency) -%}
  {%- set whole = ['bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'vnd', 'vuv', 'xaf', 'xof', 'xpf'] -%}
  {%- set thousandths = ['bhd', 'jod', 'kwd', 'omr', 'tnd'] -%}
  cast({{ amount }} * case
    when lower({{ currency }}) in ('{{ whole | join("', '") }}') then 1.000
    when lower({{ currency }}) in ('{{ thousandths | join("', '") }}') then 0.001
    else 0.010
  end as decimal(18, 4))
{%- endmacro %}
