{{ config(materialized=shared_step()) }}
{%- set reactions = ['opened', 'clicked', 'unsubscribed', 'complained'] %}
with windows as (
    select mart, min(window_start) as reads_from, max(as_of_date) as reads_to
    from {{ ref('int_metric_windows') }}
    where mart = 'email_metrics'
    group by mart
),

messages as (
    select customer_id, message_id, sent_on
    from {{ ref('int_email_messages') }}
    where outcome = 'email_delivered'
),

event_types as (
    select event_type, counts_as
    from {{ ref('stg_settings__event_types') }}
    where counts_as in ('email_{{ reactions | join("', 'email_") }}')
),

interactions as (
    select source, event_date, interaction_id, customer_id, event_type, content_id, campaign_id, is_machine
    from {{ ref('int_interactions') }}
),

reactions as (
    select
        interactions.customer_id,
        {{ message_id('interactions') }} as message_id,
        event_types.counts_as,
        interactions.event_date,
        interactions.is_machine
    from interactions
    inner join event_types on interactions.event_type = event_types.event_type
    inner join windows on interactions.event_date between windows.reads_from and windows.reads_to
)

-- What is dated before the day of the delivery is no reaction to it.
select
    messages.customer_id,
    messages.message_id,
    {%- for reaction in reactions %}
    min(case
        when reactions.counts_as = 'email_{{ reaction }}' and not reactions.is_machine then reactions.event_date
    end) as {{ reaction }}_on,
    {%- endfor %}
    min(case when reactions.counts_as = 'email_opened' then reactions.event_date end) as raw_opened_on
from reactions
inner join messages
    on
        reactions.customer_id = messages.customer_id
        and reactions.message_id = messages.message_id
        and reactions.event_date >= messages.sent_on
group by messages.customer_id, messages.message_id
