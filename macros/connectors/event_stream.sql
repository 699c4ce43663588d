{#-
  One kind of calls of a tracker that loads each kind into a table of its own (Segment, RudderStack), as interactions.
  Rows that were loaded twice stay: the id tells them. What a device's clock says (`original_timestamp`) isn't read,
  since `timestamp` is what the tracker made of it.

  Args:
    system (str): the system that loads the tables, the name of the source.
    table (str): 'tracks', 'pages', 'screens' or 'identifies'.
    event_type (SQL): what a row is.
    content (list of str): the columns that may say what it is about.
    reads (str): a condition on `source`; default: every row.
  Returns: SQL, a query of the interaction contract.
-#}
{% macro event_stream(system, table, event_type, content=[], reads='true') -%}
{%- set columns = customer_engagement.source_columns(source(system, table)) -%}
with source as (
    select * from {{ source(system, table) }}
),

renamed as (
    select
        -- ids
        {{ customer_engagement.source_text(columns, ['id']) }} as interaction_id,
        {{ customer_engagement.customer_key(customer_engagement.source_text(columns, ['user_id'])) }} as customer_id,
        {{ customer_engagement.source_text(columns, ['anonymous_id']) }} as anonymous_id,
        {{ customer_engagement.source_text(columns, ['context_session_id']) }} as session_id,
        {{ customer_engagement.source_text(columns, ['context_group_id']) }} as account_id,
        {{ customer_engagement.source_text(columns, content) }} as content_id,
        {{ customer_engagement.source_text(columns, ['context_campaign_name']) }} as campaign_id,

        -- what
        {{ event_type }} as event_type,
        {{ customer_engagement.is_bot_user_agent(customer_engagement.source_text(columns, ['context_user_agent'])) }} as is_bot,

        -- when
        {{ customer_engagement.source_time(columns, 'timestamp', system) }} as occurred_at,
        {{ customer_engagement.source_time(columns, 'received_at', system) }} as loaded_at

    from source
    where {{ reads }}
)

select * from renamed
{%- endmacro %}


{#-
  Keeps the events that have no table of their own among those that are read, so that none counts twice.

  Args:
    system (str): as for `event_stream`.
  Returns: SQL, a condition on `source`, the table `tracks`.
-#}
{% macro without_own_table(system) -%}
  {%- set own_tables = ['order_completed', 'order_refunded'] | select('in', customer_engagement.connector_tables(system)) | list -%}
  {{ "source.event is null or source.event not in ('" ~ own_tables | join("', '") ~ "')" if own_tables else 'true' }}
{%- endmacro %}


{#-
  The calls of the event tables `order_completed` or `order_refunded` of such a tracker, as interactions with an amount.

  Args:
    system (str): as for `event_stream`.
    table (str): the event's table.
  Returns: SQL, a query of the interaction contract. An order's id is the order's, so that a thank-you page that is
    loaded again is no second order; a refund's id is the call's, since an order may have several.
-#}
{% macro event_stream_orders(system, table) -%}
{%- set columns = customer_engagement.source_columns(source(system, table)) -%}
{%- set order_id = customer_engagement.source_text(columns, ['order_id']) -%}
{%- set call_id = customer_engagement.source_text(columns, ['id']) -%}
with source as (
    select * from {{ source(system, table) }}
),

renamed as (
    select
        -- ids
        {{ 'coalesce(' ~ order_id ~ ', ' ~ call_id ~ ')' if table == 'order_completed' else call_id }} as interaction_id,
        {{ customer_engagement.customer_key(customer_engagement.source_text(columns, ['user_id'])) }} as customer_id,
        {{ customer_engagement.source_text(columns, ['anonymous_id']) }} as anonymous_id,
        {{ order_id }} as content_id,

        -- what
        '{{ table }}' as event_type,
        {{ customer_engagement.source_decimal(columns, ['total', 'revenue', 'value']) }} as amount,
        upper({{ customer_engagement.source_text(columns, ['currency']) }}) as currency,
        {{ customer_engagement.is_bot_user_agent(customer_engagement.source_text(columns, ['context_user_agent'])) }} as is_bot,

        -- when
        {{ customer_engagement.source_time(columns, 'timestamp', system) }} as occurred_at,
        {{ customer_engagement.source_time(columns, 'received_at', system) }} as loaded_at

    from source
)

select * from renamed
{%- endmacro %}


{#-
  The users that such a tracker knows, with what their latest identify call said.

  Args:
    system (str): as for `event_stream`.
  Returns: SQL, a query of the customer contract and of the identity contract: the e-mail address, hashed, is another id
    of the user.
-#}
{% macro event_stream_users(system) -%}
{%- set columns = customer_engagement.source_columns(source(system, 'users')) -%}
with source as (
    select * from {{ source(system, 'users') }}
),

renamed as (
    select
        -- ids
        {{ customer_engagement.customer_key(customer_engagement.source_text(columns, ['id'])) }} as customer_id,
        {{ customer_engagement.customer_key(customer_engagement.source_text(columns, ['email'])) }} as other_id,
        {{ customer_engagement.source_text(columns, ['company_id', 'context_group_id']) }} as account_id,

        -- what
        lower({{ customer_engagement.source_text(columns, ['plan']) }}) as plan,
        upper({{ customer_engagement.source_text(columns, ['address_country', 'country']) }}) as country,

        -- when
        {{ customer_engagement.source_time(columns, 'created_at', system) }} as created_at,
        {# Not what an identify call moves on. -#}
        {{ customer_engagement.source_time(columns, 'created_at', system) }} as linked_at,
        {{ customer_engagement.source_time(columns, 'received_at', system) }} as loaded_at

    from source
),

-- Some warehouses append a row where others replace it.
ranked as (
    select
        *,
        row_number() over (
            partition by customer_id
            order by loaded_at desc nulls last, created_at, other_id, account_id, plan, country
        ) as place
    from renamed
)

select customer_id, other_id, account_id, plan, country, created_at, linked_at, loaded_at
from ranked
where place = 1
{%- endmacro %}


{#-
  The alias calls of such a tracker: the id that a user had before.

  Args:
    system (str): as for `event_stream`.
  Returns: SQL, a query of the identity contract.
-#}
{% macro event_stream_aliases(system) -%}
{%- set columns = customer_engagement.source_columns(source(system, 'aliases')) -%}
with source as (
    select * from {{ source(system, 'aliases') }}
),

renamed as (
    select
        -- ids
        {{ customer_engagement.customer_key(customer_engagement.source_text(columns, ['user_id'])) }} as customer_id,
        {{ customer_engagement.customer_key(customer_engagement.source_text(columns, ['previous_id'])) }} as other_id,

        -- when
        {{ customer_engagement.source_time(columns, 'timestamp', system) }} as linked_at,
        {{ customer_engagement.source_time(columns, 'received_at', system) }} as loaded_at

    from source
)

select * from renamed
{%- endmacro %}
