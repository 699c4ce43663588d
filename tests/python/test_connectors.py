"""Connectors: other systems' own tables, with the quirks that those have, up to scores.

One warehouse has the tables of all systems (tests/python/connectors/<system>.sql says what is odd
about which row), and one build reads them all.
"""

import csv
import json
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from company import DATA_ONLY, contents
from conftest import copy_tiny_project
from connected import CATALOGUES, CONNECTORS, RAW_TABLES, catalogue, connect, load, use_catalogues
from postgres_server import PostgresServer
from projects import ROOT, TinyProject
from pytest import TempPathFactory
from test_tutorial import Tutorial

PAGE = ROOT / "docs" / "connectors.md"
SCORE = "select engagement_index from main_marts.customer_engagement where customer_id = 'u-ann'"
# Ann's, with the starting weights, against the 90th percentile of those who are scored.
INDEX = Decimal("110.847946")
SYSTEMS = [connector["system"] for connector in CONNECTORS]
ADDRESS = {
    "ann": "email:257c57037d384ae37ea27a07e8a01665",
    "bob": "email:4b9bb80620f03eb3719e0a061c14283d",
    "kit": "email:9dee79c06efdf9845557d56ea2d4fa89",
    "max": "email:27f10ba42a2d1737f88318bdcfca0e62",
    "gus": "email:941177c6b2db88514d1b54739e221311",
}
# Cleo was Dora, Bob's sign-up was none, and a call of the first of June arrives.
NEWS = """
    insert into segment_prod.aliases values ('a3', 'u-cleo', 'r-dora', '2026-06-20', '2026-06-25');
    update segment_prod.tracks set event = 'signed_in' where id = 't4';
    insert into segment_prod.tracks (id, user_id, event, timestamp, received_at)
    values ('t8', 'u-ann', 'signed_in', '2026-06-01 10:00:00+00', '2026-06-25 10:00:00+00');
"""


@pytest.fixture(scope="module")
def connected(tmp_path_factory: TempPathFactory) -> TinyProject:
    """A project that reads every system's tables, built once."""
    project = copy_tiny_project(tmp_path_factory.mktemp("connected"))
    connect(project, CONNECTORS)
    load(project, SYSTEMS)
    use_catalogues(project, SYSTEMS)
    built = project.dbt("build", "--exclude-resource-type", "unit_test")
    assert built.success, built.messages
    return project


def interactions(project: TinyProject, source: str, *columns: str) -> list[tuple[Any, ...]]:
    """The accepted interactions of a source, by time and id.

    Args:
        project: the built project.
        source: its model's name.
        columns: what to read of each.
    """
    return project.rows(
        f"select {', '.join(columns)} from main_intermediate.int_interactions"
        f" where source = '{source}' order by occurred_at, interaction_id"
    )


def texts(project: TinyProject) -> str:
    """Everything that the models of staging and the marts hold, as one text."""
    with project.connect() as warehouse:
        tables = warehouse.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
            " where table_schema like 'main%'"
        ).fetchall()
        rows = (warehouse.execute(f"select * from {table}").fetchall() for (table,) in tables)
        return str(list(rows)).lower()


def test_every_system_is_read(connected: TinyProject) -> None:
    """A source of each is in the door, and its customers are scored or have a reason not to be."""
    sources = {
        source
        for (source,) in connected.rows("select source from main_intermediate.int_interactions")
    }
    assert {source.split("_")[1] for source in sources} == set(SYSTEMS)
    assert {file.stem for file in RAW_TABLES.glob("*.sql")} == set(SYSTEMS)
    scored = connected.rows(
        "select customer_id from main_marts.customer_engagement where engagement_index is not null"
    )
    assert {"u-ann", "r-dora", "m-hal"} <= {customer for (customer,) in scored}


def test_nobodys_address_gets_in(connected: TinyProject) -> None:
    """No e-mail address of a raw table, no query that holds one, no network address, no name."""
    found = texts(connected)
    assert ADDRESS["ann"] in found
    assert "example.com" not in found
    assert "203.0.113" not in found


def test_segment_reads_what_tracks_and_order_tables_say_once(connected: TinyProject) -> None:
    """A retry is a duplicate, an order stands in two tables, and a thank-you page loads twice."""
    tracks = interactions(
        connected, "stg_segment__tracks", "interaction_id", "event_type", "duplicate_count"
    )
    assert tracks == [
        ("t5", "signed_in", 0),
        ("t1", "signed_in", 1),
        ("t2", "invite_sent", 0),
        ("t4", "signed_up", 0),
    ]
    columns = (
        "interaction_id",
        "content_id",
        "cast(amount as double)",
        "currency",
        "duplicate_count",
    )
    orders = interactions(connected, "stg_segment__orders", *columns)
    assert orders == [("o-1", "o-1", 49.9, "EUR", 1)]


def test_segment_times_are_the_trackers_in_utc(connected: TinyProject) -> None:
    """With a zone or without, and never what a device's clock says."""
    found = connected.rows(
        "select interaction_id, cast(occurred_at as varchar), cast(loaded_at as varchar)"
        " from main_intermediate.int_interactions where interaction_id in ('t2', 'p1') order by 1"
    )
    assert found == [
        ("p1", "2026-06-19 10:00:00", "2026-06-19 10:00:01"),
        ("t2", "2026-06-21 10:00:00", "2026-06-21 10:00:01"),
    ]


def test_segment_pages_before_the_login_and_by_programs(connected: TinyProject) -> None:
    """Anonymous pages count for whoever is known on the device first; a program's are marked."""
    columns = ("interaction_id", "customer_id", "content_id", "campaign_id", "is_machine")
    assert interactions(connected, "stg_segment__pages", *columns) == [
        ("p1", "u-ann", "/pricing", "June", False),
        ("p2", "u-ann", "/pricing", None, True),
        ("p4", "u-cleo", "/", None, False),
    ]


def test_rows_that_cannot_be_used_are_rejected_not_lost(connected: TinyProject) -> None:
    """A call without an event, devices on which nobody was known, a visitor without a device."""
    rejected = connected.rows(
        "select source, coalesce(anonymous_id, ''), rejection_reason"
        " from main_intermediate.int_rejected_interactions order by 1, 2"
    )
    assert rejected == [
        ("int_hubspot_email_events", "", "no_customer"),
        ("int_intercom_events", "", "no_customer"),
        ("int_shopify_refunds", "", "no_customer"),
        ("stg_ga4__events", "", "no_customer"),
        ("stg_posthog__events", "pdev-2", "never_identified"),
        ("stg_segment__pages", "dev-nobody", "never_identified"),
        ("stg_segment__tracks", "dev-ann", "no_event_type"),
        ("stg_shopify__orders", "", "no_customer"),
        ("stg_snowplow__events", "nuid-9", "never_identified"),
    ]


def test_earlier_ids_and_addresses_lead_to_one_customer(connected: TinyProject) -> None:
    """An alias of an alias, an address as an id, and an address that two people share."""
    chain = connected.rows(
        "select interaction_id, customer_id from main_intermediate.int_interactions"
        " where interaction_id in ('t4', 't5') order by 1"
    )
    assert chain == [("t4", ADDRESS["bob"]), ("t5", "u-ann")]
    conflicts = connected.rows(
        "select other_id, customer_id, conflict_reason"
        " from main_intermediate.int_identity_conflicts order by conflict_reason"
    )
    assert conflicts == [
        (ADDRESS["ann"], "u-cleo", "several_customers"),
        ("dev-ann", "u-cleo", "shared_device"),
    ]


def test_what_several_connectors_know_of_a_customer_is_one_row(connected: TinyProject) -> None:
    """The connector that is named first comes first, the others fill the gaps."""
    customers = connected.rows(
        "select customer_id, plan, country, account_id, cast(created_at as varchar)"
        " from main_intermediate.int_connector_customers order by customer_id"
    )
    assert customers == [
        (ADDRESS["max"], None, "AT", None, "2026-02-05 09:00:00"),
        (ADDRESS["bob"], None, None, None, None),
        (ADDRESS["gus"], None, None, None, "2026-06-01 10:00:00"),
        (ADDRESS["kit"], None, "France", None, "2026-02-01 09:00:00"),
        ("hubspot:103", None, None, None, "2026-03-05 09:00:00"),
        ("intercom:c-otto", None, None, None, "2026-06-20 09:00:00"),
        ("klaviyo:01TEL", None, None, None, "2026-06-02 09:00:00"),
        ("r-dora", "team", None, None, "2026-06-01 00:00:00"),
        ("shopify:503", None, None, None, "2026-06-23 09:00:00"),
        ("stripe:cus_3", None, "FR", None, "2026-03-01 10:00:00"),
        ("u-ann", "pro", "DE", "acme", "2025-01-01 00:00:00"),
        ("u-cleo", "free", "FR", None, "2026-06-25 09:00:00"),
        ("u-kim", None, "DE", None, "2026-01-01 09:00:00"),
        ("u-lea", None, "DE", "555", "2025-12-01 09:00:00"),
        ("u-nia", None, "Austria", None, "2026-06-01 09:00:00"),
        ("zendesk:14", None, None, None, "2026-06-01 10:00:00"),
    ]


def test_rudderstack_has_sessions_and_lacks_columns(connected: TinyProject) -> None:
    """At-least-once delivery, a session of its own, and a table that never saw a user."""
    tracks = interactions(connected, "stg_rudderstack__tracks", "session_id", "duplicate_count")
    assert tracks == [("1781000000", 1)]
    pages = interactions(connected, "stg_rudderstack__pages", "customer_id", "content_id")
    assert pages == [("r-dora", "/cart")]


def test_snowplow_names_events_and_falls_back(connected: TinyProject) -> None:
    """Retries share an id, an action names a structured event, older loaders lack times."""
    columns = ("interaction_id", "event_type", "content_id", "customer_id", "duplicate_count")
    assert interactions(connected, "stg_snowplow__events", *columns) == [
        ("s1", "page_view", "/a", "s-eve", 1),
        ("s2", "page_ping", "/a", "s-eve", 0),
        ("s3", "add_to_cart", "sku-1", "s-eve", 0),
        ("so-1", "transaction", "so-1", "s-eve", 0),
    ]
    times = connected.rows(
        "select cast(occurred_at as varchar), cast(loaded_at as varchar)"
        " from main_intermediate.int_interactions where interaction_id = 'so-1'"
    )
    assert times == [("2026-06-20 10:02:05", "2026-06-20 10:05:00")]
    [(is_bot,)] = connected.rows(
        "select is_bot from main_staging.stg_snowplow__events where interaction_id = 's5'"
    )
    assert is_bot


def test_ga4_tells_events_apart_that_have_no_id(connected: TinyProject) -> None:
    """Nested parameters, rewritten days, purchases that are sent again, and '(not set)'."""
    columns = (
        "event_type",
        "session_id",
        "content_id",
        "cast(amount as double)",
        "duplicate_count",
    )
    assert sorted(interactions(connected, "stg_ga4__events", *columns), key=str) == [
        ("login", "ga-1-111", "/", None, 0),
        ("page_view", "ga-1-111", "/p", None, 0),
        ("page_view", "ga-1-111", "/p", None, 1),
        ("purchase", "ga-1-112", "go-1", 30.5, 1),
        ("purchase", "ga-1-113", None, 5.0, 0),
        ("purchase", "ga-1-113", None, 6.0, 0),
        ("refund", None, "go-1", 10.5, 0),
    ]
    columns = ("customer_id", "cast(occurred_at as varchar)", "cast(loaded_at as varchar)")
    first = interactions(connected, "stg_ga4__events", *columns)[0]
    assert first == ("g-finn", "2026-06-20 22:30:00", "2026-06-21 22:30:00")


def test_amplitude_retries_and_rows_without_a_session(connected: TinyProject) -> None:
    """The insert id tells a retry, session -1 is none, the table has the project's number."""
    columns = ("interaction_id", "event_type", "session_id", "content_id", "duplicate_count")
    assert interactions(connected, "stg_amplitude__events", *columns) == [
        ("ins-1", "page_view", "adev-1-1781949600000", "/plans", 1),
        ("ins-4", "session_start", "adev-1-1781949600000", None, 0),
        ("uuid-3", "plan_upgraded", None, None, 0),
    ]


def test_mixpanel_local_times_and_resolved_ids(connected: TinyProject) -> None:
    """Berlin's summer and winter, a duplicate by four columns, and a device in a distinct id."""
    columns = ("cast(occurred_at as varchar)", "event_type", "customer_id", "duplicate_count")
    assert interactions(connected, "stg_mixpanel__events", *columns) == [
        ("2026-01-20 11:00:00", "report_created", "m-hal", 0),
        ("2026-06-19 10:01:00", "report_created", "m-hal", 0),
        ("2026-06-20 10:00:00", "page_view", "m-hal", 0),
        ("2026-06-20 10:01:00", "report_created", "m-hal", 1),
    ]


def test_posthog_identifies_by_an_event(connected: TinyProject) -> None:
    """A distinct id is a device's or a user's; aliases and identify calls say which is whose."""
    columns = ("interaction_id", "customer_id", "event_type", "session_id", "duplicate_count")
    assert interactions(connected, "stg_posthog__events", *columns) == [
        ("ph4", "p-ida", "invoice_paid", None, 0),
        ("ph1", "p-ida", "page_view", "ps-1", 0),
        ("ph2", "p-ida", "identify", None, 1),
        ("ph3", "p-ida", "$create_alias", None, 0),
    ]
    [(is_bot,)] = connected.rows(
        "select is_bot from main_staging.stg_posthog__events where interaction_id = 'ph5'"
    )
    assert is_bot


@pytest.mark.slow
def test_a_new_link_restates_what_it_touches(connected: TinyProject, tmp_path: Path) -> None:
    """An alias that comes late, a late call and one rewritten in place: as if built anew."""
    with connected.connect() as warehouse:
        warehouse.execute("force checkpoint")
    project = TinyProject(connected.folder, tmp_path)
    shutil.copy(connected.warehouse, project.warehouse)
    with project.connect() as warehouse:
        warehouse.execute(NEWS)
    built = {}
    for how in ([], ["--full-refresh"]):
        outcome = project.dbt("build", *DATA_ONLY, "--select", "+customer_scores", *how)
        assert outcome.success, outcome.messages
        with project.connect() as warehouse:
            built[bool(how)] = contents(warehouse)
    assert not [table for table in built[True] if built[False][table] != built[True][table]]
    found = project.rows(
        "select customer_id, event_type, event_date from main_intermediate.int_interactions"
        " where interaction_id in ('r1', 't4', 't8') order by interaction_id"
    )
    assert found == [
        ("u-cleo", "product_added", date(2026, 6, 20)),
        (ADDRESS["bob"], "signed_in", date(2026, 6, 22)),
        ("u-ann", "signed_in", date(2026, 6, 1)),
    ]


def table(system: str, file: str) -> list[dict[str, str]]:
    """The rows of a system's catalogue, by column."""
    with (CATALOGUES / system / file).open() as rows:
        return list(csv.DictReader(rows))


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_catalogue_is_a_seed(system: str) -> None:
    """It has the columns of the project's own, a weight a type, and the other systems' words."""
    for file in ("event_types.csv", "event_weights.csv"):
        header = (ROOT / "seeds" / file).read_text().splitlines()[0]
        assert (CATALOGUES / system / file).read_text().splitlines()[0] == header
    types = [row["event_type"] for row in table(system, "event_types.csv")]
    assert types == [row["event_type"] for row in table(system, "event_weights.csv")]
    with (CATALOGUES / "score_models.csv").open() as rows:
        models = {row["score_model"] for row in csv.DictReader(rows)}
    assert {row["score_model"] for row in table(system, "event_weights.csv")} == models


@pytest.mark.parametrize("file", ["event_types.csv", "event_weights.csv"])
def test_an_event_type_of_several_systems_has_one_row(file: str) -> None:
    """So that catalogues can be merged line by line."""
    merged = [line.split(",") for line in catalogue(file, SYSTEMS)]
    keys: Iterable[str] = [line[0] if file == "event_types.csv" else line[1] for line in merged]
    assert len(set(keys)) == len(merged)


def test_identities_by_hand(connected: TinyProject) -> None:
    """Chains, circles, shared addresses and devices: dbt's unit tests of the models that are on."""
    outcome = connected.dbt(
        *("test", "--select", "test_type:unit,customer_engagement.intermediate.identity"),
        *("an_earlier_id_stands_for_its_customer", "a_device_stands_for_its_customer"),
    )
    assert outcome.success, outcome.messages
    assert list(outcome.statuses.values()).count("pass") == 6


BROKEN = [
    "snowplow",
    {"system": "pigeon", "schema": "raw"},
    {"system": "segment"},
    {"system": "ga4", "schema": "a"},
    {"system": "ga4", "schema": "b"},
    {"system": "amplitude", "schema": "a", "shema": "b", "lookback_days": 0},
    {"system": "posthog", "schema": "a", "tables": ["event"], "time_zone": "Mars/Olympus"},
    {"system": "mixpanel", "schema": "a", "tables": "events"},
]
SENTENCES = [
    "connectors lists 'snowplow': write its system and its schema.",
    f"connectors names the system 'pigeon': write some of {', '.join(sorted(SYSTEMS))}.",
    "connectors, segment: schema is '': write the schema that holds its tables.",
    "connectors, ga4: the system is named twice: keep one, and let a view join the tables of the"
    " other to its own.",
    "connectors, amplitude: 'shema' means nothing here: write system, schema, database, tables,"
    " time_zone, lookback_days.",
    "connectors, amplitude: lookback_days is '0': write a whole number of at least 1, or all.",
    "connectors, posthog: tables lists 'event': write some of events.",
    "connectors, posthog: time_zone is 'Mars/Olympus': write an IANA name such as Europe/Berlin.",
    "connectors, mixpanel: tables is 'events': write a list, some of mp_master_event,"
    " mp_identity_mappings_data_view, or what each is called in the warehouse.",
]


@pytest.mark.parametrize(
    ("connectors", "sentences"),
    [
        (BROKEN, SENTENCES),
        (
            "segment",
            ["connectors is 'segment': write a list, each item with a system and a schema."],
        ),
        (
            [{"system": "segment", "schema": "nowhere"}],
            [
                f"connectors, segment: there is no table nowhere.{table}: correct the schema,"
                " or list under tables those that there are."
                for table in ("tracks", "pages", "identifies", "users")
            ],
        ),
    ],
    ids=["items", "no list", "no tables"],
)
def test_settings_that_make_no_sense_stop_the_run(
    connected: TinyProject, connectors: Any, sentences: list[str]
) -> None:
    """Every problem is named at once, before any table is touched."""
    outcome = connected.dbt(
        *("run", "--no-write-json", "--select", "stg_settings__event_types"),
        *("--vars", json.dumps({"connectors": connectors})),
    )
    assert not outcome.success
    for sentence in sentences:
        assert sentence in outcome.messages
    assert set(outcome.statuses.values()) <= {"skipped", "error"}


def follow(folder: Path, target: str, **environment: str) -> None:
    """Do what the page says, up to the last query.

    Args:
        folder: the reader's, with the raw tables in its warehouse.
        target: the profile's target.
        environment: variables that the profile reads.
    """
    (folder.parent / "customer_engagement").symlink_to(ROOT)
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    reader = Tutorial(folder, environment | {"PATH": programs})
    text = PAGE.read_text().partition("## What a connector may say")[0]
    reader.followed(text.replace("target: postgres", f"target: {target}"))


def test_a_newcomer_gets_scores_from_segments_tables(tmp_path: Path) -> None:
    """The page's own files and commands, from an empty folder, on an embedded warehouse."""
    folder = tmp_path / "my_company"
    folder.mkdir()
    project = TinyProject(folder, folder)
    project.warehouse = folder / "my_company.duckdb"
    load(project, ["segment"])
    follow(folder, "duckdb")
    [(index,)] = project.rows(SCORE)
    assert index == INDEX


@pytest.mark.slow
def test_a_newcomer_gets_scores_from_segments_tables_on_a_server(tmp_path: Path) -> None:
    """The same on Postgres."""
    folder = tmp_path / "my_company"
    folder.mkdir()
    with PostgresServer() as server:
        with closing(psycopg2.connect(server.dsn)) as connection:
            with connection, connection.cursor() as cursor:
                cursor.execute((RAW_TABLES / "segment.sql").read_text())
            follow(folder, "postgres", PGPORT=str(server.port), PGPASSWORD=server.password)
            with connection.cursor() as cursor:
                cursor.execute(SCORE.replace("main_marts", "engagement_marts"))
                assert cursor.fetchall() == [(INDEX,)]
