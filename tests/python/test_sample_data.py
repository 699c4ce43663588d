"""The sample data: what is committed is what the generator writes, and the faults are there."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

SAMPLE_DATA = Path(__file__).resolve().parents[2] / "sample_data"
README = (SAMPLE_DATA / "README.md").read_text(encoding="utf-8")
MANIFEST = json.loads((SAMPLE_DATA / "manifest.json").read_text(encoding="utf-8"))
FILES = sorted(file.relative_to(SAMPLE_DATA).as_posix() for file in SAMPLE_DATA.rglob("*.parquet"))
TABLES = {name: table["faults"] for name, table in MANIFEST["tables"].items()}
FAULTS = sorted({fault for faults in TABLES.values() for fault in faults})
MAX_BYTES = 10_000_000

CONDITIONS = {  # fault: SQL condition on a row of `committed`, where a null is no fault
    "agent_initiated_rows": "initiated_by = 'agent'",
    "bot_rows": "regexp_matches(user_agent, 'bot|spider|crawler', 'i')",
    "duplicate_rows": "_copy > 1 AND _load > _first_load",
    "duplicate_rows_same_load": "_copy > 1 AND _load = _first_load",
    "erased_rows": "_customer IN ('C0013', 'C0666')",
    "foreign_currency_rows": "currency IN ('USD', 'GBP')",
    "future_time": "_time > _load + INTERVAL 1 HOUR",
    "identified_later_rows": "_customer IS NULL AND _is_known",
    "impossible_time": "year(_time) IN (1900, 1970)",
    "late_rows": "_load - _time BETWEEN INTERVAL 48 HOUR AND INTERVAL 1440 HOUR",
    "machine_opens": "is_machine_open AND event = 'opened' AND user_agent LIKE '%Proxy%'",
    "missing_customer": "trim(coalesce(_customer, '')) = '' AND _device IS NULL",
    "missing_event_type": "trim(coalesce(_event, '')) = ''",
    "missing_id": "_id IS NULL",
    "mixed_case_rows": "_customer <> upper(trim(_customer)) AND trim(_customer) <> ''"
    " OR _event <> lower(trim(_event)) AND trim(_event) <> ''",
    "negative_quantity": "quantity < 1",
    "never_identified_rows": "_device IS NOT NULL AND NOT coalesce(_is_known, false)",
    "reused_ids": "_copy = 1 AND _date_number > 1",
    "staff_rows": "_customer LIKE 'STAFF0_'",
    "test_customer_rows": "_customer LIKE 'TEST0_'",
    "test_order_rows": "order_status = 'test'",
    "unknown_event_type": "_event IN ('beta_widget_clicked', 'legacy_sync_ran')",
    "unscored_rows": "score IS NULL",
    "untidy_country_rows": "country <> upper(trim(country))",
    "untidy_plan_rows": "plan NOT IN ('free', 'starter', 'pro', 'enterprise')",
    "unusable_time": "_time IS NULL",
}
ROLES = {
    "customer": ("user_id", "customer_id", "member_id"),
    "device": ("anonymous_id",),
    "event": ("event_name", "event", "interaction_type"),
    "load": ("loaded_at", "received_at"),
}
WITH_ROLES = """
    CREATE TABLE {name} AS
    SELECT
        *,
        if(_id IS NULL OR _time IS NULL, NULL, row_number() OVER same_event) AS _copy,
        min(_load) OVER same_event AS _first_load,
        dense_rank() OVER (PARTITION BY _id ORDER BY _time::date) AS _date_number,
        bool_or(trim(_customer) <> '') OVER (PARTITION BY _device) AS _is_known
    FROM (
        SELECT
            *,
            nullif(trim({id}), '') AS _id,
            {customer} AS _customer,
            {device} AS _device,
            {event} AS _event,
            {time} AS _time,
            {load}::timestamp AS _load
        FROM '{file}'
    )
    WINDOW same_event AS (PARTITION BY _id, _time::date ORDER BY _load)
"""


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a fresh run of the generator."""
    out = tmp_path_factory.mktemp("sample_data")
    program = [sys.executable, str(SAMPLE_DATA / "generate.py"), "--out", str(out)]
    subprocess.run(program, check=True, timeout=300, cwd=out)
    return out


@pytest.fixture(scope="module")
def committed() -> Iterator[duckdb.DuckDBPyConnection]:
    """The committed tables; columns that begin with an underscore are the same in each of them."""
    with duckdb.connect() as connection:
        for name in TABLES:
            file = str(SAMPLE_DATA / "raw" / f"{name}.parquet")
            columns = connection.read_parquet(file).columns
            found = {
                role: next((column for column in columns if column in names), "NULL::varchar")
                for role, names in ROLES.items()
            }
            time = f"try_cast({columns[-2]}::varchar AS timestamp)"
            if name == "email_events":
                time = "make_timestamp(occurred_epoch * 1000000)"
            query = WITH_ROLES.format(name=name, file=file, id=columns[0], time=time, **found)
            connection.execute(query)
        yield connection


def scalar(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """The only value of a query."""
    return connection.execute(query).fetchone()[0]


def test_the_same_files_are_written(regenerated: Path) -> None:
    """The generator writes the committed files, no more and no fewer."""
    written = sorted(file.relative_to(regenerated).as_posix() for file in regenerated.rglob("*.*"))
    assert written == sorted([*FILES, "manifest.json"])


@pytest.mark.parametrize("file", FILES)
def test_rows_are_reproduced(regenerated: Path, file: str) -> None:
    """A table has the same columns and the same rows as the committed one, in both directions."""
    old, new = (f"'{folder / file}'" for folder in (SAMPLE_DATA, regenerated))
    with duckdb.connect() as connection:
        described = [connection.execute(f"DESCRIBE FROM {t}").fetchall() for t in (old, new)]
        assert described[0] == described[1]
        for left, right in ((old, new), (new, old)):
            query = f"SELECT count(*) FROM (FROM {left} EXCEPT ALL FROM {right})"
            assert scalar(connection, query) == 0


def test_manifest_is_reproduced(regenerated: Path) -> None:
    """The manifest is the same, to the byte."""
    old, new = ((folder / "manifest.json").read_bytes() for folder in (SAMPLE_DATA, regenerated))
    assert old == new


def test_files_are_small() -> None:
    """Everything that is committed stays below the limit."""
    files = [SAMPLE_DATA / file for file in (*FILES, "manifest.json")]
    assert sum(file.stat().st_size for file in files) < MAX_BYTES


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_counted(committed: duckdb.DuckDBPyConnection, name: str) -> None:
    """The manifest and the README have the number of rows of every table."""
    rows = scalar(committed, f"SELECT count(*) FROM {name}")
    assert rows == MANIFEST["tables"][name]["rows"]
    assert f"| `{name}` | {rows:,} |" in README


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_counted(committed: duckdb.DuckDBPyConnection, fault: str) -> None:
    """The manifest and the README have the number of rows with every fault, and of its tables."""
    counts = {name: faults[fault] for name, faults in TABLES.items() if fault in faults}
    condition = CONDITIONS[fault]
    assert counts == {
        name: scalar(committed, f"SELECT count(*) FROM {name} WHERE {condition}") for name in counts
    }
    assert sum(counts.values()) > 0
    assert f"| `{fault}` | {sum(counts.values()):,} | {len(counts)} |" in README


def test_order_lines_sum_up(committed: duckdb.DuckDBPyConnection) -> None:
    """The lines of every order with an id sum up to its total."""
    query = """
        WITH line_sums AS (
            SELECT order_id, sum(quantity * unit_price) AS total
            FROM shop_order_lines
            GROUP BY order_id
        )
        SELECT count(*)
        FROM shop_orders LEFT JOIN line_sums USING (order_id)
        WHERE trim(order_id) <> '' AND total IS DISTINCT FROM total_amount
    """
    assert scalar(committed, query) == 0


def test_balances_stay_positive(committed: duckdb.DuckDBPyConnection) -> None:
    """No member of the loyalty programme ever redeems points that are not there."""
    query = """
        WITH entries AS (
            SELECT DISTINCT ON (entry_id, created_at::date)
                upper(trim(member_id)) AS member,
                created_at,
                CASE entry_type WHEN 'issued' THEN points ELSE -points END AS change
            FROM loyalty_ledger
            WHERE trim(entry_id) <> '' AND trim(member_id) <> ''
                AND created_at BETWEEN '2025-05-27' AND loaded_at
            ORDER BY entry_id, created_at::date, loaded_at, points
        ), balances AS (
            SELECT sum(change) OVER (PARTITION BY member ORDER BY created_at) AS balance
            FROM entries
        )
        SELECT count(*) FROM balances WHERE balance < 0
    """
    assert scalar(committed, query) == 0


@pytest.mark.parametrize("name", [name for name in TABLES if name != "shop_order_lines"])
def test_nothing_is_loaded_after_the_last_load(
    committed: duckdb.DuckDBPyConnection, name: str
) -> None:
    """The faults in the times do not touch the load times."""
    last = MANIFEST["last_loaded_at"].rstrip("Z")
    assert scalar(committed, f"SELECT bool_and(coalesce(_load <= '{last}', false)) FROM {name}")


def test_behaviour_follows_the_hidden_engagement(committed: duckdb.DuckDBPyConnection) -> None:
    """Customers with a higher hidden level use the product more in the same week."""
    query = f"""
        WITH visits AS (
            SELECT user_id, date_trunc('week', occurred_at) AS week_start, count(*) AS events
            FROM product_events
            GROUP BY ALL
        )
        SELECT corr(truth.hidden_engagement, coalesce(visits.events, 0))
        FROM '{SAMPLE_DATA / "ground_truth.parquet"}' AS truth
        LEFT JOIN visits
            ON truth.customer_id = visits.user_id AND truth.week_start = visits.week_start
        WHERE truth.customer_id IN (SELECT user_id FROM visits)
    """
    assert scalar(committed, query) > 0.35
