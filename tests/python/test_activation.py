"""The syncs of syncs/ send each row once, to a real Postgres and to a server of this machine."""

import json
import os
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import psycopg2
import pytest
import yaml
from postgres_server import PostgresServer
from projects import ROOT, Project

sys.path.insert(0, str(ROOT / "scripts"))
import activate  # noqa: E402

SCORES = "activation.activation_scores"
AT_RISK = "activation.activation_at_risk_customers"
TABLE = "public.customer_engagement_scores"


class Workplace:
    """A small published warehouse, and drt's workspace beside it.

    Args:
        folder: where both lie.
    """

    def __init__(self, folder: Path) -> None:
        """Remember where things are."""
        self.warehouse = folder / "published.duckdb"
        self.folder = folder / "drt"

    def execute(self, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements on the warehouse; the rows of the last."""
        with duckdb.connect(str(self.warehouse)) as connection:
            for statement in statements:
                connection.execute(statement)
            return connection.fetchall()

    def activate(self, command: str, sync: str) -> int:
        """Plan or run a sync; its exit code."""
        options = ["--warehouse", str(self.warehouse), "--folder", str(self.folder)]
        return activate.main([command, sync, *options])


@pytest.fixture
def workplace(sample: Project, tmp_path: Path) -> Workplace:
    """Twenty customers of the sample and 250 messages, as the models give them."""
    made = Workplace(tmp_path)
    made.execute(
        f"attach '{sample.warehouse}' as warehouse (read_only)",
        "create schema activation",
        f"create table {SCORES} as from warehouse.{SCORES} order by customer_id limit 20",
        f"create table {AT_RISK} as from warehouse.{AT_RISK} order by customer_id limit 250",
    )
    return made


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """One server for all tests of the module."""
    with PostgresServer() as started:
        yield started


class Crm:
    """The database that the scores are sent to.

    Args:
        server: whose database it is.
    """

    def __init__(self, server: PostgresServer) -> None:
        """Connect; each statement is a transaction."""
        self.connection = psycopg2.connect(server.dsn)
        self.connection.autocommit = True

    def execute(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement; its rows, if it has any."""
        with self.connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def scores(self) -> list[tuple[Any, ...]]:
        """The table's rows."""
        return self.execute(f"select * from {TABLE} order by customer_id")


@pytest.fixture
def crm(server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Crm]:
    """The database with its empty table, as syncs/crm_scores.sql makes it."""
    monkeypatch.setenv("CRM_DATABASE_URL", server.dsn)
    opened = Crm(server)
    opened.execute((ROOT / "syncs" / "crm_scores.sql").read_text())
    yield opened
    opened.execute(f"drop table if exists {TABLE}")
    opened.connection.close()


class Webhook:
    """A server of this machine that keeps what it is sent.

    Attributes:
        answers: the status of each coming answer, before it answers 200 only.
        requests: the headers and the customers of each request, with the status that it got.
    """

    def __init__(self) -> None:
        """Answer 200, on a free port."""
        self.answers: list[int] = []
        self.requests: list[tuple[dict[str, str], list[dict[str, Any]], int]] = []
        webhook = self

        class Handler(BaseHTTPRequestHandler):
            """Keep and answer."""

            def do_POST(self) -> None:  # noqa: N802
                """Take one request."""
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status = webhook.answers.pop(0) if webhook.answers else 200
                webhook.requests.append((dict(self.headers), body["customers"], status))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server.server_port}/at-risk"

    def taken(self) -> list[dict[str, Any]]:
        """The customers of the requests that it took."""
        return [row for _, rows, status in self.requests if status == 200 for row in rows]


@pytest.fixture
def webhook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Webhook]:
    """A webhook, and the environment that leads to it."""
    listening = Webhook()
    monkeypatch.setenv("AT_RISK_WEBHOOK_URL", listening.url)
    monkeypatch.setenv("AT_RISK_WEBHOOK_TOKEN", "token-of-the-test")
    yield listening
    listening.server.shutdown()
    listening.server.server_close()


def test_a_plan_of_scores_changes_nothing(
    workplace: Workplace, crm: Crm, capfd: pytest.CaptureFixture[str]
) -> None:
    """It counts the rows, and leaves the database as it was."""
    assert workplace.activate("plan", "crm_scores") == 0
    assert "20 to create" in capfd.readouterr().out
    assert crm.scores() == []
    tables = "select tablename from pg_tables where schemaname <> 'information_schema'"
    assert crm.execute(f"{tables} and schemaname <> 'pg_catalog'") == [(TABLE.split(".")[1],)]


def test_the_table_follows_the_warehouse(
    workplace: Workplace, crm: Crm, capfd: pytest.CaptureFixture[str]
) -> None:
    """Twice is once; a changed score is updated, a new customer comes, one who left is deleted.

    But a warehouse that lost its customers doesn't empty the table.
    """
    assert workplace.activate("run", "crm_scores") == 0
    sent = workplace.execute(f"from {SCORES} order by customer_id")
    assert len(sent) == 20
    assert crm.scores() == sent
    password = os.environ["CRM_DATABASE_URL"].split("@")[0].split(":")[-1].encode()
    written = [path for path in workplace.folder.rglob("*") if path.is_file()]
    assert written and not [path for path in written if password in path.read_bytes()]
    capfd.readouterr()
    assert workplace.activate("run", "crm_scores") == 0
    assert "No changes." in capfd.readouterr().out
    assert crm.scores() == sent
    workplace.execute(
        f"update {SCORES} set engagement_index = 12.3 where customer_id = 'C0004'",
        f"insert into {SCORES} (customer_id, as_of_date) values ('NEW', '2026-06-30')",
        f"delete from {SCORES} where customer_id = 'C0002'",
    )
    assert workplace.activate("run", "crm_scores") == 0
    assert "1 to create, 1 to update, 1 to delete" in capfd.readouterr().out
    changed = crm.scores()
    assert changed == workplace.execute(f"from {SCORES} order by customer_id")
    assert {row[0] for row in sent} ^ {row[0] for row in changed} == {"NEW", "C0002"}
    workplace.execute(f"delete from {SCORES} where customer_id < 'C0010'")
    assert workplace.activate("run", "crm_scores") == 1
    said = capfd.readouterr()
    assert "GUARD TRIPPED" in said.out
    assert "Not everything was sent by crm_scores" in said.err
    assert crm.scores() == changed


def test_the_table_has_the_columns_of_the_model(workplace: Workplace, crm: Crm) -> None:
    """In the model's order."""
    columns = (
        "select column_name from information_schema.columns where table_schema = '{}'"
        " and table_name = '{}' order by ordinal_position"
    )
    in_crm = crm.execute(columns.format(*TABLE.split(".")))
    assert in_crm == workplace.execute(columns.format(*SCORES.split(".")))


def test_a_request_that_fails_is_sent_again(workplace: Workplace, webhook: Webhook) -> None:
    """Each customer arrives once, as the model says."""
    webhook.answers = [200, 503]
    assert workplace.activate("run", "at_risk_customers") == 0
    assert [status for *_, status in webhook.requests] == [200, 503, 200, 200]
    keys = [headers["Idempotency-Key"] for headers, *_ in webhook.requests]
    assert keys[1] == keys[2]
    assert len(set(keys)) == 3
    for headers, *_ in webhook.requests:
        assert headers["Authorization"] == "Bearer token-of-the-test"
        assert headers["Content-Type"] == "application/json"
    sent = workplace.execute(f"select customer_id, message_id from {AT_RISK} order by customer_id")
    taken = webhook.taken()
    assert [(row["customer_id"], row["message_id"]) for row in taken] == sent
    assert {row["at_risk"] for row in taken} == {True, False}
    assert all(row["at_risk"] or row["at_risk_changed_on"] for row in taken)


def test_a_plan_of_messages_sends_none(
    workplace: Workplace, webhook: Webhook, capfd: pytest.CaptureFixture[str]
) -> None:
    """It says how many, and where to."""
    assert workplace.activate("plan", "at_risk_customers") == 0
    said = capfd.readouterr().out
    assert "Rows to sync: 250" in said
    assert webhook.url in said
    assert webhook.requests == []


def test_a_receiver_that_refuses_fails_the_run(
    workplace: Workplace, webhook: Webhook, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without another attempt, which would be refused too; the token is not told."""
    webhook.answers = [403]
    assert workplace.activate("run", "at_risk_customers") == 1
    assert len(webhook.requests) == 1
    said = capfd.readouterr()
    assert said.out.count("HTTP 403") == 1
    assert "0 synced, 100 failed" in said.out
    assert "Not everything was sent by at_risk_customers" in said.err
    assert "token-of-the-test" not in said.out + said.err


def test_what_is_missing_is_named_before_anything_is_sent(
    workplace: Workplace,
    crm: Crm,
    webhook: Webhook,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """In one sentence each, which never holds a password."""

    def said_of(sync: str) -> str:
        assert workplace.activate("run", sync) == 1
        said = capfd.readouterr()
        assert said.out == ""
        assert "Traceback" not in said.err
        return said.err.strip()

    crm.execute(f"drop table {TABLE}")
    assert said_of("crm_scores") == (
        f"The database of CRM_DATABASE_URL has no table {TABLE}; make it with"
        ' `psql "$CRM_DATABASE_URL" -f syncs/crm_scores.sql`.'
    )
    monkeypatch.setenv("CRM_DATABASE_URL", "postgresql://u:hidden@127.0.0.1:1/crm")
    away = said_of("crm_scores")
    assert away.startswith("The database of CRM_DATABASE_URL can't be opened: ")
    assert "Connection refused" in away and "hidden" not in away
    monkeypatch.setenv("CRM_DATABASE_URL", "u hidden crm")
    assert said_of("crm_scores") == (
        "CRM_DATABASE_URL is no address of a database, such as"
        " postgresql://USER:PASSWORD@HOST:PORT/DATABASE."
    )
    monkeypatch.delenv("CRM_DATABASE_URL")
    assert said_of("crm_scores") == (
        "Set CRM_DATABASE_URL in the environment: syncs/crm_scores.yml needs it."
    )
    monkeypatch.delenv("AT_RISK_WEBHOOK_URL")
    monkeypatch.setenv("AT_RISK_WEBHOOK_TOKEN", "")
    assert said_of("at_risk_customers") == (
        "Set AT_RISK_WEBHOOK_URL and AT_RISK_WEBHOOK_TOKEN in the environment:"
        " syncs/at_risk_customers.yml needs them."
    )
    assert said_of("scores") == (
        "There is no sync scores; the syncs are at_risk_customers, crm_scores."
    )
    workplace.execute(f"drop table {SCORES}")
    assert said_of("crm_scores") == (
        f"{workplace.warehouse} has no {SCORES}: run `make build`, with the model enabled."
    )
    workplace.warehouse.unlink()
    assert (
        said_of("crm_scores") == f"There is no {workplace.warehouse} yet; run `make build` first."
    )
    assert webhook.requests == []


def test_the_page_says_what_is_sent(sample_tables: duckdb.DuckDBPyConnection) -> None:
    """How many rows of the sample, and one message."""
    page = (ROOT / "docs" / "activation.md").read_text()
    for model, said in ((SCORES, "{} to create"), (AT_RISK, "Rows to sync: {}")):
        (rows,) = sample_tables.sql(f"select count(*) from {model}").fetchone()
        assert f"  {said.format(rows)}\n" in page
    shown = page.partition("```json\n")[2].partition("```")[0]
    (message,) = json.loads(shown)["customers"]
    listed = sample_tables.sql(f"from {AT_RISK} where customer_id = '{message['customer_id']}'")
    values = [value if value is None else str(value) for value in message.values()]
    (stored,) = listed.fetchall()
    assert values == [value if value is None else str(value) for value in stored]
    assert list(message) == listed.columns


def test_every_sync_is_an_exposure_of_the_model_that_it_reads() -> None:
    """So that the lineage ends where the data goes."""
    listed = yaml.safe_load((ROOT / "models" / "activation" / "exposures.yml").read_text())
    exposures = {exposure["name"]: exposure for exposure in listed["exposures"]}
    syncs = activate.chosen_syncs([])
    assert set(exposures) == set(syncs)
    for name, sync in syncs.items():
        assert sync["name"] == name
        (depends_on,) = exposures[name]["depends_on"]
        model = depends_on.removeprefix("ref('").removesuffix("')")
        assert sync["model"] == f"select * from activation.{model} order by customer_id"
