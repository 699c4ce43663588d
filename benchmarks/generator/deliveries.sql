-- What decides each interaction: narrow rows, sorted by load. Every wide column is computed later.
create temp table deliveries as
with events as (
    select unnest(range(first_event, next_event)) as event, 0 as copy, {narrow}
    from customers
    union all
    -- the same event again, in a later load: one in each hundred
    select copies.event, 1 as copy, {narrow}
    from (
        select range * 100 + cast(hash(range + {seed} * 1000003) % 100 as bigint) as event
        from range({duplicates})
    ) as copies
    asof join (from customers where next_event > first_event) as customers on copies.event >= customers.first_event
),
bursts as (
    select
        event, copy, customer, traits, first_day, span_days,
        hash(event * 4 + 2 + {seed} * 1000003) as draw,
        (event - first_event) % burst_length as position,
        hash((customer * 100000 + (event - first_event) // burst_length) * 4 + 3 + {seed} * 1000003) as burst
    from events
),
timed as (
    select
        event, copy, customer, traits, draw, burst,
        epoch(timestamp '{first_day}')::bigint
            + (first_day + cast(burst % cast(span_days as ubigint) as bigint)) * 86400
            + cast(((burst >> 16) % 43200) + ((burst >> 32) % 43200) as bigint)
            + position * cast(10 + (draw % 120) as bigint) as occurred_epoch
    from bursts
),
loaded as (
    select
        event, customer, traits, draw, burst, occurred_epoch,
        least(epoch(timestamp '{last_load}')::bigint,
            (occurred_epoch // {batch} + 1) * {batch}
            + case when (draw >> 8) % 200 = 0 then cast(1 + (draw >> 16) % 20 as bigint) * 86400 else 0 end
            + copy * {batch} * cast(1 + (draw >> 24) % 8 as bigint)
        ) as loaded_epoch
    from timed
)
select * from loaded order by loaded_epoch, draw, event
