{#-
  What the engine's planner has to be told before a model is built: a pre-hook of every model.

  Postgres guesses that conditions on two columns which always hold together leave few rows, and then joins
  hundreds of thousands of them one by one; and compiles each statement, which costs more than it saves here.

  Returns: SQL, statements that hold for the model's own transaction; nothing on other engines.
-#}
{% macro plan_for_large_joins() -%}
  {{ return(adapter.dispatch('plan_for_large_joins', 'customer_engagement')()) }}
{%- endmacro %}

{% macro default__plan_for_large_joins() -%}
{%- endmacro %}

{% macro postgres__plan_for_large_joins() -%}
  {%- if model.config.materialized in ('table', 'incremental') -%}
    set local enable_nestloop = off; set local jit = off
  {%- endif -%}
{%- endmacro %}

{#- Redshift has Postgres' name for an adapter's parent, and another planner. -#}
{% macro redshift__plan_for_large_joins() -%}
{%- endmacro %}


{#-
  What tells the engine's planner about the table that was just built, where it would find out too late: a
  post-hook of every model. Postgres takes a table that nobody has analysed for one of ten pages.

  Returns: SQL, a statement; nothing on other engines, and for what is not stored.
-#}
{% macro refresh_statistics() -%}
  {{ return(adapter.dispatch('refresh_statistics', 'customer_engagement')()) }}
{%- endmacro %}

{% macro default__refresh_statistics() -%}
{%- endmacro %}

{% macro postgres__refresh_statistics() -%}
  {%- if model.config.materialized in ('table', 'incremental') -%}
    analyze {{ this }}
  {%- endif -%}
{%- endmacro %}


{#-
  The materialisation of a step that several others read, none of which would be worth a table: part of
  their statements. Spark plans a common table expression anew wherever it is named, and where such steps
  are piled on each other, the plan outgrows the server's memory.

  Returns: str, a materialisation.
-#}
{% macro shared_step() %}
  {{ return(adapter.dispatch('shared_step', 'customer_engagement')()) }}
{% endmacro %}

{% macro default__shared_step() %}
  {{ return('ephemeral') }}
{% endmacro %}

{% macro spark__shared_step() %}
  {{ return('table') }}
{% endmacro %}


{#-
  The materialisation of a view with a long text. Spark's catalogue may be one that keeps 32,700 characters
  of a view (Hive's metastore on Derby), so it is a table there.

  Returns: str, a materialisation.
-#}
{% macro long_view() %}
  {{ return(adapter.dispatch('long_view', 'customer_engagement')()) }}
{% endmacro %}

{% macro default__long_view() %}
  {{ return('view') }}
{% endmacro %}

{% macro spark__long_view() %}
  {{ return('table') }}
{% endmacro %}
