{#-
  The values of a group as one text.

  Args:
    value (SQL): a text; a null is left out.
    delimiter (str): what stands between two values.
    order_by (SQL): what puts them in order, ascending; it must tell any two rows of a group with
      different values apart, and isn't null where the value isn't.
  Returns: SQL, an aggregate, a text; null for no values.
-#}
{% macro list_in_order(value, delimiter, order_by) -%}
  {{ return(adapter.dispatch('list_in_order', 'customer_engagement')(value, delimiter, order_by)) }}
{%- endmacro %}

{% macro default__list_in_order(value, delimiter, order_by) -%}
  {{ dbt.listagg(value, "'" ~ delimiter ~ "'", 'order by ' ~ order_by) }}
{%- endmacro %}

{#- Its list of values comes in no order, and one of none is an empty text. -#}
{% macro spark__list_in_order(value, delimiter, order_by) -%}
  case when count({{ value }}) > 0 then array_join(
    {%- if value == order_by %}
    array_sort(collect_list({{ value }})),
    {%- else %}
    transform(
      array_sort(collect_list(case when {{ value }} is not null then struct({{ order_by }} as place, {{ value }} as text) end)),
      listed -> listed.text
    ),
    {%- endif %} '{{ delimiter }}'
  ) end
{%- endmacro %}


{#-
  The whole numbers from 1 on, a row each.

  Args:
    last (int): the last of them.
  Returns: SQL, a query with `generated_number`. dbt's own series is a product of many small tables, which Spark
    plans anew wherever it is named.
-#}
{% macro whole_numbers(last) -%}
  {{ return(adapter.dispatch('whole_numbers', 'customer_engagement')(last)) }}
{%- endmacro %}

{% macro default__whole_numbers(last) -%}
  {{ dbt.generate_series(last) }}
{%- endmacro %}

{% macro spark__whole_numbers(last) -%}
  select explode(sequence(1, {{ last }})) as generated_number
{%- endmacro %}
