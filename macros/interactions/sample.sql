{#-
  Whether the sample company's models are part of the project: only while this project is the root
  and nobody listed interaction models or connectors of their own; those of a channel, only while it is on.

  Args:
    channel (str): the channel of a source; none for what belongs to no channel.
  Returns: bool.
-#}
{% macro sample_is_on(channel=none) %}
  {{ return(
    project_name == 'customer_engagement' and not var('interaction_models') and not var('connectors')
    and customer_engagement.channel_is_on(channel)
  ) }}
{% endmacro %}


{#-
  The sample company's models of the interaction contract, of the channels that are on.

  Returns: list of model names.
-#}
{% macro sample_interaction_models() %}
  {%- set names = [] -%}
  {%- for name, channel in [
    ('stg_web__page_events', 'web'),
    ('stg_product__events', 'product'),
    ('stg_email__events', 'email'),
    ('stg_social__interactions', 'social'),
    ('stg_shop__orders', 'commerce'),
    ('stg_shop__refunds', 'commerce'),
    ('stg_support__tickets', 'support'),
    ('int_support_ticket_changes', 'support'),
    ('stg_support__csat_ratings', 'support'),
    ('stg_surveys__responses', 'survey'),
    ('stg_loyalty__ledger', 'loyalty'),
  ] if customer_engagement.sample_is_on(channel) -%}
    {%- do names.append(name) -%}
  {%- endfor -%}
  {{ return(names) }}
{% endmacro %}
