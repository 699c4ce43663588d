"""Klaviyo, HubSpot and Intercom: the quirks of their tables, up to the metrics of both channels.

tests/python/connectors/<system>.sql says what is odd about which row.
"""

import pytest
from company import contents
from conftest import copy_tiny_project
from connected import CONNECTORS, connect, load, use_catalogues
from projects import TinyProject
from pytest import TempPathFactory

SYSTEMS = ["klaviyo", "hubspot", "intercom"]
KIT = "email:9dee79c06efdf9845557d56ea2d4fa89"
MAX = "email:27f10ba42a2d1737f88318bdcfca0e62"
UNIT_TESTS = [
    "klaviyo_events_are_told_apart",
    "klaviyo_properties_need_not_be_there",
    "details_of_hubspot_events_join_them",
    "hubspots_lists_are_taken_apart",
    "conversations_in_intercom_become_events",
]
BUILD = [
    *("build", "--exclude-resource-type", "unit_test", "--indirect-selection", "cautious"),
    *("--select", "+email_metrics", "+support_metrics", "int_rejected_interactions"),
    *("int_connector_customers", "int_identity_conflicts"),
]
# Ways in which a loader changes what was read before: the table, what it sets, and where.
LATER = [
    # deleted after all, with its repetition
    ("klaviyo_prod.event", "_fivetran_deleted = true", "id = 'kl05'"),
    # a detail that comes after its event, and an event that is obsolete now
    ("hubspot_prod.email_event_open", "user_agent = 'Mozilla/5.0'", "id = 'hs23'"),
    ("hubspot_prod.email_event", "obsoleted_by_id = 'hs21'", "id = 'hs07'"),
    # a contact who becomes a user
    ("hubspot_prod.contact", "property_user_id = 'u-max'", "id = 102"),
    # a bot's greeting that is answered, a rating that is changed, a lead who says who it is
    (
        "intercom_prod.conversation_history",
        "first_contact_reply_created_at = '2026-06-25 10:00:00+00'",
        "id = 'ic200'",
    ),
    (
        "intercom_prod.conversation_history",
        "conversation_rating_value = 2, conversation_rating_created_at = '2026-06-25 10:00:00+00'",
        "id = 'ic100' and _fivetran_active",
    ),
    ("intercom_prod.contact_history", "email = 'kit@example.com'", "id = 'c-otto'"),
]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def connected(tmp_path_factory: TempPathFactory) -> TinyProject:
    """A project that reads these systems alone, built as far as the tests look, once."""
    project = copy_tiny_project(tmp_path_factory.mktemp("connected"))
    connectors = [item for item in CONNECTORS if item["system"] in SYSTEMS]
    connect(project, connectors, "email, support")
    load(project, SYSTEMS)
    use_catalogues(project, SYSTEMS)
    built = project.dbt(*BUILD)
    assert built.success, built.messages
    return project


def events(project: TinyProject, prefix: str, *columns: str) -> list[tuple]:
    """The accepted interactions of a system, by id.

    Args:
        project: the built project.
        prefix: what their ids begin with.
        columns: what to read of each, after the id.
    """
    return project.rows(
        f"select {', '.join(['interaction_id', *columns])} from main_intermediate.int_interactions"
        f" where starts_with(interaction_id, '{prefix}') order by interaction_id"
    )


def test_klaviyo_reads_each_delivery_and_the_machines(connected: TinyProject) -> None:
    """Apple's openings, scanners' clicks, a flow that sends twice, repeated and deleted rows."""
    columns = ("event_type", "is_machine", "content_id", "campaign_id", "duplicate_count")
    assert events(connected, "kl0", *columns) == [
        ("kl01", "email_delivered", False, "CAMP1", "CAMP1", 0),
        ("kl02", "email_opened", True, "CAMP1", "CAMP1", 0),
        ("kl03", "email_opened", False, "CAMP1", "CAMP1", 0),
        ("kl04", "email_link_clicked", True, "CAMP1", "CAMP1", 0),
        ("kl05", "email_link_clicked", False, "CAMP1", "CAMP1", 1),
        ("kl06", "email_delivered", False, "1782028800:FM1", "FLOW1", 0),
        ("kl07", "email_delivered", False, "1782201600:FM1", "FLOW1", 0),
        ("kl08", "email_opened", False, "1782201600:FM1", "FLOW1", 0),
        ("kl09", "placed_order", False, "CAMP1", "CAMP1", 0),
    ]


def test_klaviyo_tells_what_was_not_sent_and_who_left(connected: TinyProject) -> None:
    """By the names that the metrics had before, too; a merged profile's past is the other's."""
    assert events(connected, "kl1", "event_type", "customer_id") == [
        ("kl10", "email_bounced", KIT),
        ("kl11", "email_dropped", KIT),
        ("kl12", "email_delivered", KIT),
        ("kl13", "email_marked_as_spam", KIT),
        ("kl14", "unsubscribed", KIT),
        ("kl15", "unsubscribed_from_list", KIT),
        ("kl16", "active_on_site", "u-kim"),
        ("kl17", "active_on_site", "klaviyo:01GONE"),
    ]


def test_hubspot_reads_a_message_from_its_sending_on(connected: TinyProject) -> None:
    """All addresses of a contact, machines that HubSpot filters, and what a bounce took back."""
    assert events(connected, "hs", "event_type", "customer_id", "is_machine", "content_id") == [
        ("hs01", "email_sent", "u-lea", False, "hs01"),
        ("hs02", "email_processed", "u-lea", False, "hs01"),
        ("hs03", "email_delivered", "u-lea", False, "hs01"),
        ("hs04", "email_delivered", "u-lea", False, "hs01"),
        ("hs05", "email_opened", "u-lea", True, "hs01"),
        ("hs06", "email_opened", "u-lea", True, "hs01"),
        ("hs07", "email_opened", "u-lea", False, "hs01"),
        ("hs08", "email_link_clicked", "u-lea", True, "hs01"),
        ("hs09", "email_link_clicked", "u-lea", False, "hs01"),
        ("hs10", "email_delivered", "u-lea", False, "hs-a"),
        ("hs11", "email_opened", "u-lea", False, "hs-b"),
        ("hs12", "email_sent", MAX, False, "hs12"),
        ("hs14", "email_bounced", MAX, False, "hs12"),
        ("hs15", "email_dropped", MAX, False, None),
        ("hs16", "unsubscribed_from_list", MAX, False, None),
        ("hs17", "unsubscribed", MAX, False, "hs12"),
        ("hs18", "subscribed_to_email_marketing", MAX, False, None),
        ("hs19", "email_preferences_changed", MAX, False, None),
        ("hs20", "email_marked_as_spam", MAX, False, "hs12"),
        ("hs21", "email_opened", "u-kim", False, "hs-c"),
        ("hs23", "email_opened", "u-lea", False, "hs-e"),
    ]
    assert events(connected, "hs07", "cast(loaded_at as varchar)") == [
        ("hs07", "2026-06-21 19:00:00")
    ]


def test_intercom_tells_customers_colleagues_and_bots_apart(connected: TinyProject) -> None:
    """Notes are left out, a machine's conversation begins with the customer's first word."""
    columns = ("event_type", "customer_id", "is_machine", "cast(occurred_at as varchar)")
    assert events(connected, "i", *columns) == [
        ("ic100", "conversation_started", "u-nia", False, "2026-06-20 08:00:00"),
        ("ic100:rating", "conversation_rated", "u-nia", False, "2026-06-21 12:00:00"),
        ("ic200", "conversation_started_by_bot", "intercom:c-otto", True, "2026-06-20 10:00:00"),
        ("ic300", "conversation_started", "u-kim", False, "2026-06-21 10:00:00"),
        ("ic400", "conversation_started_by_admin", "u-nia", False, "2026-06-22 10:00:00"),
        ("ip01", "conversation_answered", "u-nia", True, "2026-06-20 08:00:01"),
        ("ip04", "conversation_answered", "u-nia", False, "2026-06-20 08:30:00"),
        ("ip05", "conversation_replied", "u-nia", False, "2026-06-20 08:40:00"),
        ("ip06", "conversation_answered", "u-nia", False, "2026-06-20 09:00:00"),
        ("ip06:close", "conversation_closed", "u-nia", False, "2026-06-20 09:00:00"),
        ("ip07", "conversation_replied", "u-nia", False, "2026-06-20 21:30:00"),
        ("ip07:open", "conversation_reopened", "u-nia", False, "2026-06-20 21:30:00"),
        ("ip08:close", "conversation_closed", "u-nia", True, "2026-06-21 11:00:00"),
        ("ip09", "conversation_replied", "u-kim", False, "2026-06-21 10:00:00"),
    ]


def test_people_are_one_customer_across_systems(connected: TinyProject) -> None:
    """Merged, deleted and nameless profiles included; of a deleted one only the past is left."""
    customers = connected.rows(
        "select customer_id, account_id, country, cast(created_at as varchar)"
        " from main_intermediate.int_connector_customers order by customer_id"
    )
    assert customers == [
        (MAX, None, "AT", "2026-02-05 09:00:00"),
        (KIT, None, "France", "2026-02-01 09:00:00"),
        ("hubspot:103", None, None, "2026-03-05 09:00:00"),
        ("intercom:c-otto", None, None, "2026-06-20 09:00:00"),
        ("klaviyo:01TEL", None, None, "2026-06-02 09:00:00"),
        ("u-kim", None, "Germany", "2026-01-01 09:00:00"),
        ("u-lea", "555", "DE", "2025-12-01 09:00:00"),
        ("u-nia", None, "Austria", "2026-06-01 09:00:00"),
    ]
    assert not connected.rows("from main_intermediate.int_identity_conflicts")


def test_what_is_nobodys_is_rejected(connected: TinyProject) -> None:
    """An event without an address, and an answer in a conversation that isn't there."""
    rejected = connected.rows(
        "select source, interaction_id, rejection_reason"
        " from main_intermediate.int_rejected_interactions order by source"
    )
    assert rejected == [
        ("int_hubspot_email_events", "hs22", "no_customer"),
        ("int_intercom_events", "ip10", "no_customer"),
    ]


def test_the_channels_count_messages_and_tickets(connected: TinyProject) -> None:
    """A message that is delivered twice is one, and machines neither open, click nor answer."""
    latest = "window_days = 30 and dimension = 'all' order by as_of_date desc limit 1"
    email = connected.rows(
        "select delivered_messages, bounced_messages, raw_opened_messages, opened_messages,"
        " clicked_messages, unsubscribed_messages, complained_messages"
        f" from main_marts.email_metrics where {latest}"
    )
    assert email == [(5, 2, 3, 3, 2, 1, 1)]
    support = connected.rows(
        "select tickets_opened, tickets_by_customer, replied_tickets, first_reply_hours,"
        " resolved_tickets, reopened_tickets, ratings, satisfied_ratings"
        f" from main_marts.support_metrics where {latest}"
    )
    assert [tuple(map(float, row)) for row in support] == [(3, 2, 1, 0.5, 1, 1, 1, 1)]


def test_no_address_and_no_text_gets_in(connected: TinyProject) -> None:
    """Neither names nor telephone numbers nor what people wrote."""
    with connected.connect() as warehouse:
        names = warehouse.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
            " where table_schema in ('main_staging', 'main_intermediate', 'main_marts')"
        ).fetchall()
        held = [warehouse.execute(f"from {name}").fetchall() for (name,) in names]
    text = str(held).lower()
    assert KIT in text
    for private in ("@", "203.0.113", "+49", "i am nia", "it is paid", "hello", "'nia'", "'lea'"):
        assert private not in text, private


def test_quirks_by_hand(connected: TinyProject) -> None:
    """dbt's unit tests of these systems' models."""
    outcome = connected.dbt("test", "--select", *UNIT_TESTS)
    assert outcome.success, outcome.messages
    assert {name: outcome.statuses.get(name) for name in UNIT_TESTS} == dict.fromkeys(
        UNIT_TESTS, "pass"
    )


def test_what_comes_later_equals_a_full_refresh(connected: TinyProject) -> None:
    """Changed details, merged people, deleted and obsolete rows: row for row, in every table."""
    tables = []
    for full_refresh in ([], ["--full-refresh"]):
        if not full_refresh:
            with connected.connect() as warehouse:
                for table, changes, rows in LATER:
                    warehouse.execute(
                        f"update {table} set {changes},"
                        f" _fivetran_synced = '2026-06-26 10:00:00+00' where {rows}"
                    )
                # a profile that comes after its event
                warehouse.execute(
                    "insert into klaviyo_prod.person (id, email, created, _fivetran_synced) values"
                    " ('01GONE', 'kit@example.com', '2026-06-18 08:00:00', '2026-06-26 10:00:00')"
                )
        built = connected.dbt(*BUILD, *full_refresh)
        assert built.success, built.messages
        with connected.connect() as warehouse:
            tables.append(contents(warehouse))
    grown, refreshed = tables
    assert [name for name in refreshed if grown[name] != refreshed[name]] == []
    assert [row[0] for row in events(connected, "kl0")] == [
        f"kl0{n}" for n in (1, 2, 3, 4, 6, 7, 8, 9)
    ]
    assert events(connected, "hs14", "customer_id") == [("hs14", "u-max")]
    assert events(connected, "kl17", "customer_id") == [("kl17", KIT)]
    assert events(connected, "hs23", "is_machine") == [("hs23", True)]
    assert events(connected, "ic200", "event_type", "customer_id") == [
        ("ic200", "conversation_started", KIT)
    ]
    assert events(
        connected, "ic100:", "cast(quantity as integer)", "cast(event_date as varchar)"
    ) == [("ic100:rating", 2, "2026-06-25")]
