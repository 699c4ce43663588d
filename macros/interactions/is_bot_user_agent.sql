{#-
  Whether a user agent says that it is a program. A business rule: override it with a macro of the
  same name, `<adapter>__is_bot_user_agent`, in your own project.

  Args:
    user_agent (SQL): a text or null.
  Returns: SQL, a boolean; false for null.
-#}
{% macro is_bot_user_agent(user_agent) -%}
  {{ return(adapter.dispatch('is_bot_user_agent', 'customer_engagement')(user_agent)) }}
{%- endmacro %}

{% macro default__is_bot_user_agent(user_agent) -%}
  coalesce(
    lower({{ user_agent }}) like '%bot%'
    or lower({{ user_agent }}) like '%spider%'
    or lower({{ user_agent }}) like '%crawler%',
    false
  )
{%- endmacro %}
