{{ config(materialized=shared_step()) }}
-- A figure of an as-of date counts what was sent in the window and reached by the end of that date,
-- so messages with the same two dates are counted before they meet dates and windows.
{%- set figures = [
    'delivered', 'bounced', 'opened', 'raw_opened', 'clicked', 'converted', 'unsubscribed', 'complained',
    'repeated', 'repeated_in_campaign',
] %}
with messages as (
    select
        messages.customer_id,
        messages.campaign_id,
        messages.sent_on,
        case when messages.outcome = 'email_delivered' then messages.sent_on end as delivered_on,
        case when messages.outcome = 'email_bounced' then messages.sent_on end as bounced_on,
        case when messages.outcome = 'email_delivered' then messages.next_sent_on end as repeated_on,
        case when messages.outcome = 'email_delivered' then messages.next_of_campaign_on end as repeated_in_campaign_on,
        reactions.opened_on,
        reactions.raw_opened_on,
        reactions.clicked_on,
        reactions.unsubscribed_on,
        reactions.complained_on,
        conversions.converted_on
    from {{ ref('int_email_messages') }} as messages
    left join {{ ref('int_email_reactions') }} as reactions
        on
            messages.customer_id = reactions.customer_id
            and case when messages.outcome = 'email_delivered' then messages.message_id end = reactions.message_id
    left join {{ ref('int_email_conversions') }} as conversions
        on
            messages.customer_id = conversions.customer_id
            and case when messages.outcome = 'email_delivered' then messages.message_id end = conversions.message_id
),

customers as (
    select customer_id, plan, country
    from {{ ref('int_customers') }}
),

reached as (
    {% for figure in figures -%}
    select customer_id, campaign_id, sent_on, {{ figure }}_on as reached_on, '{{ figure }}' as figure
    from messages
    where {{ figure }}_on is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    reached.sent_on,
    reached.reached_on,
    customers.plan,
    customers.country,
    {%- for figure in figures %}
    sum(case when reached.figure = '{{ figure }}' then 1 else 0 end) as {{ figure }},
    {%- endfor %}
    reached.campaign_id as campaign
from reached
inner join customers on reached.customer_id = customers.customer_id
group by reached.sent_on, reached.reached_on, customers.plan, customers.country, reached.campaign_id
