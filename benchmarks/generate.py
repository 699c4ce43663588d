"""Write canonical interactions at any size, and the customers behind them.

The rows keep the interaction contract, so that the project and the yardstick read the same file:
one customer in 50 events, 400 days up to 2026-06-30, activity by a power law, bursts, customers
who come and who leave, 1 % duplicates, late rows, bots and a few rows that must be rejected. The
file is ordered by load, as a lake would be. Twice the events on twice the days are the same
customers with a history twice as long: one customer in 100 events.

Every choice is a hash of a row's number and the seed: the same number of events and the same seed
write the same rows, whatever the threads (within one version of DuckDB, whose `hash` it is).

Usage:
    python benchmarks/generate.py --events 1000000 --out events.parquet [--days 400] [--seed S]
        [--customers-out customers.parquet] [--threads 2] [--memory-limit 4GB]
"""

from __future__ import annotations

import argparse
import csv
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "seeds"
DAYS = 400
EVENTS_PER_CUSTOMER = 50  # in 400 days
LAST_DAY = "2026-06-30"
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


def sql(name: str, values: dict[str, object]) -> str:
    """A statement of `generator/`, its braces filled in."""
    return (HERE / "generator" / f"{name}.sql").read_text(encoding="utf-8").format(**values)


def generate(
    events: int,
    out: Path,
    customers_out: Path | None = None,
    seed: int = 1,
    threads: int = 2,
    memory_limit: str = "4GB",
    days: int = DAYS,
) -> Path:
    """Write both files.

    Args:
        events: rows of the interactions file, duplicates included.
        out: the interactions file.
        customers_out: the customers file; default: beside it, `<name>.customers.parquet`.
        seed: another seed, other rows.
        threads: threads that DuckDB may use; they don't change the rows.
        memory_limit: DuckDB's memory limit.
        days: length of the history, up to 2026-06-30.

    Returns:
        The path of the customers file.
    """
    customers_out = customers_out or out.with_suffix(".customers.parquet")
    duplicates = events // 101
    lists = {name: event_types(name) for name in SHARES}
    values = {
        "narrow": "customer, traits, first_event, burst_length, first_day, span_days",
        "seed": seed,
        "customers": max(1, events * DAYS // (EVENTS_PER_CUSTOMER * days)),
        "originals": events - duplicates,
        "duplicates": duplicates,
        "days": days,
        "first_day": date.fromisoformat(LAST_DAY) - timedelta(days=days - 1),
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
        connection.execute(sql("customers", values))
        connection.execute(sql("deliveries", values))
        connection.execute(
            f"""copy (
                select customer_id, created_at, account_id, plan, country, customer_type
                from customers where is_known order by customer_id
            ) to '{customers_out}' (format parquet, compression zstd)"""
        )
        connection.execute(
            f"copy ({sql('interactions', values)}) to '{out}' (format parquet, compression zstd)"
        )
    return customers_out


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--events", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--customers-out", type=Path)
    parser.add_argument("--days", type=int, default=DAYS)
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
        options.days,
    )
    print(f"{options.events:,} events in {time.perf_counter() - started:.1f} s: {options.out}")


if __name__ == "__main__":
    main()
