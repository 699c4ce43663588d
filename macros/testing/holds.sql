{#-
  Fails for every row in which a condition is false or unknown.

  Args:
    model (relation): what is tested.
    condition (str): SQL over the model's columns.
-#}
{% test holds(model, condition) %}

select *
from {{ model }}
where coalesce(not ({{ condition }}), true)

{% endtest %}
