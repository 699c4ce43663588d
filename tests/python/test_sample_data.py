"""The sample data: what is committed is what the generator writes, and the faults are there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

SAMPLE_DATA = Path(__file__).resolve().parents[2] / "sample_data"
MANIFEST = json.loads((SAMPLE_DATA / "manifest.json").read_text(encoding="utf-8"))
FILES = sorted(file.relative_to(SAMPLE_DATA).as_posix() for file in SAMPLE_DATA.rglob("*.parquet"))
MAX_BYTES = 10_000_000

RECOUNTS = [  # table, fault, SQL that counts it
    (
        "web_page_events",
        "missing_id",
        "SELECT count(*) FILTER (event_id IS NULL OR event_id NOT SIMILAR TO '.*\\S.*') FROM {t}",
    ),
    (
        "web_page_events",
        "bot_rows",
        "SELECT count(*) FROM {t} WHERE user_agent ILIKE '%bot%'"
        " OR user_agent ILIKE '%spider%' OR user_agent ILIKE '%crawler%'",
    ),
    (
        "web_page_events",
        "unusable_time",
        "SELECT count(*) FROM {t}"
        " WHERE occurred_at NOT SIMILAR TO '(19|20)\\d\\d-[01]\\d-[0-3]\\dT[\\d:]{{8}}Z'",
    ),
    (
        "web_page_events",
        "never_identified_rows",
        "SELECT count(*) FROM {t} AS a ANTI JOIN (SELECT * FROM {t} WHERE user_id IS NOT NULL) AS b"
        " ON a.anonymous_id = b.anonymous_id WHERE a.anonymous_id IS NOT NULL",
    ),
    (
        "web_page_events",
        "identified_later_rows",
        "SELECT count(*) FROM {t} AS a SEMI JOIN (SELECT * FROM {t} WHERE user_id IS NOT NULL) AS b"
        " ON a.anonymous_id = b.anonymous_id WHERE a.user_id IS NULL",
    ),
    (
        "product_events",
        "duplicate_rows",
        "SELECT count(*) FROM (SELECT loaded_at, min(loaded_at) OVER (PARTITION BY event_id,"
        " occurred_at::date) AS first_load FROM {t} WHERE event_id LIKE 'P%'"
        " AND occurred_at IS NOT NULL) WHERE loaded_at > first_load",
    ),
    (
        "product_events",
        "duplicate_rows_same_load",
        "SELECT count(*) - count(DISTINCT (event_id, loaded_at, occurred_at)) FROM {t}"
        " WHERE event_id LIKE 'P%' AND occurred_at IS NOT NULL",
    ),
    (
        "product_events",
        "reused_ids",
        "SELECT count(*) FROM (SELECT event_id FROM {t} WHERE event_id LIKE 'P%'"
        " GROUP BY event_id HAVING count(DISTINCT occurred_at::date) > 1)",
    ),
    ("product_events", "negative_quantity", "SELECT count(*) FROM {t} WHERE quantity < 1"),
    (
        "product_events",
        "late_rows",
        "SELECT count(*) FROM {t} WHERE year(occurred_at) > 2000"
        " AND epoch(loaded_at) - epoch(occurred_at) > 47 * 3600",
    ),
    ("email_events", "machine_opens", "SELECT count(*) FROM {t} WHERE user_agent LIKE '%Proxy%'"),
    (
        "email_events",
        "future_time",
        "SELECT count(*) FROM {t} WHERE occurred_epoch > epoch(loaded_at) + 3600",
    ),
    (
        "email_events",
        "mixed_case_rows",
        "SELECT count(*) FROM {t} WHERE event SIMILAR TO '.*[A-Z].*|\\s+[a-z]+\\s*|[a-z]+\\s+'"
        " OR customer_id SIMILAR TO '.*[a-z].*|\\s+[A-Z].*|.*[0-9]\\s+'",
    ),
    (
        "shop_orders",
        "foreign_currency_rows",
        "SELECT count(*) FROM {t} WHERE currency IN ('USD', 'GBP')",
    ),
    (
        "loyalty_ledger",
        "impossible_time",
        "SELECT count(*) FROM {t} WHERE year(created_at) IN (1900, 1970)",
    ),
]


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a fresh run of the generator."""
    out = tmp_path_factory.mktemp("sample_data")
    program = str(SAMPLE_DATA / "generate.py")
    subprocess.run([sys.executable, program, "--out", str(out)], check=True, timeout=300)
    return out


def scalar(query: str) -> int:
    """The only value of a query."""
    with duckdb.connect() as connection:
        return connection.execute(query).fetchone()[0]


def table(name: str) -> str:
    """The committed file of a raw table, for a FROM clause."""
    return f"read_parquet('{SAMPLE_DATA / 'raw' / name}.parquet')"


def test_the_same_files_are_written(regenerated: Path) -> None:
    """The generator writes the committed files, no more and no fewer."""
    written = sorted(file.relative_to(regenerated).as_posix() for file in regenerated.rglob("*.*"))
    assert written == sorted([*FILES, "manifest.json"])


@pytest.mark.parametrize("file", FILES)
def test_rows_are_reproduced(regenerated: Path, file: str) -> None:
    """A table has the same columns and the same rows as the committed one, in both directions."""
    old, new = (f"read_parquet('{folder / file}')" for folder in (SAMPLE_DATA, regenerated))
    with duckdb.connect() as connection:
        described = [connection.execute(f"DESCRIBE FROM {t}").fetchall() for t in (old, new)]
    assert described[0] == described[1]
    for left, right in ((old, new), (new, old)):
        assert scalar(f"SELECT count(*) FROM (FROM {left} EXCEPT ALL FROM {right})") == 0


def test_manifest_is_reproduced(regenerated: Path) -> None:
    """The manifest is the same, to the byte."""
    names = (SAMPLE_DATA / "manifest.json", regenerated / "manifest.json")
    old, new = (name.read_bytes() for name in names)
    assert old == new


def test_files_are_small() -> None:
    """Everything that is committed stays below the limit."""
    files = [SAMPLE_DATA / file for file in (*FILES, "manifest.json")]
    assert sum(file.stat().st_size for file in files) < MAX_BYTES


@pytest.mark.parametrize("name", sorted(MANIFEST["tables"]))
def test_row_counts(name: str) -> None:
    """The manifest has the number of rows of every table."""
    assert scalar(f"SELECT count(*) FROM {table(name)}") == MANIFEST["tables"][name]["rows"]


@pytest.mark.parametrize(("name", "fault", "query"), RECOUNTS)
def test_faults_are_there(name: str, fault: str, query: str) -> None:
    """A count of a fault by other means than the generator's gives the same number."""
    expected = MANIFEST["tables"][name]["faults"][fault]
    assert expected > 0
    assert scalar(query.format(t=table(name))) == expected


@pytest.mark.parametrize("name", sorted(MANIFEST["tables"]))
def test_readme_has_the_row_counts(name: str) -> None:
    """The table of files in the README has the numbers of the manifest."""
    readme = (SAMPLE_DATA / "README.md").read_text(encoding="utf-8")
    assert f"| `{name}` | {MANIFEST['tables'][name]['rows']:,} |" in readme


def test_order_lines_sum_up() -> None:
    """The lines of every order with an id sum up to its total."""
    query = f"""
        SELECT count(*)
        FROM {table("shop_orders")} AS orders
        LEFT JOIN (
            SELECT order_id, sum(quantity * unit_price) AS total
            FROM {table("shop_order_lines")}
            GROUP BY order_id
        ) AS line_sums ON orders.order_id = line_sums.order_id
        WHERE trim(orders.order_id) <> '' AND total IS DISTINCT FROM total_amount
    """
    assert scalar(query) == 0


def test_balances_stay_positive() -> None:
    """No member of the loyalty programme ever redeems points that are not there."""
    query = f"""
        WITH entries AS (
            SELECT DISTINCT ON (entry_id, created_at::date)
                upper(trim(member_id)) AS member,
                created_at,
                CASE entry_type WHEN 'issued' THEN points ELSE -points END AS change
            FROM {table("loyalty_ledger")}
            WHERE trim(entry_id) <> '' AND trim(member_id) <> ''
                AND created_at BETWEEN '2025-05-27' AND loaded_at
            ORDER BY entry_id, created_at::date, loaded_at, points
        ), balances AS (
            SELECT sum(change) OVER (PARTITION BY member ORDER BY created_at) AS balance
            FROM entries
        )
        SELECT count(*) FROM balances WHERE balance < 0
    """
    assert scalar(query) == 0


def test_nothing_is_loaded_after_the_last_load() -> None:
    """The faults in the times do not touch the load times."""
    last = MANIFEST["last_loaded_at"].rstrip("Z")
    for name in MANIFEST["tables"]:
        if name == "shop_order_lines":
            continue
        column = "received_at" if name == "web_page_events" else "loaded_at"
        query = f"SELECT count(*) FROM {table(name)} WHERE {column} > '{last}' OR {column} IS NULL"
        assert scalar(query) == 0, name


def test_behaviour_follows_the_hidden_engagement() -> None:
    """Customers with a higher hidden level use the product more in the same week."""
    query = f"""
        WITH visits AS (
            SELECT user_id, date_trunc('week', occurred_at) AS week_start, count(*) AS events
            FROM {table("product_events")}
            GROUP BY ALL
        )
        SELECT corr(truth.hidden_engagement, coalesce(visits.events, 0))
        FROM '{SAMPLE_DATA / "ground_truth.parquet"}' AS truth
        LEFT JOIN visits
            ON truth.customer_id = visits.user_id AND truth.week_start = visits.week_start
        WHERE truth.customer_id IN (SELECT user_id FROM visits)
    """
    assert scalar(query) > 0.35
