{#-
  Whether one of some flags of a row is up, whatever the type of its column.

  Args:
    columns (dict): as for `source_text`.
    names (list of str): the columns.
  Returns: SQL, a boolean; false for null and where the table has none of them.
-#}
{% macro any_flag(columns, names) -%}
  {%- set given = [] -%}
  {%- for name in names if name in columns -%}
    {%- do given.append('lower(' ~ customer_engagement.source_text(columns, [name]) ~ ") in ('true', 't', '1')") -%}
  {%- endfor -%}
  {{ '(coalesce(' ~ given | join(', false) or coalesce(') ~ ', false))' if given else 'false' }}
{%- endmacro %}


{#-
  The statements that a hashed e-mail address belongs to a person whom another id tells better.

  Args:
    people (str): a staging model with `customer_id`, `email_id`, `linked_at` and `loaded_at`.
  Returns: SQL, a query of the identity contract.
-#}
{% macro email_links(people) -%}
with people as (
    select customer_id, email_id, linked_at, loaded_at
    from {{ ref(people) }}
)

select
    customer_id,
    email_id as other_id,
    linked_at,
    loaded_at
from people
where email_id <> customer_id
{%- endmacro %}


{#-
  A list of e-mail addresses with each of them hashed, as `customer_key` does.

  Args:
    addresses (SQL): a text, the addresses with semicolons between them.
    parts (int): how many are read at most.
  Returns: SQL, a text, the hashes with semicolons between them, empty ones for addresses that aren't there.
-#}
{% macro hashed_list(addresses, parts=5) -%}
  {%- set hashes = [] -%}
  {%- for part in range(1, parts + 1) -%}
    {%- set address = "nullif(trim(" ~ dbt.split_part(addresses, "';'", part) ~ "), '')" -%}
    {%- do hashes.append("coalesce(" ~ customer_engagement.customer_key(address) ~ ", '')") -%}
  {%- endfor -%}
  {{ hashes | join(" || ';' || ") }}
{%- endmacro %}


{#-
  Keeps the rows that hold now: those that weren't deleted, and in Fivetran's history mode the latest version of each.

  Args:
    columns (dict): as for `source_text`.
  Returns: SQL, a condition on `source`.
-#}
{% macro is_current(columns) -%}
  not {{ customer_engagement.any_flag(columns, ['_fivetran_deleted']) }}
  {%- if '_fivetran_active' in columns %} and {{ customer_engagement.any_flag(columns, ['_fivetran_active']) }}{% endif %}
{%- endmacro %}


{#-
  Who wrote in Intercom: `customer`, `admin` or `bot`.

  Args:
    author_type (SQL): what Intercom calls the author.
  Returns: SQL, a text; null for null.
-#}
{% macro intercom_author(author_type) -%}
  case
    when {{ author_type }} in ('user', 'lead', 'contact') then 'customer'
    when {{ author_type }} in ('bot', 'operator') then 'bot'
    when {{ author_type }} is not null then 'admin'
  end
{%- endmacro %}
