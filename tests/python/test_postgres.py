"""The project on a real Postgres, of the test's own: the numbers of the embedded warehouse."""

import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import psycopg2
import pytest
from comparison import COMPARED, differences
from postgres_server import PostgresServer
from projects import ROOT, Outcome, Project
from psycopg2 import sql

sys.path.insert(0, str(ROOT / "scripts"))
import load  # noqa: E402

SCHEMA = "engagement"
DATA_ONLY = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
EARLIER = '{"as_of_date": "2026-06-20"}'
TABLES = """
    select schema_name, table_name
    from duckdb_tables()
    where database_name = 'sample' and schema_name <> 'seeds'
    order by all
"""


class PostgresProject(Project):
    """The sample company on a server.

    Args:
        folder: the project's folder.
        scratch: where dbt's own files go.
        server: where the tables go.
    """

    def __init__(self, folder: Path, scratch: Path, server: PostgresServer) -> None:
        """Remember where things are; nothing is built yet."""
        super().__init__(folder, scratch)
        self.server = server

    def environment(self) -> dict[str, str]:
        """As any project's, and where the server is."""
        return super().environment() | {
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.server.port),
            "PGUSER": "postgres",
            "PGPASSWORD": self.server.password,
            "PGDATABASE": "postgres",
            "CUSTOMER_ENGAGEMENT_SCHEMA": SCHEMA,
        }

    def dbt(self, *arguments: str) -> Outcome:
        """Run one dbt command with the server as its target."""
        return super().dbt(*arguments, "--target", "postgres")


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server with room for a warehouse, and with the type that the unit tests' fixtures name."""
    room = {"shared_buffers": "512MB", "work_mem": "64MB", "max_wal_size": "4GB"}
    with PostgresServer(room) as started:
        with psycopg2.connect(started.dsn) as connection, connection.cursor() as cursor:
            cursor.execute('create domain public."double" as double precision')
        yield started


def fetch(
    cursor: psycopg2.extensions.cursor,
    connection: duckdb.DuckDBPyConnection,
    schema: str,
    table: str,
    scratch: Path,
) -> None:
    """Bring a table of the server into the schema `server` of DuckDB.

    Args:
        cursor: on the server.
        connection: where the sample's table of the same name, whose types it takes, is too.
        schema: the sample's schema.
        table: its name.
        scratch: where a file may lie.
    """
    types = {
        name: kind
        for name, kind, *_ in connection.sql(f'describe sample."{schema}"."{table}"').fetchall()
    }
    rows = scratch / f"{table}.csv"
    with rows.open("w") as lines:
        cursor.copy_expert(
            sql.SQL("copy (select {} from {}) to stdout (format csv, null '\\N')").format(
                sql.SQL(", ").join(map(sql.Identifier, types)),
                sql.Identifier(f"{SCHEMA}_{schema}", table),
            ),
            lines,
        )
    connection.execute(
        f'create table server."{table}" as from read_csv('
        f"'{rows}', header = false, auto_detect = false, nullstr = '\\N', quote = '\"',"
        f" escape = '\"', delim = ',', columns = {types})"
    )
    rows.unlink()


def test_without_a_server_or_extracts_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a sentence, and the next step."""
    assert load.main(["postgres", str(tmp_path)]) == 1
    assert "make sample first" in capsys.readouterr().err
    # A port on which nothing listens while this test has it.
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("PGHOST", "127.0.0.1")
        monkeypatch.setenv("PGPORT", str(taken.getsockname()[1]))
        assert load.main(["postgres"]) == 1
    assert "Nothing was loaded into postgres: " in capsys.readouterr().err


@pytest.mark.slow
def test_the_sample_is_the_same(
    sample: Project, server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every test of dbt's passes, and every table is the same, after a move from an earlier date.

    But for one unit of a decimal's last digit, and hashes of what an engine writes as text.
    """
    project = PostgresProject(ROOT, tmp_path, server)
    for name, text in project.environment().items():
        monkeypatch.setenv(name, text)
    assert load.main(["postgres"]) == 0
    for arguments in (DATA_ONLY + ("--vars", EARLIER), ()):
        built = project.dbt("build", *arguments)
        assert built.success, built.messages
    # This process may hold the sample's own.
    copied = shutil.copy(sample.warehouse, tmp_path / "sample.duckdb")
    with psycopg2.connect(server.dsn) as there, duckdb.connect() as connection:
        connection.execute(f"attach '{copied}' as sample (read_only)")
        connection.execute("create schema server")
        tables = connection.sql(TABLES).fetchall()
        assert len(tables) > 60
        for schema, table in tables:
            fetch(there.cursor(), connection, schema, table, tmp_path)
            here, other = (
                f'select {COMPARED} from {catalogue}."{table}"'
                for catalogue in (f'sample."{schema}"', "server")
            )
            assert not differences(connection, here, other), (schema, table)
