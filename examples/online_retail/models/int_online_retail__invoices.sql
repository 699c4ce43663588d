-- Some invoices hold lines of two types (a gift beside the goods): each type is an interaction.
with invoice_lines as (
    select invoice_id, customer_id, event_type, amount, occurred_at
    from {{ ref('stg_online_retail__invoice_lines') }}
),

invoices as (
    select
        invoice_id,
        customer_id,
        event_type,
        count(*) as line_count,
        sum(amount) as amount,
        min(occurred_at) as occurred_at
    from invoice_lines
    group by invoice_id, customer_id, event_type
)

select
    invoice_id || ' ' || event_type as interaction_id,
    customer_id,
    invoice_id as session_id,
    event_type,
    cast(line_count as decimal(18, 4)) as quantity,
    cast(amount as decimal(18, 4)) as amount,
    'GBP' as currency,
    occurred_at,
    cast('2011-12-10' as timestamp) as loaded_at
from invoices
