"""The tiny company on a real Postgres: DuckDB's tables, the law, and who may read the marts."""

import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from company import DATA_ONLY, QUIET, Company, step, visit
from conftest import copy_tiny_project
from dbt.contracts.graph.manifest import Manifest
from postgres_server import PostgresServer
from postgres_tables import check_same_tables
from projects import ROOT, Outcome, TinyProject

sys.path.insert(0, str(ROOT / "scripts"))
import load  # noqa: E402

READER = "bi_reader"
RELATIONS = """
    select table_schema, table_name
    from information_schema.tables
    where table_schema like 'engagement\\_main%'
    order by table_schema, table_name
"""
READABLE = """
    select
        namespace.nspname = 'engagement_main_marts' as is_mart,
        has_table_privilege(%s, relation.oid, 'select') as is_readable,
        count(*)
    from pg_class as relation
    inner join pg_namespace as namespace on relation.relnamespace = namespace.oid
    where namespace.nspname like 'engagement\\_main%%' and relation.relkind in ('r', 'v')
    group by 1, 2
"""
# Repeated and unusable rows, midnight, a device, a name that has to be quoted.
ARRIVALS = [
    visit("i1", "ann", 9),
    visit("i2", "bob", 9),
    visit("i2", "bob", 9),
    {**visit("i3", "ann", 12), "event_type": "purchase", "amount": 12.34},
    {**visit("i4", "José Ñ'", 13), "occurred_at": "2026-06-13 23:59:59"},
    {**visit("i5", None, 10), "anonymous_id": "d1"},
    {**visit("i6", "eve", 13), "anonymous_id": "d1"},
    {**visit("i7", "eve", 14), "event_type": "unheard_of"},
    {**visit("i8", "eve", 14), "occurred_at": None},
]


class TinyOnPostgres(TinyProject):
    """The tiny project on a server.

    Args:
        tiny: its folder, and where the test writes its data.
        server: where the tables go.
    """

    def __init__(self, tiny: TinyProject, server: PostgresServer) -> None:
        """Remember where things are; nothing is built yet."""
        super().__init__(tiny.folder, tiny.scratch)
        self.server = server

    def environment(self) -> dict[str, str]:
        """As any tiny project's, and where the server is."""
        return super().environment() | self.server.variables

    def dbt(self, *arguments: str, manifest: Manifest | None = None) -> Outcome:
        """Run one dbt command with the server as its target."""
        return super().dbt(*arguments, "--target", "postgres", manifest=manifest)

    def manifest(self, *arguments: str) -> Manifest:
        """The project as dbt parses it for the server."""
        return super().manifest(*arguments, "--target", "postgres")

    def build(self, variables: str, manifest: bytes | None = None) -> None:
        """Load what the test wrote, and build everything.

        Args:
            variables: the project's vars.
            manifest: the parsed project, pickled; default: dbt parses it.
        """
        with pytest.MonkeyPatch.context() as patch:
            for name, text in self.server.variables.items():
                patch.setenv(name, text)
            load.load_postgres(self.scratch)
        built = self.dbt(
            *("build", *DATA_ONLY, *QUIET, "--vars", variables),
            manifest=pickle.loads(manifest) if manifest else None,
        )
        assert built.success, built.messages

    def contents(self) -> dict[str, list[tuple]]:
        """The sorted rows of every table and view, by schema and name."""
        with psycopg2.connect(self.server.dsn) as connection, connection.cursor() as cursor:
            cursor.execute(RELATIONS)
            found = {}
            for schema, name in cursor.fetchall():
                cursor.execute(f'select * from "{schema}"."{name}"')
                found[f"{schema}.{name}"] = sorted(cursor.fetchall(), key=repr)
        return found


@contextmanager
def started() -> Iterator[PostgresServer]:
    """A server on which somebody else than dbt wants to read."""
    with PostgresServer() as server:
        with psycopg2.connect(server.dsn) as connection, connection.cursor() as cursor:
            cursor.execute(f"create role {READER}")
        yield server


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of the test's own."""
    with started() as server:
        yield server


def with_readers(tiny: TinyProject) -> TinyProject:
    """Let the tiny project grant its marts, as docs/bi_tools.md says."""
    settings = tiny.folder / "dbt_project.yml"
    granted = f"marts:\n      +grants: {{select: [{READER}]}}\n"
    settings.write_text(f"{settings.read_text()}models:\n  customer_engagement:\n    {granted}")
    return tiny


def check_readers(server: PostgresServer) -> None:
    """Only the marts can be read, and all of them."""
    with psycopg2.connect(server.dsn) as connection, connection.cursor() as cursor:
        cursor.execute(READABLE, [READER])
        counts = {(is_mart, can): count for is_mart, can, count in cursor.fetchall()}
    assert counts[True, True] > 10
    assert set(counts) == {(True, True), (False, False)}


def test_its_tables_are_those_of_the_embedded_warehouse(
    server: PostgresServer, tmp_path: Path
) -> None:
    """Row for row, with the marts granted to a reader."""
    tiny = with_readers(copy_tiny_project(tmp_path))
    company = Company(tiny)
    company.take(step(*ARRIVALS, customers={"ann": ("pro", 8), "José Ñ'": (None, 10)}))
    there = TinyOnPostgres(tiny, server)
    there.build(company.variables)
    check_readers(server)
    # Where nobody can be granted anything, dbt warns of it.
    settings = tiny.folder / "dbt_project.yml"
    settings.write_text(settings.read_text().partition("\nmodels:")[0] + "\n")
    company.run(tmp_path / "here")
    # This process may hold the warehouse, with a log that isn't in its file yet.
    with tiny.connect() as connection:
        connection.execute("force checkpoint")
    check_same_tables(server, tiny.warehouse, tmp_path, "engagement_{}".format, more_than=30)


@pytest.mark.slow
def test_increments_equal_a_full_refresh(server: PostgresServer, tmp_path: Path) -> None:
    """Moves between states of the company, back and forth; the reader stays."""
    tiny = TinyOnPostgres(with_readers(copy_tiny_project(tmp_path)), server)
    company = Company(tiny)
    states = []
    for change in (
        step(*ARRIVALS, customers={"ann": ("free", 9)}),
        step({**visit("late", "eve", 9), "event_type": "login"}, visit("i1", "ann", 13)),
        step(removed={0}, excluded={"bob": "erased"}, weight=3, window_days=2),
    ):
        company.take(change)
        states.append((change, list(company.rows)))
    parsed = pickle.dumps(tiny.manifest("--vars", company.variables))
    refreshed: dict[int, dict[str, list[tuple]]] = {}
    for place in (0, 1, 2, 0):
        company.show(*states[place])
        tiny.build(company.variables, parsed)
        grown = tiny.contents()
        if not refreshed:
            refreshed[place] = grown
        if place not in refreshed:
            with started() as other:
                fresh = TinyOnPostgres(tiny, other)
                fresh.build(company.variables, parsed)
                refreshed[place] = fresh.contents()
        assert set(grown) == set(refreshed[place]), place
        differing = [table for table in grown if grown[table] != refreshed[place][table]]
        assert not differing, place
    check_readers(server)
