-- A customer is active in a window of W days from an active day until W - 1 days later, or until the
-- day before the next active day, whose own span goes on. Spans of a customer don't overlap, so the
-- distinct customers of a window are the spans that hold its last date.
with active_days as (
    select customer_id, event_date, channel
    from {{ ref('int_customer_active_days') }}
),

customers as (
    select customer_id, plan, known_from, first_interaction_on
    from {{ ref('int_customers') }}
),

members as (
    select customer_id, plan, 'ever_active' as total_basis, first_interaction_on as member_from
    from customers
    where first_interaction_on is not null
    union all
    select customer_id, plan, 'known' as total_basis, known_from as member_from
    from customers
    where known_from is not null
),

followed_days as (
    select
        customer_id,
        channel,
        event_date,
        lead(event_date) over (partition by customer_id, channel order by event_date) as next_event_date
    from active_days
),

kept_dates as (
    select min(as_of_date) as kept_from
    from {{ ref('int_as_of_dates') }}
    where is_kept
),

windows as (
    {% for window_days in [1, 7, 30] -%}
    select {{ window_days }} as window_days
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

spans as (
    select
        members.total_basis,
        members.plan,
        windows.window_days,
        followed_days.customer_id,
        followed_days.channel,
        greatest(followed_days.event_date, members.member_from) as active_from,
        least(
            {{ date_plus('windows.window_days - 1', 'followed_days.event_date') }},
            coalesce({{ date_plus(-1, 'followed_days.next_event_date') }}, cast('9999-12-31' as date))
        ) as active_to
    from followed_days
    inner join members on followed_days.customer_id = members.customer_id
    cross join windows
)

-- A span that ended 30 days before the kept history adds nothing to any of its dates.
select
    spans.total_basis,
    spans.plan,
    spans.window_days,
    spans.customer_id,
    spans.channel,
    spans.active_from,
    spans.active_to
from spans
inner join kept_dates on spans.active_to >= {{ read_from('kept_dates.kept_from', 30) }}
where spans.active_from <= spans.active_to
