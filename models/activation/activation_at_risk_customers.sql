-- Who left the list stays in it for 30 days, so that a receiver hears of it though a day's run fails.
with customers as (
    select * from {{ ref('customer_engagement') }}
),

segments as (
    select as_of_date, customer_id, at_risk
    from {{ ref('customer_segments') }}
),

kept_dates as (
    select min(as_of_date) as first_kept_date
    from segments
),

last_changes as (
    select customers.customer_id, max(segments.as_of_date) as was_other_on
    from customers
    inner join segments on customers.customer_id = segments.customer_id and customers.at_risk <> segments.at_risk
    group by customers.customer_id
),

statuses as (
    select
        segments.customer_id,
        last_changes.was_other_on,
        nullif(min(segments.as_of_date), min(kept_dates.first_kept_date)) as at_risk_changed_on
    from segments
    cross join kept_dates
    left join last_changes on segments.customer_id = last_changes.customer_id
    where last_changes.was_other_on is null or segments.as_of_date > last_changes.was_other_on
    group by segments.customer_id, last_changes.was_other_on
),

listed as (
    select
        customers.customer_id,
        customers.as_of_date,
        customers.account_id,
        customers.at_risk,
        statuses.at_risk_changed_on,
        customers.risk_reasons,
        customers.stable_band,
        case when customers.at_risk then customers.next_action end as next_action,
        case when customers.at_risk then customers.next_action_reason end as next_action_reason
    from customers
    inner join statuses on customers.customer_id = statuses.customer_id
    where customers.at_risk or statuses.was_other_on >= {{ date_plus(-30, 'customers.as_of_date') }}
)

select
    customer_id,
    {{ dbt.hash(row_as_text([
        'customer_id', 'account_id', 'at_risk', 'at_risk_changed_on', 'risk_reasons', 'stable_band', 'next_action', 'next_action_reason'
    ])) }} as message_id,
    as_of_date,
    account_id,
    at_risk,
    at_risk_changed_on,
    risk_reasons,
    stable_band,
    next_action,
    next_action_reason
from listed
