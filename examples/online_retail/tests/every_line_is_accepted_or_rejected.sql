with invoice_lines as (
    select event_type, count(*) as line_count, sum(amount) as amount
    from {{ ref('stg_online_retail__invoice_lines') }}
    group by event_type
),

interactions as (
    select event_type, quantity, amount
    from {{ ref('int_interactions') }}
    union all
    select event_type, quantity, amount
    from {{ ref('int_rejected_interactions') }}
),

counted as (
    select event_type, sum(quantity) as line_count, sum(amount) as amount
    from interactions
    group by event_type
)

select
    event_type,
    invoice_lines.line_count,
    counted.line_count as counted_line_count,
    invoice_lines.amount,
    counted.amount as counted_amount
from invoice_lines
full outer join counted using (event_type)
where
    coalesce(invoice_lines.line_count, 0) <> coalesce(counted.line_count, 0)
    or coalesce(invoice_lines.amount, 0) <> coalesce(counted.amount, 0)
