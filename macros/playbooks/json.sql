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
  Formula: RFC 8259, section 7: the reverse solidus, the quotation mark and the control characters that
  have a short name are escaped; the other control characters from 1 to 31, which say nothing, become
  spaces (a text can't hold the character 0). All are written as `chr`, since a reverse solidus between
  quotes means something else on some engines.
-#}
{% macro json_string(column) -%}
  {%- set names = {92: 'chr(92)', 34: 'chr(34)', 8: "'b'", 9: "'t'", 10: "'n'", 12: "'f'", 13: "'r'"} -%}
  {%- set escaped = {'text': 'cast(' ~ column ~ ' as ' ~ dbt.type_string() ~ ')'} -%}
  {%- set others = [] -%}
  {%- for code in range(1, 32) if code not in names -%}
    {%- do others.append('chr(' ~ code ~ ')') -%}
  {%- endfor -%}
  {%- do escaped.update({'text': 'translate(' ~ escaped.text ~ ', ' ~ others | join(' || ') ~ ", '" ~ ' ' * (others | length) ~ "')"}) -%}
  {%- for code, name in names.items() -%}
    {%- do escaped.update({'text': 'replace(' ~ escaped.text ~ ', chr(' ~ code ~ '), chr(92) || ' ~ name ~ ')'}) -%}
  {%- endfor -%}
  '"' || {{ escaped.text }} || '"'
{%- endmacro %}
