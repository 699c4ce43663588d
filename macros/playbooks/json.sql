{#-
  The values of some columns as the text of a JSON object, its keys in the given order: the same text on
  every engine, which their own JSON functions don't promise.

  Args:
    texts (list of str): columns that are given as texts, dates among them (YYYY-MM-DD).
    numbers (list of str): columns that are given as numbers, after the texts; whole numbers or decimals.
  Returns: SQL, a text that isn't null; the keys are the columns' names, a null is null.
-#}
{% macro json_object(texts, numbers=[]) -%}
  '{'
  {%- for column in texts + numbers %}
    || '{{ ', ' if not loop.first }}"{{ column.split('.')[-1] }}": ' || coalesce(
      {%- if column in numbers -%}
        cast({{ column }} as {{ dbt.type_string() }})
      {%- else -%}
        {{ customer_engagement.json_string(column) }}
      {%- endif -%}
      , 'null')
  {%- endfor %}
    || '}'
{%- endmacro %}


{#-
  A value as the text of a JSON string, in double quotes.

  Args:
    column (SQL): a text, or what can be cast to one.
  Returns: SQL, a text; null for null.
  Formula: RFC 8259, section 7: the reverse solidus, the quotation mark and the control characters from
  1 to 31 are escaped (a text can't hold the character 0), everything else stands as it is. The reverse
  solidus is written as `chr(92)`, since it means something else between quotes on some engines.
-#}
{% macro json_string(column) -%}
  {%- set escaped = {'text': 'cast(' ~ column ~ ' as ' ~ dbt.type_string() ~ ')'} -%}
  {%- set short = {8: 'b', 9: 't', 10: 'n', 12: 'f', 13: 'r'} -%}
  {%- do escaped.update({'text': 'replace(' ~ escaped.text ~ ', chr(92), chr(92) || chr(92))'}) -%}
  {%- do escaped.update({'text': 'replace(' ~ escaped.text ~ ", '\"', chr(92) || '\"')"}) -%}
  {%- for code in range(1, 32) -%}
    {%- set name = short.get(code, 'u%04x' | format(code)) -%}
    {%- do escaped.update({'text': 'replace(' ~ escaped.text ~ ', chr(' ~ code ~ "), chr(92) || '" ~ name ~ "')"}) -%}
  {%- endfor -%}
  '"' || {{ escaped.text }} || '"'
{%- endmacro %}
