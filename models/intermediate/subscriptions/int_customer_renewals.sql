{{ config(materialized='view') }}
-- A period has a renewal ahead until its end or the renewal, whichever comes first; where several have
-- one, the earliest counts. Stretches instead of dates, so that nobody computes a date in vain.
with kept_dates as (
    select min(as_of_date) as first_kept_on, max(as_of_date) as last_kept_on
    from {{ ref('int_as_of_dates') }}
    where is_kept
),

periods as (
    select
        subscriber_type,
        subscriber_id,
        subscription_id,
        renewal_date,
        greatest(started_on, first_kept_on) as ahead_from,
        least(coalesce(ended_on, renewal_date), renewal_date, last_kept_on) as ahead_to
    from {{ ref('int_subscription_periods') }}
    cross join kept_dates
    where renewal_date is not null
),

customers as (
    select customer_id, account_id
    from {{ ref('int_customers') }}
),

subscribers as (
    select customer_id, 'customer' as subscriber_type, customer_id as subscriber_id from customers
    union all
    select customer_id, 'account' as subscriber_type, account_id as subscriber_id from customers
),

renewals as (
    select
        subscribers.customer_id,
        periods.subscription_id,
        periods.renewal_date,
        periods.ahead_from,
        periods.ahead_to
    from periods
    inner join subscribers
        on periods.subscriber_type = subscribers.subscriber_type and periods.subscriber_id = subscribers.subscriber_id
    where periods.ahead_from <= periods.ahead_to
),

changes as (
    select customer_id, ahead_from as changed_on from renewals
    union distinct
    select customer_id, {{ date_plus(1, 'ahead_to') }} as changed_on from renewals
),

stretches as (
    select
        customer_id,
        changed_on,
        {{ date_plus(-1, 'lead(changed_on) over (partition by customer_id order by changed_on)') }} as last_day
    from changes
),

ranked as (
    select
        stretches.customer_id,
        stretches.changed_on,
        stretches.last_day,
        renewals.subscription_id,
        renewals.renewal_date,
        row_number() over (
            partition by stretches.customer_id, stretches.changed_on
            order by renewals.renewal_date, renewals.subscription_id
        ) as earliest_first
    from stretches
    inner join renewals
        on
            stretches.customer_id = renewals.customer_id
            and stretches.changed_on between renewals.ahead_from and renewals.ahead_to
)

select
    customer_id,
    changed_on as valid_from,
    last_day as valid_to,
    renewal_date,
    subscription_id
from ranked
where earliest_first = 1
