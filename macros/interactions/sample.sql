{#-
  Whether the sample company's models are part of the project: only while this project is the root
  and nobody listed interaction models of their own.

  Returns: bool.
-#}
{% macro sample_is_on() %}
  {{ return(project_name == 'customer_engagement' and not var('interaction_models')) }}
{% endmacro %}
