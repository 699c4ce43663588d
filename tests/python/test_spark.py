"""A tiny company on a Spark cluster of the test's own: the numbers of the embedded warehouse."""

import json
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from company import DATA_ONLY, TABLES, Company, step, visit
from comparison import COMPARED, differences
from projects import ROOT, Outcome, Project, TinyProject
from pyhive import hive
from spark_cluster import SparkCluster

sys.path.insert(0, str(ROOT / "scripts"))
import load  # noqa: E402

SCHEMA = "engagement"
# The whole takes Spark a quarter of an hour, whatever the number of rows.
SCORES = ("--select", "+customer_scores")
# Ties, a row without a customer, a late one, an id that comes back, texts that need care.
FIRST = step(
    *(visit("i1", "ann", 9), visit("i2", "bob", 9), visit("i3", "ann", 12), visit("i3", "ann", 12)),
    {**visit("i4", "o'eve\\ é", 9), "event_type": "purchase", "amount": "12.3450"},
    {**visit("i5", None, 10), "anonymous_id": "d1"},
    {**visit("i6", "ann", 10), "occurred_at": None},
    customers={"ann": ("pro", 8), "bob": (None, 9)},
    as_of_day=12,
)
LATER = step(
    *(visit("i1", "bob", 11), visit("i7", "ann", 13)),
    {**visit("i8", "bob", 9), "event_type": "login"},
    customers={"ann": ("pro", 8), "bob": ("free", 9)},
    weight=3,
)


class SparkProject(TinyProject):
    """The tiny project with a cluster as its warehouse.

    Args:
        tiny: the project whose folder and data it shares.
        cluster: where the tables go.
    """

    def __init__(self, tiny: TinyProject, cluster: SparkCluster) -> None:
        """Remember where things are; nothing is built yet."""
        super().__init__(tiny.folder, tiny.scratch)
        self.cluster = cluster

    def environment(self) -> dict[str, str]:
        """As the tiny project's, with the profile that users have, and where the cluster is."""
        return super().environment() | {
            "DBT_PROFILES_DIR": str(ROOT / "profiles"),
            "DBT_TARGET_PATH": str(self.scratch / "target_of_spark"),
            "SPARK_HOST": "127.0.0.1",
            "SPARK_PORT": str(self.cluster.port),
            "CUSTOMER_ENGAGEMENT_SCHEMA": SCHEMA,
            "CUSTOMER_ENGAGEMENT_THREADS": "2",
        }

    def dbt(self, *arguments: str) -> Outcome:
        """Run one dbt command with the cluster as its target."""
        return super().dbt(*arguments, "--profile", "customer_engagement", "--target", "spark")


@pytest.fixture(scope="module")
def cluster() -> Iterator[SparkCluster]:
    """A master, two workers and the Thrift server."""
    with SparkCluster() as started:
        yield started


def fetch(
    cursor: hive.Cursor,
    connection: duckdb.DuckDBPyConnection,
    schema: str,
    table: str,
    scratch: Path,
) -> None:
    """Bring a table of the cluster into the schema `cluster` of DuckDB.

    Args:
        cursor: on the cluster.
        connection: where DuckDB's table of the same name, whose types it takes, is too.
        schema: DuckDB's schema.
        table: its name.
        scratch: where a file may lie.
    """
    types = {
        name: kind for name, kind, *_ in connection.sql(f'describe "{schema}"."{table}"').fetchall()
    }
    cursor.execute(
        f"select {', '.join(map(load.backquoted, types))}"
        f" from {SCHEMA}{schema.removeprefix('main')}.{load.backquoted(table)}"
    )
    lines = scratch / f"{table}.json"
    rows = (dict(zip(types, row, strict=True)) for row in cursor.fetchall())
    lines.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows))
    source = f"read_json('{lines}', columns = {types}, format = 'newline_delimited')"
    connection.execute(f'create table cluster."{table}" as from {source}')


def kill_once_it_wrote(cluster: SparkCluster, table: str, worker: str) -> bool:
    """Kill a worker as soon as a table is written to again.

    Args:
        cluster: a running one.
        table: its name, with the schema.
        worker: as `SparkCluster.kill` takes it.

    Returns:
        Whether it was: not where nobody writes within ten minutes.
    """
    read = len(cluster.log("thrift_server"))
    until = time.monotonic() + 600
    while time.monotonic() < until:
        if f"committed to table spark_catalog.{table} " in cluster.log("thrift_server")[read:]:
            cluster.kill(worker)
            return True
        time.sleep(0.5)
    return False


def test_without_a_server_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a sentence."""
    # A port on which nothing listens while this test has it.
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("SPARK_HOST", "127.0.0.1")
        monkeypatch.setenv("SPARK_PORT", str(taken.getsockname()[1]))
        assert load.main(["spark"]) == 1
    assert "Nothing was loaded into spark: " in capsys.readouterr().err


def test_the_project_is_parsed_for_it(tmp_path: Path) -> None:
    """By its adapter, which knows no databases; no server is asked."""
    project = Project(ROOT, tmp_path)
    parsed = project.dbt("parse", "--no-write-json", "--target", "spark")
    assert parsed.success, parsed.messages


@pytest.mark.cluster
def test_the_tiny_company_is_the_same_with_a_worker_killed(
    tiny: TinyProject, cluster: SparkCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scores and all that they are made from are those of a full refresh on DuckDB.

    They were built for an earlier date before, and one of the two workers was killed in the middle
    of the move: the build goes on with the other.
    """
    company = Company(tiny)
    project = SparkProject(tiny, cluster)
    for name, text in project.environment().items():
        monkeypatch.setenv(name, text)

    company.take(FIRST)
    assert load.main(["spark", str(tiny.scratch)]) == 0
    built = project.dbt("build", *SCORES, *DATA_ONLY, "--vars", company.variables)
    assert built.success, built.messages
    names = set(built.statuses)

    company.take(LATER)
    assert load.main(["spark", str(tiny.scratch)]) == 0
    with ThreadPoolExecutor() as aside:
        killed = aside.submit(
            kill_once_it_wrote, cluster, f"{SCHEMA}_intermediate.int_interactions", "worker_1"
        )
        # Views are as they were.
        built = project.dbt(
            *("build", *SCORES, *DATA_ONLY, "--exclude", "config.materialized:view"),
            *("--vars", company.variables),
        )
        assert killed.result()
    assert built.success, built.messages

    company.run(tmp_path / "refreshed")
    with (
        hive.connect("127.0.0.1", cluster.port) as there,
        tiny.connect() as connection,
    ):
        connection.execute("create schema cluster")
        compared = []
        for schema, table in connection.sql(TABLES).fetchall():
            if table not in names:
                continue
            fetch(there.cursor(), connection, schema, table, tmp_path)
            here, other = (
                f'select {COMPARED} from "{catalogue}"."{table}"'
                for catalogue in (schema, "cluster")
            )
            assert not differences(connection, here, other), (schema, table)
            compared += connection.sql(f"select '{table}' from ({here})").fetchall()
        assert {("customer_scores",), ("int_interactions",)} <= set(compared)
        assert len(set(compared)) > 20


def test_without_its_tools_it_says_how_to_get_them(tmp_path: Path) -> None:
    """And leaves nothing behind."""
    cluster = SparkCluster(tools=tmp_path)
    with pytest.raises(RuntimeError, match=r"make \.tools/spark/\.synced"):
        cluster.start()
    assert not cluster.folder.exists()
