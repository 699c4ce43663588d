{{ config(materialized='view', **connector_model('int_intercom_events')) }}
-- A conversation is its author's, or whose contact takes part in it; an answer is an event of the one who gets it.
{%- set has_contacts = 'conversation_contact_history' in connector_tables('intercom') %}
with conversations as (
    select * from {{ ref('stg_intercom__conversations') }}
),

parts as (
    select * from {{ ref('stg_intercom__conversation_parts') }}
),

participants as (
    {% if has_contacts -%}
    select conversation_id, min(contact_id) as contact_id, max(loaded_at) as loaded_at
    from {{ ref('stg_intercom__conversation_contacts') }}
    group by conversation_id
    {%- else -%}
    select conversation_id, contact_id, loaded_at
    from conversations
    {%- endif %}
),

customers as (
    select
        conversations.conversation_id,
        coalesce(conversations.contact_id, participants.contact_id, conversations.rating_contact_id) as contact_id,
        case
            when participants.loaded_at > conversations.loaded_at then participants.loaded_at
            else conversations.loaded_at
        end as loaded_at
    from conversations
    left join participants on conversations.conversation_id = participants.conversation_id
),

-- What a machine begins is a conversation from the customer's first word on.
openings as (
    select
        conversation_id as interaction_id,
        conversation_id,
        cast(null as {{ dbt.type_string() }}) as contact_id,
        case
            when author_type = 'admin' then 'conversation_started_by_admin'
            when author_type = 'bot' and first_contact_reply_at is null then 'conversation_started_by_bot'
            else 'conversation_started'
        end as event_type,
        cast(null as decimal(18, 4)) as quantity,
        author_type = 'bot' and first_contact_reply_at is null as is_bot,
        case when author_type = 'bot' then coalesce(first_contact_reply_at, created_at) else created_at end as occurred_at,
        loaded_at
    from conversations
),

ratings as (
    select
        conversation_id || ':rating' as interaction_id,
        conversation_id,
        rating_contact_id as contact_id,
        'conversation_rated' as event_type,
        rating as quantity,
        false as is_bot,
        coalesce(rated_at, updated_at) as occurred_at,
        loaded_at
    from conversations
    where rating is not null
),

-- Who answers and closes at once writes one part; notes among colleagues and assignments are no events of the customer.
messages as (
    select
        part_id as interaction_id,
        conversation_id,
        contact_id,
        case when author_type = 'customer' then 'conversation_replied' else 'conversation_answered' end as event_type,
        cast(null as decimal(18, 4)) as quantity,
        author_type = 'bot' as is_bot,
        occurred_at,
        loaded_at
    from parts
    where has_text and part_type not like 'note%'
),

changes as (
    select
        part_id || ':' || part_type as interaction_id,
        conversation_id,
        contact_id,
        case when part_type = 'close' then 'conversation_closed' else 'conversation_reopened' end as event_type,
        cast(null as decimal(18, 4)) as quantity,
        author_type = 'bot' as is_bot,
        occurred_at,
        loaded_at
    from parts
    where part_type in ('close', 'open')
),

events as (
    {% for relation in ['openings', 'ratings', 'messages', 'changes'] -%}
    select * from {{ relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    events.interaction_id,
    coalesce(events.contact_id, customers.contact_id) as customer_id,
    events.conversation_id as content_id,
    events.event_type,
    events.quantity,
    coalesce(events.is_bot, false) as is_bot,
    events.occurred_at,
    case when customers.loaded_at > events.loaded_at then customers.loaded_at else events.loaded_at end as loaded_at
from events
left join customers on events.conversation_id = customers.conversation_id
