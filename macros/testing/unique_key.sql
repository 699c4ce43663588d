{#-
  Fails for every value of a key that stands in more than one row, or that holds a null.

  Args:
    model (relation): what is tested.
    columns (list of str): the key.
    nullable (list of str): columns of the key in which a null is a value like any other.
-#}
{% test unique_key(model, columns, nullable=[]) %}

select
    {{ columns | join(', ') }},
    count(*) as rows_of_key
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{%- for column in columns if column not in nullable %}
    or {{ column }} is null
{%- endfor %}

{% endtest %}
