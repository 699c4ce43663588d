{#-
  Why a raw row can't be used, judged from the row alone; null for a row that can.

  The reasons are tried in this order, and the first one counts. Rows of erased customers come
  first: they are counted and never kept, whatever else is wrong with them.

  Args:
    excluded_because (SQL): the customer's reason in the seed `excluded_customers`, or null.
    earliest_event_date (str): YYYY-MM-DD; default: the var.
  Returns: SQL, a text or null.
-#}
{% macro rejection_reason(excluded_because, earliest_event_date=none) -%}
  case
    when {{ excluded_because }} = 'erased' then 'erased_customer'
    when interaction_id is null then 'no_id'
    when event_type is null then 'no_event_type'
    when occurred_at is null then 'unusable_time'
    when loaded_at is null then 'no_load_time'
    when event_date < cast('{{ earliest_event_date or var("earliest_event_date") }}' as date) then 'impossible_time'
    when occurred_at > {{ customer_engagement.time_plus('hour', 1, 'loaded_at') }} then 'future_time'
    when quantity < 0 then 'negative_quantity'
    when raw_interactions.customer_id is null and anonymous_id is null then 'no_customer'
    when raw_interactions.customer_id is null then 'never_identified'
    when {{ excluded_because }} is not null then 'excluded_customer'
  end
{%- endmacro %}
