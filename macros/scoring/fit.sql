{#-
  What a customer may have points of fit for: the attributes of the customer contract, and the number
  of the account's customers.

  Returns: list of str.
-#}
{% macro fit_attributes() %}
  {{ return(['plan', 'country', 'customer_type', 'account_size']) }}
{% endmacro %}


{#-
  The four parts of the plane of fit and engagement.

  Returns: list of dicts with `name`, `is_good_fit` and `is_good` (true or false, as SQL).
-#}
{% macro fit_quadrants() %}
  {{ return([
    {'name': 'champion', 'is_good_fit': 'true', 'is_good': 'true'},
    {'name': 'nurture', 'is_good_fit': 'true', 'is_good': 'false'},
    {'name': 'engaged_misfit', 'is_good_fit': 'false', 'is_good': 'true'},
    {'name': 'low_priority', 'is_good_fit': 'false', 'is_good': 'false'},
  ]) }}
{% endmacro %}
