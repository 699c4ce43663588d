{{ config(materialized=shared_step()) }}
-- Few counts are left, whatever the number of customers. An account has few customers, so accounts are
-- counted once, on the latest date.
with moves as (
    select customer_number, channel, window_days, changed_on, day_change
    from {{ ref('int_active_day_moves') }}
),

customers as (
    select customer_number, plan, country, account_id
    from {{ ref('int_customers') }}
),

latest as (
    select as_of_date
    from {{ ref('int_as_of_dates') }}
    where is_latest
),

-- A customer has at most one day that comes and one that goes on a date; the one that comes is first.
running as (
    select
        customer_number,
        channel,
        window_days,
        changed_on,
        day_change,
        sum(day_change) over (
            partition by window_days, channel, customer_number
            order by changed_on asc, day_change desc
            rows between unbounded preceding and current row
        ) as active_days
    from moves
),

steps as (
    select running.*, customers.plan, customers.country, 1 as customers
    from running
    inner join customers on running.customer_number = customers.customer_number
),

counted as (
    {{ by_dimension('steps', ['channel', 'window_days', 'changed_on', 'active_days', 'day_change'], ['customers'], ['plan', 'country']) }}
),

named as (
    select
        window_days,
        changed_on,
        active_days,
        day_change,
        customers,
        case when channel = 'all' then dimension else 'channel' end as dimension,
        case when channel = 'all' then dimension_value else channel end as dimension_value
    from counted
    where channel = 'all' or dimension = 'all'
),

customers_of_accounts as (
    select customers.account_id, moves.window_days, latest.as_of_date as changed_on, sum(moves.day_change) as active_days
    from moves
    inner join latest on moves.changed_on <= latest.as_of_date
    inner join customers on moves.customer_number = customers.customer_number
    where moves.channel = 'all' and customers.account_id is not null
    group by customers.account_id, customers.customer_number, moves.window_days, latest.as_of_date
),

changes as (
    select window_days, changed_on, active_days, dimension, dimension_value, customers as customer_change
    from named
    union all
    select window_days, changed_on, active_days - day_change as active_days, dimension, dimension_value, -customers as customer_change
    from named
    union all
    select window_days, changed_on, active_days, 'account' as dimension, account_id as dimension_value, 1 as customer_change
    from customers_of_accounts
)

select
    window_days,
    changed_on,
    dimension,
    dimension_value,
    cast(active_days as integer) as active_days,
    cast(sum(customer_change) as bigint) as customer_change
from changes
where active_days > 0
group by window_days, changed_on, dimension, dimension_value, active_days
