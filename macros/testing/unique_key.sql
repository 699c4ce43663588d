{#-
  Fails for every value of a key that stands in more than one row. Nulls count as a value, so a row
  is never passed over.

  Args:
    model (relation): what is tested.
    columns (list of str): the key.
-#}
{% test unique_key(model, columns) %}

select
    {{ columns | join(', ') }},
    count(*) as rows_of_key
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1

{% endtest %}
