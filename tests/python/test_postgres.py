"""The project on a real Postgres, of the test's own: the numbers of the embedded warehouse."""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from postgres_server import ROOMY, PostgresServer
from postgres_tables import check_same_tables
from projects import ROOT, Outcome, Project

sys.path.insert(0, str(ROOT / "scripts"))
import load  # noqa: E402

SCHEMA = "engagement"
DATA_ONLY = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
EARLIER = '{"as_of_date": "2026-06-20"}'


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
        own = {"CUSTOMER_ENGAGEMENT_SCHEMA": SCHEMA}
        return super().environment() | self.server.variables | own

    def dbt(self, *arguments: str) -> Outcome:
        """Run one dbt command with the server as its target."""
        return super().dbt(*arguments, "--target", "postgres")


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server with room for a warehouse, and with the type that the unit tests' fixtures name."""
    with PostgresServer(ROOMY) as started:
        with psycopg2.connect(started.dsn) as connection, connection.cursor() as cursor:
            cursor.execute('create domain public."double" as double precision')
        yield started


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
    check_same_tables(server, sample.warehouse, tmp_path, f"{SCHEMA}_{{}}".format, more_than=60)
