{#-
  What tells the messages to one recipient apart: the message's id; where the source has none, the
  campaign, which is then one message to each recipient; where it has neither, the event itself, to
  which no reaction can belong.

  Args:
    interactions (str): the relation with the columns of int_interactions.
  Returns: SQL, a text that isn't null.
-#}
{% macro message_id(interactions) -%}
  coalesce(
    {{ interactions }}.content_id,
    'campaign ' || {{ interactions }}.campaign_id,
    {{ interactions }}.source || ' '
    || cast({{ interactions }}.event_date as {{ dbt.type_string() }}) || ' ' || {{ interactions }}.interaction_id
  )
{%- endmacro %}
