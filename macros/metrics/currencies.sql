{#-
  Stops the run where the calling model, the list of the currencies without a rate, has a row.

  Returns: nothing.
  Errors: a compilation error with the currency, the file and the mend of each.
-#}
{% macro stop_on_unknown_currencies() %}
  {%- if execute -%}
    {%- set unknown = run_query('select currency, interactions, first_ordered_on from ' ~ this ~ ' order by currency') -%}
    {%- set sentences = [] -%}
    {%- for row in unknown.rows -%}
      {%- do sentences.append(
        'exchange_rates.csv has no rate for ' ~ row[0] ~ ' on ' ~ row[2] ~ ' (orders and refunds without one: ' ~ row[1]
        ~ '): add a row that is valid then, of rate 1 where ' ~ row[0] ~ ' is the currency that you report in.'
      ) -%}
    {%- endfor -%}
    {%- if sentences -%}
      {{ exceptions.raise_compiler_error('Some amounts cannot be converted, so no table of orders was touched.\n' ~ sentences | join('\n')) }}
    {%- endif -%}
  {%- endif -%}
{% endmacro %}


{#-
  Puts the calling model behind the check of the currencies: where the check fails, dbt skips it.

  Returns: nothing.
-#}
{% macro behind_currency_check() %}
  {%- if not execute -%}
    {%- do ref('int_unknown_currencies') -%}
  {%- endif -%}
{% endmacro %}
