{#-
  The schema of a node: its own name (`marts`) in the embedded warehouse, where `main` is the
  target's schema, and `<target schema>_<name>` elsewhere.

  Acts only while this project is the root. Installed as a package, it hands over to the root
  project's `generate_schema_name`, or to dbt's where the root has none.

  Args:
    custom_schema_name (str): the node's `schema` config, or none.
    node (dict): the node.
  Returns: str, the schema's name.
-#}
{% macro generate_schema_name(custom_schema_name, node) -%}
  {%- if project_name != 'customer_engagement' -%}
    {%- set of_root = context.get(project_name, {}).get('generate_schema_name') or dbt.generate_schema_name -%}
    {{ return(of_root(custom_schema_name, node)) }}
  {%- endif -%}
  {%- if custom_schema_name is not none and target.schema == 'main' -%}
    {{ return(custom_schema_name | trim) }}
  {%- endif -%}
  {{ return(dbt.generate_schema_name(custom_schema_name, node)) }}
{%- endmacro %}
