-- A customer is in a window of W days from an active day until the next one, W days at most. Days are
-- first counted by what decides that: the gap to the next active day and the day the customer was
-- created. Some ten thousand counts are left, whatever the number of customers.
create type channel as enum (select channel from (select distinct channel from event_types union select 'all'));

create temp table active_days as
with channel_days as (
    select distinct customer_id, cast(channel as channel) as channel, event_date
    from int_customer_event_days as facts
    inner join event_types on facts.event_type = cast(event_types.event_type as event_type)
    where event_count > 0 and is_active
        -- 30 days of the mean for the first kept date, and 30 days that a window may last
        and event_date > getvariable('first_kept_date') - 60
)
select customer_id, channel, event_date from channel_days
union all
select distinct customer_id, cast('all' as channel), event_date from channel_days;

create temp table counted_days as
with followed as (
    select
        customer_id,
        channel,
        event_date,
        lead(event_date) over (partition by customer_id, channel order by event_date) - event_date as gap
    from active_days
)
select
    channel,
    case when channel = 'all' then coalesce(plan, '(none)') end as plan,
    event_date,
    least(coalesce(gap, 30), 30) as gap,
    -- days until the customer is known; 30: not while a window holds the day
    case when known_from is null then 30 else least(greatest(known_from - event_date, 0), 30) end as known_after,
    count(*) as customers
from followed
inner join customers using (customer_id)
group by all;

create temp table active_changes as
with spans as (
    select
        total_basis,
        channel,
        plan,
        window_days,
        -- before the first date that is averaged all days are one
        greatest(
            event_date + cast(case when total_basis = 'known' then known_after else 0 end as integer),
            getvariable('first_kept_date') - 29
        ) as active_from,
        event_date + cast(least(gap, window_days) as integer) as active_until,
        customers
    from counted_days
    cross join (values ('ever_active'), ('known')) as bases (total_basis)
    cross join (values (1), (7), (30)) as windows (window_days)
),
sliced as (
    select total_basis, window_days, active_from, active_until, customers, 'all' as dimension, 'all' as dimension_value
    from spans where channel = 'all' and active_from < active_until
    union all
    select total_basis, window_days, active_from, active_until, customers, 'plan', plan
    from spans where channel = 'all' and active_from < active_until
    union all
    select total_basis, window_days, active_from, active_until, customers, 'channel', channel
    from spans where channel <> 'all' and active_from < active_until
),
changes as (
    select total_basis, window_days, dimension, dimension_value, active_from as changed_on, customers from sliced
    union all
    select total_basis, window_days, dimension, dimension_value, active_until, -customers from sliced
)
select total_basis, window_days, dimension, dimension_value, changed_on, sum(customers)::bigint as customers
from changes
group by all;

create temp table kept_dates as
select getvariable('as_of_date') - unnest(range(getvariable('kept_dates')))::integer as as_of_date;

create table engagement_ratios as
with members as (
    select 'ever_active' as total_basis, plan, first_interaction_on as member_from, count(*) as customers
    from customers where first_interaction_on is not null group by all
    union all
    select 'known', plan, known_from, count(*) from customers where known_from is not null group by all
),
totals_of_plans as (
    select as_of_date, total_basis, coalesce(plan, '(none)') as plan, sum(customers) as customers
    from kept_dates
    inner join members on member_from <= as_of_date
    group by all
),
totals as (
    select as_of_date, total_basis, 'plan' as dimension, plan as dimension_value, customers from totals_of_plans
    union all
    select as_of_date, total_basis, 'all', 'all', sum(customers) from totals_of_plans group by all
    union all
    select as_of_date, total_basis, 'channel', dimension_value, sum(customers)
    from totals_of_plans
    inner join (
        select distinct total_basis, dimension_value from active_changes where dimension = 'channel'
    ) as channels using (total_basis)
    group by all
),
active as (
    select
        as_of_date,
        total_basis,
        dimension,
        dimension_value,
        sum(customers) filter (window_days = 1) as active_1,
        sum(customers) filter (window_days = 7) as active_7,
        sum(customers) filter (window_days = 30) as active_30,
        sum(customers * least(30, as_of_date - changed_on + 1)) filter (window_days = 1) as daily_sum
    from kept_dates
    inner join active_changes on changed_on <= as_of_date
    group by all
),
activity as (
    select
        as_of_date,
        total_basis,
        dimension,
        dimension_value,
        totals.customers as total_customers,
        as_of_date - getvariable('data_starts_on') + 1 as days_of_data,
        cast(coalesce(active_1, 0) as bigint) as active_1,
        cast(coalesce(active_7, 0) as bigint) as active_7,
        cast(coalesce(active_30, 0) as bigint) as active_30,
        case when days_of_data >= 1 then cast(coalesce(active_1, 0) as bigint) end as dau,
        case when days_of_data >= 7 then cast(coalesce(active_7, 0) as bigint) end as wau,
        case when days_of_data >= 30 then cast(coalesce(active_30, 0) as bigint) end as mau,
        case when days_of_data >= 30 then cast(cast(coalesce(daily_sum, 0) as double) / 30 as decimal(18, 6)) end as mean_dau
    from totals
    left join active using (as_of_date, total_basis, dimension, dimension_value)
)
select
    as_of_date,
    window_days,
    total_basis,
    dimension,
    dimension_value,
    case window_days when 1 then active_1 when 7 then active_7 else active_30 end as active_customers,
    cast(total_customers as bigint) as total_customers,
    cast(cast(active_customers as double) / nullif(cast(total_customers as double), 0) as decimal(18, 8)) as active_ratio,
    days_of_data >= window_days as is_complete_window,
    dau,
    wau,
    mau,
    mean_dau,
    cast(cast(mean_dau as double) / nullif(cast(mau as double), 0) as decimal(18, 8)) as stickiness,
    cast(cast(dau as double) / nullif(cast(wau as double), 0) as decimal(18, 8)) as dau_wau_ratio,
    cast(cast(wau as double) / nullif(cast(mau as double), 0) as decimal(18, 8)) as wau_mau_ratio
from activity
cross join (values (1), (7), (30)) as windows (window_days);
