"""Write canonical interactions at any size, and the customers behind them.

The rows keep the interaction contract, so that the project and the yardstick read the same file:
one customer in 50 events, 400 days up to 2026-06-30, activity by a power law, bursts, customers
who come and who leave, 1 % duplicates, late rows, bots and a few rows that must be rejected. The
file is ordered by load, as a lake would be.

Every choice is a hash of a row's number and the seed: the same number of events and the same seed
write the same rows, whatever the threads (within one version of DuckDB, whose `hash` it is).

Usage:
    python benchmarks/generate.py --events 1000000 --out events.parquet [--seed S]
        [--customers-out customers.parquet] [--threads 2] [--memory-limit 4GB]
"""

from __future__ import annotations

import argparse
import csv
import time
from pathlib import Path

import duckdb

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
EVENTS_PER_CUSTOMER = 50
DAYS = 400
FIRST_DAY = "2025-05-27"  # 400 days, the last is 2026-06-30
LAST_LOAD = "2026-07-01 06:00:00"
BATCH_SECONDS = 6 * 3600

# Shares of the event types in thousandths; whatever the catalogue holds beyond gets REST each.
REST = 3
SHARES = {
    "business": {
        "page_view": 240, "login": 170, "feature_used": 190, "email_delivered": 120,
        "email_opened": 60, "email_clicked": 25, "pricing_viewed": 20, "form_submitted": 8,
        "project_added": 20, "team_member_added": 15, "ticket_opened": 15, "video_played": 15,
        "search": 15, "purchase": 12,
    },
    "consumer": {
        "page_view": 380, "search": 90, "add_to_cart": 60, "checkout_started": 30,
        "video_played": 30, "email_delivered": 130, "email_opened": 70, "email_clicked": 25,
        "social_like": 35, "social_comment": 10, "social_share": 8, "purchase": 30,
        "loyalty_issued": 25, "loyalty_redeemed": 6,
    },
}  # fmt: skip

CUSTOMERS = """
create temp table customers as
with numbered as (
    select
        range as customer,
        hash(range * 4 + {seed} * 1000003) as draw,
        hash(range * 4 + 1 + {seed} * 1000003) as draw_2
    from range({customers})
),
drawn as (
    select
        customer,
        draw_2,
        case when draw % 100 < 40 then 'business' else 'consumer' end as customer_type,
        -- a power law with exponent 1.2 and a ceiling; one in twenty is silent
        case
            when (draw >> 8) % 20 = 0 then 0
            else cast(1000 * least(400, power(1 - ((draw >> 16) % 1000000) / 1000001.0, -1 / 1.2)) as bigint)
        end as activity,
        -- 55 % stay, 20 % are new, 20 % leave, 5 % do both
        (draw >> 36) % 100 as kind,
        cast(1 + (draw >> 44) % 8 as bigint) as burst_length,
        cast((draw_2 >> 8) % {days} as bigint) as a_day,
        cast((draw_2 >> 20) % {days} as bigint) as another_day
    from numbered
),
spanned as (
    select
        *,
        case when kind < 55 then 0 when kind < 75 then a_day when kind < 95 then 0
            else least(a_day, another_day) end as first_day,
        case when kind < 75 then {days} - 1 when kind < 95 then another_day
            else greatest(a_day, another_day) end as last_day,
        sum(activity) over (order by customer rows unbounded preceding) as running_activity,
        sum(activity) over () as total_activity
    from drawn
)
select
    customer,
    'C' || lpad(cast(customer as varchar), 7, '0') as customer_id,
    customer_type,
    case when customer_type = 'business' then 'A' || lpad(cast(customer // 6 as varchar), 6, '0') end as account_id,
    case
        when customer_type = 'business' then ['free', 'team', 'pro', 'enterprise'][cast(1 + (draw_2 >> 32) % 4 as bigint)]
        when (draw_2 >> 34) % 3 = 0 then 'plus'
    end as plan,
    ['DE', 'FR', 'NL', 'AT', 'US', 'GB', 'PL', 'ES'][cast(1 + (draw_2 >> 40) % 8 as bigint)] as country,
    -- business or not, and one of five currencies
    cast((customer_type = 'business')::integer + 2 * ((draw_2 >> 44) % 5) as bigint) as traits,
    -- a new customer is created on the first day, three days before, or (1 in 16) five days later
    timestamp '{first_day}' + interval 1 second * cast((draw_2 >> 48) % 86400 as bigint) + interval 1 day * cast(
        case
            when first_day = 0 then -cast((draw_2 >> 50) % 1000 as bigint)
            when (draw_2 >> 56) % 16 = 0 then first_day + 5
            else first_day - cast((draw_2 >> 60) % 4 as bigint)
        end as bigint) as created_at,
    draw_2 % 100 <> 7 as is_known,
    first_day,
    last_day - first_day + 1 as span_days,
    burst_length,
    cast(cast({originals} as hugeint) * (running_activity - activity) // total_activity as bigint) as first_event,
    cast(cast({originals} as hugeint) * running_activity // total_activity as bigint) as next_event
from spanned
"""

# Narrow rows, sorted by load; every wide column is computed after the sort.
EVENTS = """
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
),
sorted as (
    select * from loaded order by loaded_epoch, draw
),
described as (
    select
        event, draw, burst, occurred_epoch, loaded_epoch,
        'C' || lpad(cast(customer as varchar), 7, '0') as customer_id,
        case when traits % 2 = 1 then 'A' || lpad(cast(customer // 6 as varchar), 6, '0') end as account_id,
        ['EUR', 'EUR', 'EUR', 'USD', 'GBP'][1 + traits // 2] as currency,
        -- one in 5,000 is of a type that the catalogue lacks
        case
            when (draw >> 20) % 5000 = 0 then 'wishlist_added'
            when traits % 2 = 1 then {business}[cast(1 + (draw >> 32) % {business_length} as bigint)]
            else {consumer}[cast(1 + (draw >> 32) % {consumer_length} as bigint)]
        end as event_type,
        (draw >> 12) % 40000 as fault
    from sorted
)
select
    case when fault = 1 then null else 'evt_' || printf('%016x', hash(event * 4 + {seed} * 1000003 + 7)) end as interaction_id,
    case
        when fault between 2 and 9 then null
        when fault between 10 and 13 then 'STAFF0' || cast(1 + fault % 4 as varchar)
        when fault = 14 then 'C0013'
        else customer_id
    end as customer_id,
    case when fault = 15 then '' else event_type end as event_type,
    make_timestamp(1000000 * case when fault between 16 and 19 then loaded_epoch + 3601 + event % 90000 else occurred_epoch end) as occurred_at,
    make_timestamp(1000000 * loaded_epoch) as loaded_at,
    cast(null as varchar) as anonymous_id,
    case
        when event_type in ('page_view', 'search', 'video_played', 'add_to_cart', 'checkout_started',
            'form_submitted', 'pricing_viewed', 'login', 'feature_used') then 's' || printf('%016x', burst)
    end as session_id,
    account_id,
    case
        when fault = 20 then -1
        when event_type in ('purchase', 'team_member_added', 'loyalty_issued', 'loyalty_redeemed') then 1 + event % 3
    end::decimal(18, 4) as quantity,
    case
        when event_type = 'purchase' then 5 + (draw >> 44) % 20000 / 100
        when event_type = 'order_refunded' then -5 - cast((draw >> 44) % 5000 as bigint) / 100
    end::decimal(18, 4) as amount,
    case
        when event_type not in ('purchase', 'order_refunded') then null
        when (draw >> 40) % 50 = 0 then 'CHF'
        else currency
    end as currency,
    event_type in ('page_view', 'email_opened') and (draw >> 48) % 200 = 0 as is_bot,
    case
        when event_type = 'page_view' then '/page/' || cast(cast(power(2, ((draw >> 50) % 1000) / 80.0) as integer) as varchar)
        when event_type = 'feature_used' then 'feature_' || cast((draw >> 50) % 12 as varchar)
    end as content_id,
    case when event_type like 'email%' then 'campaign_' || cast(occurred_epoch // 604800 as varchar) end as campaign_id
from described
"""


def event_types(customer_type: str) -> list[str]:
    """A list in which every event type stands as often as its share says.

    Args:
        customer_type: 'business' or 'consumer'.

    Returns:
        Names of event types; a uniform draw from the list draws by share.
    """
    with (SEEDS / "event_types.csv").open(encoding="utf-8", newline="") as file:
        catalogue = [row["event_type"] for row in csv.DictReader(file)]
    shares = SHARES[customer_type]
    return [name for name in catalogue for _ in range(shares.get(name, REST))]


def generate(
    events: int,
    out: Path,
    customers_out: Path | None = None,
    seed: int = 1,
    threads: int = 2,
    memory_limit: str = "4GB",
) -> Path:
    """Write both files.

    Args:
        events: rows of the interactions file, duplicates included.
        out: the interactions file.
        customers_out: the customers file; default: beside it, `<name>.customers.parquet`.
        seed: another seed, other rows.
        threads: threads that DuckDB may use; they don't change the rows.
        memory_limit: DuckDB's memory limit.

    Returns:
        The path of the customers file.
    """
    customers_out = customers_out or out.with_suffix(".customers.parquet")
    duplicates = events // 101
    lists = {name: event_types(name) for name in SHARES}
    values = {
        "narrow": "customer, traits, first_event, burst_length, first_day, span_days",
        "seed": seed,
        "customers": max(1, events // EVENTS_PER_CUSTOMER),
        "originals": events - duplicates,
        "duplicates": duplicates,
        "days": DAYS,
        "first_day": FIRST_DAY,
        "last_load": LAST_LOAD,
        "batch": BATCH_SECONDS,
    }
    for name, types in lists.items():
        values |= {name: types, f"{name}_length": len(types)}
    with duckdb.connect(
        config={
            "threads": threads,
            "memory_limit": memory_limit,
            "temp_directory": f"{out}.tmp",
        }
    ) as connection:
        connection.execute(CUSTOMERS.format(**values))
        connection.execute(
            f"""copy (
                select customer_id, created_at, account_id, plan, country, customer_type
                from customers where is_known order by customer_id
            ) to '{customers_out}' (format parquet, compression zstd)"""
        )
        connection.execute(
            f"copy ({EVENTS.format(**values)}) to '{out}' (format parquet, compression zstd)"
        )
    return customers_out


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--events", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--customers-out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory-limit", default="4GB")
    options = parser.parse_args()
    started = time.perf_counter()
    generate(
        options.events,
        options.out,
        options.customers_out,
        options.seed,
        options.threads,
        options.memory_limit,
    )
    print(f"{options.events:,} events in {time.perf_counter() - started:.1f} s: {options.out}")


if __name__ == "__main__":
    main()
