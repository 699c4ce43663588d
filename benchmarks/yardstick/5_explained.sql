-- Windows and contributions of the latest as-of date and its comparison dates.
create temp table explained_dates as
select *
from (values
    (getvariable('as_of_date'), 'latest'),
    (getvariable('as_of_date') - 7, '7 days before'),
    (getvariable('as_of_date') - 30, '30 days before'),
    (cast(getvariable('as_of_date') - interval 1 year as date), '1 year before')
) as dates (as_of_date, comparison);

-- One pass for all windows: a row's age says which of them hold it.
create table int_customer_event_windows as
with by_age as (
    select
        as_of_date,
        customer_id,
        event_type,
        case when as_of_date - event_date < 7 then 1 when as_of_date - event_date < 30 then 2 else 3 end as age_group,
        event_count,
        machine_count,
        first_occurred_at,
        last_occurred_at
    from int_customer_event_days
    inner join explained_dates on event_date between as_of_date - 89 and as_of_date
),
grouped as (
    select
        as_of_date,
        customer_id,
        event_type,
        age_group,
        sum(event_count) as event_count,
        sum(machine_count) as machine_count,
        count(case when event_count > 0 then 1 end) as days_with_events,
        min(first_occurred_at) as first_occurred_at,
        max(last_occurred_at) as last_occurred_at
    from by_age
    group by as_of_date, customer_id, event_type, age_group
)
select
    as_of_date,
    customer_id,
    event_type,
    window_days,
    cast(sum(event_count) as integer) as event_count,
    cast(sum(machine_count) as integer) as machine_count,
    cast(sum(days_with_events) as integer) as days_with_events,
    min(first_occurred_at) as first_occurred_at,
    max(last_occurred_at) as last_occurred_at
from grouped
inner join (values (1, 7), (1, 30), (1, 90), (2, 30), (2, 90), (3, 90)) as windows (age_group, window_days) using (age_group)
group by as_of_date, customer_id, event_type, window_days;

create table customer_score_contributions as
with counted as (
    select
        as_of_date,
        comparison,
        facts.customer_id,
        facts.event_type,
        any_value(customers.score_model) as score_model,
        any_value(weight) as weight,
        any_value(window_cap) as window_cap,
        sum(event_count) as event_count,
        sum(event_count * share) as uncapped,
        sum(least(event_count, coalesce(daily_cap, event_count)) * share) as counted
    from int_customer_event_days as facts
    inner join explained_dates on event_date between as_of_date - 29 and as_of_date
    inner join customers using (customer_id)
    inner join shares on customers.score_model = shares.score_model and as_of_date - event_date = age and not is_previous
    left join weights on customers.score_model = weights.score_model and facts.event_type = weights.event_type
    where event_count > 0
    group by as_of_date, comparison, facts.customer_id, facts.event_type
),
capped as (
    select
        *,
        coalesce(weight, 0) as used_weight,
        cast(least(counted, coalesce(window_cap * 1e8, counted)) / 1e8 as decimal(18, 8)) as counted_events,
        cast(uncapped / 1e8 as decimal(18, 8)) as uncapped_events
    from counted
),
pointed as (
    select
        *,
        cast(round(cast(used_weight as decimal(19, 6)) * counted_events, 6) as decimal(18, 6)) as points,
        cast(round(cast(used_weight as decimal(19, 6)) * uncapped_events, 6) as decimal(18, 6)) as uncapped_points
    from capped
)
select
    as_of_date,
    customer_id,
    event_type,
    comparison,
    cast(score_model as score_model) as score_model,
    cast(event_count as integer) as event_count,
    counted_events,
    cast(used_weight as decimal(14, 4)) as weight,
    points,
    cast(points - uncapped_points as decimal(18, 6)) as cap_adjustment,
    cast(
        cast(points as double) / nullif(cast(sum(points) over (partition by as_of_date, customer_id) as double), 0)
        as decimal(18, 8)
    ) as share_of_score,
    cast(row_number() over (partition by as_of_date, customer_id order by points desc, event_type) as integer) as contribution_rank
from pointed;
