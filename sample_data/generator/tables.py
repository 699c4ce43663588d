"""The raw tables: their layout, the rows that the program makes for them, and their files.

A row has the same keys for what tables share, whatever their columns are called: `id`, `customer`,
`event` (its name), `time` (UTC) and `load`. Keys that begin with an underscore are notes, never
written; `_keep` protects a row from faults. Amounts are whole cents until they are written.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from .chance import HOUR, LAST_LOAD, in_period, next_load, pick, stream

Row = dict[str, Any]
Record = tuple[Any, ...]  # the values of a row in the order of the layout, without id and load
LOAD_DELAYS = dict(enumerate((60, 20) + (2,) * 8 + (0.5,) * 9))  # hours: weight

# Table and prefix of its ids: its columns as name=key type. Without a key it is the name, without a
# type it is timestamp (time and load) or varchar.
_LAYOUTS = """
web_page_events W: event_id=id, anonymous_id, user_id=customer, session_id, event_name=event,
    page_path, referrer, user_agent, occurred_at=time varchar, received_at=load, _keep
product_events P: event_id=id, user_id=customer, account_id, event_name=event, feature_name,
    quantity integer, occurred_at=time, loaded_at=load
email_events E: event_id=id, customer_id=customer, recipient_email, message_id, campaign_id,
    event, user_agent, is_machine_open boolean, occurred_epoch=time bigint, loaded_at=load
social_interactions I: interaction_id=id, customer_id=customer, network, interaction_type=event,
    post_id, created_at=time, loaded_at=load
shop_orders O: order_id=id, customer_id=customer, order_status, currency,
    total_amount decimal(12,2), ordered_at=time, loaded_at=load, _lines, _customer
shop_order_lines: order_id, line_number integer, sku, quantity integer, unit_price decimal(12,2)
shop_refunds R: refund_id=id, order_id, customer_id=customer, amount decimal(12,2), currency,
    refunded_at=time, loaded_at=load
support_tickets T: ticket_id=id, customer_id=customer, subject_category, priority, initiated_by,
    created_at=time, loaded_at=load, _level
support_ticket_status_changes H: change_id=id, ticket_id, status, changed_at=time, loaded_at=load
support_csat_ratings Q: rating_id=id, ticket_id, customer_id=customer, rating integer,
    rated_at=time, loaded_at=load
survey_responses N: response_id=id, customer_id=customer, survey, score integer, comment,
    submitted_at=time, loaded_at=load
loyalty_ledger L: entry_id=id, member_id=customer, entry_type, points integer, order_id,
    created_at=time, loaded_at=load
billing_subscriptions: subscription_id, account_id, plan, mrr decimal(12,2), currency, status,
    started_on date, ended_on date, renewal_date date, loaded_at timestamp
crm_customers: customer_id=customer, account_id, full_name, email, country=residence,
    customer_type, created_at timestamp, loaded_at timestamp
crm_accounts: account_id, account_name, plan=current_plan, industry, country,
    employee_count integer, created_at timestamp, loaded_at timestamp
ground_truth: customer_id, week_start date, archetype, hidden_engagement double
"""


def _column(text: str) -> tuple[str, str, str]:
    column, _, sql_type = text.partition(" ")
    name, _, key = column.partition("=")
    return name, key or name, sql_type or ("timestamp" if key in ("time", "load") else "varchar")


_LINES = [line.split(": ") for line in _LAYOUTS.replace("\n    ", " ").strip().splitlines()]
COLUMNS = {head.split()[0]: [_column(text) for text in tail.split(", ")] for head, tail in _LINES}
ID_PREFIXES = {head.split()[0]: head.split()[-1] for head, _ in _LINES}


def as_rows(table: str, records: Iterable[Record]) -> list[Row]:
    """Give the values of the records their keys."""
    keys = [key for _, key, _ in COLUMNS[table] if key not in ("id", "load")]
    return [dict(zip(keys, record, strict=True)) for record in records]


def as_events(table: str, records: Iterable[Record]) -> list[Row]:
    """The rows within the period, sorted by time, with numbered ids and the time of the load."""
    rows = [row for row in as_rows(table, records) if in_period(row["time"])]
    rows.sort(key=lambda row: row["time"])
    rng, width = stream(table, "load"), len(str(len(rows)))
    for number, row in enumerate(rows, 1):
        row["id"] = f"{ID_PREFIXES[table]}{number:0{width}d}"
        row["load"] = min(next_load(row["time"]) + pick(rng, LOAD_DELAYS) * HOUR, LAST_LOAD)
    return rows


def write_table(folder: Path, table: str, rows: list[Row]) -> None:
    """Write the rows of a table, in their order, to a parquet file in the folder."""
    columns = [column for column in COLUMNS[table] if not column[0].startswith("_")]
    with TemporaryDirectory() as scratch, duckdb.connect(config={"threads": 1}) as connection:
        lines = Path(scratch) / "rows.json"
        with lines.open("w", encoding="utf-8") as file:
            for row in rows:
                values = {name: _in_form(row[key], sql_type) for name, key, sql_type in columns}
                file.write(json.dumps(values, default=str) + "\n")
        types = ", ".join(f"{name}: '{sql_type}'" for name, _, sql_type in columns)
        connection.execute(
            f"COPY (FROM read_json($lines, format = 'newline_delimited', columns = {{{types}}}))"
            " TO $file (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 12)",
            {"lines": str(lines), "file": str(folder / f"{table}.parquet")},
        )


def _in_form(value: Any, sql_type: str) -> Any:
    """What is written: a moment may be text or epoch seconds, cents become an amount."""
    if isinstance(value, datetime) and sql_type != "timestamp":
        is_text = sql_type == "varchar"
        return f"{value.isoformat()}Z" if is_text else int(value.replace(tzinfo=UTC).timestamp())
    return f"{value / 100:.2f}" if sql_type == "decimal(12,2)" else value
