"""What the connectors make of the tables of a shop, of a billing system and of a help desk."""

import shutil
from decimal import Decimal
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest
from company import contents
from conftest import copy_tiny_project
from connected import CONNECTORS, connect, load, use_catalogues
from projects import TinyProject
from pytest import TempPathFactory

SYSTEMS = ["shopify", "stripe", "zendesk"]
READ = [
    *("+commerce_metrics", "+subscription_metrics", "+support_metrics"),
    *("+int_rejected_interactions", "+int_identity_conflicts", "+int_connector_customers"),
]
# What the loader writes in place, deletes, or loads late.
NEWS = """
    update shopify_prod."order" set
        total_price = 45, _fivetran_synced = '2026-06-26'
    where id = 1008;
    update shopify_prod."order" set
        customer_id = 503, _fivetran_synced = '2026-06-26'
    where id = 1001;
    update shopify_prod."order" set
        _fivetran_deleted = true, _fivetran_synced = '2026-06-26'
    where id = 1006;
    update shopify_prod.customer set
        email = 'cleo@example.com', _fivetran_synced = '2026-06-26'
    where id = 503;
    update stripe_prod.charge set
        status = 'succeeded', captured = true, _fivetran_synced = '2026-06-26'
    where id = 'ch_7';
    update stripe_prod.refund set
        status = 'succeeded', _fivetran_synced = '2026-06-26'
    where id = 're_4';
    update stripe_prod.subscription_item set
        quantity = 3, _fivetran_synced = '2026-06-26'
    where id = 'si_1';
    update zendesk_prod."user" set role = 'agent', _fivetran_synced = '2026-06-26' where id = 12;
    insert into zendesk_prod.ticket_field_history
    values (101, 'status', '2026-06-12 10:00:00+00', 'open', 11, '2026-06-26');
"""


@pytest.fixture(scope="module")
def business(tmp_path_factory: TempPathFactory) -> TinyProject:
    """The tiny project, built from the tables of these connectors."""
    project = copy_tiny_project(tmp_path_factory.mktemp("business"))
    connect(project, [connector for connector in CONNECTORS if connector["system"] in SYSTEMS])
    load(project, SYSTEMS)
    use_catalogues(project, SYSTEMS)
    own = [f"{layer}_{system}_*" for layer in ("stg", "int") for system in SYSTEMS]
    for command in (
        ["seed"],
        ["run", "--select", *READ],
        ["test", "--select", *own],
    ):
        done = project.dbt(*command)
        assert done.success, done.messages
    return project


def known_as(address: str) -> str:
    """The customer id of an e-mail address."""
    return "email:" + md5(address.encode()).hexdigest()


def events(project: TinyProject, model: str, columns: str) -> list[tuple[Any, ...]]:
    """Some columns of the accepted interactions of a model, in order."""
    interactions = "main_intermediate.int_interactions"
    return project.rows(
        f"select {columns} from {interactions} where source = '{model}' order by all"
    )


def rejected(project: TinyProject, system: str) -> list[tuple[Any, ...]]:
    """The ids and reasons of what was rejected of a system, in order."""
    return project.rows(
        "select interaction_id, rejection_reason from main_intermediate.int_rejected_interactions"
        f" where source like '%\\_{system}\\_%' escape '\\' order by all"
    )


def figures(project: TinyProject, mart: str, as_of_date: str, columns: str) -> tuple[Any, ...]:
    """Some figures of a mart's longest window up to a date, over all customers."""
    [row] = project.rows(
        f"select {columns} from main_marts.{mart}"
        f" where as_of_date = '{as_of_date}' and dimension = 'all'"
        " order by window_days desc limit 1"
    )
    return row


def test_no_personal_data_leaves_the_raw_tables(business: TinyProject) -> None:
    """No text of any model is an address, a name, a telephone number or what somebody wrote."""
    columns = business.rows(
        "select table_schema || '.' || table_name, column_name from information_schema.columns"
        " where table_schema in ('main_staging', 'main_intermediate', 'main_marts')"
        " and table_name not like '%settings%' and data_type = 'VARCHAR'"
    )
    assert len(columns) > 50
    found = "regexp_matches({}, '@|Example|\\+4930|203\\.0|please')"
    for table, column in columns:
        query = f"select count(*) from {table} where {found.format(column)}"
        assert business.rows(query) == [(0,)], f"{table}.{column}"


def test_an_order_is_what_the_shop_last_said(business: TinyProject) -> None:
    """One that was edited counts as it is now, one that was deleted doesn't, a test is no order."""
    kim = "u-kim"
    orders = events(business, "stg_shopify__orders", "interaction_id, event_type, amount, currency")
    assert orders == [
        ("1001", "order_placed", Decimal("50.1"), "EUR"),
        ("1002", "order_placed", Decimal("100"), "EUR"),
        ("1003", "test_order", Decimal("10"), "EUR"),
        ("1004", "order_placed", Decimal("70"), "EUR"),
        ("1006", "order_placed", Decimal("30"), "EUR"),
        ("1008", "order_placed", Decimal("40"), "EUR"),
        ("1009", "order_placed", Decimal("20"), "EUR"),
    ]
    when = dict(
        events(business, "stg_shopify__orders", "interaction_id, cast(occurred_at as varchar)")
    )
    # Placed in New York on the evening before; brought from another shop later than it was placed.
    assert (when["1001"], when["1006"]) == ("2026-06-21 03:30:00", "2026-05-02 10:00:00")
    cancelled = events(
        business, "int_shopify_cancellations", "interaction_id, customer_id, content_id, event_date"
    )
    assert [row[:3] for row in cancelled] == [("1004", kim, "1004")]


def test_a_guest_is_who_later_has_an_account(business: TinyProject) -> None:
    """The address is the same, whatever its case; who has none is known by the shop's own id."""
    customers = dict(events(business, "stg_shopify__orders", "interaction_id, customer_id"))
    gus = known_as("gus@example.com")
    assert (customers["1002"], customers["1008"], customers["1009"]) == (gus, gus, "shopify:503")
    # Who was deleted, or merged into another, is no customer.
    known = business.rows("select customer_id from main_intermediate.int_connector_customers")
    assert {customer for (customer,) in known} == {
        *("u-kim", gus, "shopify:503", "stripe:cus_3", "zendesk:14"),
    }
    # The till knows nobody; the refund's order isn't there.
    assert rejected(business, "shopify") == [("1007", "no_customer"), ("9007", "no_customer")]


def test_refunds_are_what_went_back(business: TinyProject) -> None:
    """In the shop's currency, each once, on its own day, as a part of its order."""
    refunds = events(
        business, "int_shopify_refunds", "interaction_id, content_id, customer_id, amount, currency"
    )
    kim, gus = "u-kim", known_as("gus@example.com")
    assert refunds == [
        ("9002", "1001", kim, Decimal("20"), "EUR"),
        ("9003", "1001", kim, Decimal("0.1"), "EUR"),
        ("9005", "1002", gus, Decimal("20"), "EUR"),
    ]
    # With Stripe's payments and refunds, one of a whole payment; on the 23rd the order that was
    # cancelled on the 24th was still one.
    columns = "orders, gross_revenue, refunded_revenue, unmatched_refunds, purchasers"
    found = figures(business, "commerce_metrics", "2026-06-23", columns)
    assert found == (9, Decimal("445"), Decimal("80.1"), 0, 3)


def test_amounts_of_stripe_are_in_the_currency_itself(business: TinyProject) -> None:
    """Cents become euros, yen stay yen; what isn't paid, and what is only tried, is no payment."""
    gus = known_as("gus@example.com")
    columns = "interaction_id, customer_id, event_type, amount, currency"
    assert events(business, "stg_stripe__charges", columns) == [
        ("ch_1", "u-kim", "charge_succeeded", Decimal("49.9"), "EUR"),
        ("ch_2", "u-kim", "invoice_paid", Decimal("20"), "EUR"),
        ("ch_3", "stripe:cus_3", "charge_failed", Decimal("30"), "EUR"),
        ("ch_4", "stripe:cus_3", "charge_failed", Decimal("30"), "EUR"),
        ("ch_5", "u-kim", "charge_succeeded", Decimal("5000"), "JPY"),
        ("ch_8", "u-kim", "test_payment", Decimal("80"), "EUR"),
        ("ch_9", gus, "charge_succeeded", Decimal("15"), "EUR"),
    ]
    refunds = events(
        business, "int_stripe_refunds", "interaction_id, content_id, customer_id, amount, currency"
    )
    assert refunds == [
        ("re_1", "ch_1", "u-kim", Decimal("10"), "EUR"),
        ("re_2", "ch_5", "u-kim", Decimal("5000"), "JPY"),
    ]


def test_subscriptions_of_stripe_are_paid_by_the_month(business: TinyProject) -> None:
    """From the end of the trial on, until the last day that was paid, and one person's as one."""
    found = business.rows(
        "select subscription_id, subscriber_id, plan, mrr, currency, cast(started_on as varchar),"
        " cast(ended_on as varchar), cast(renewal_date as varchar)"
        " from main_intermediate.int_subscription_periods order by 1"
    )
    assert found == [
        ("sub_ended", "stripe:cus_3", "Pro", 10, "EUR", "2026-04-01", "2026-06-09", None),
        ("sub_ends", "u-kim", "prod_3", Decimal("3.335"), "EUR", "2026-04-01", "2026-06-30", None),
        ("sub_month", "u-kim", "Pro", 20, "EUR", "2026-05-15", None, "2026-07-15"),
        ("sub_unpaid", "stripe:cus_3", "Pro", 10, "EUR", "2026-04-05", "2026-06-04", None),
        ("sub_year", "u-kim", "Pro, yearly", 10000, "JPY", "2026-03-01", None, "2027-03-01"),
    ]
    # 20 and 3.335 euros, and 10,000 yen at 0.01; who left before is no subscriber any more.
    columns = "ending_subscribers, ending_mrr"
    assert figures(business, "subscription_metrics", "2026-06-22", columns) == (
        1,
        Decimal("123.335"),
    )


def test_tickets_are_their_customers(business: TinyProject) -> None:
    """Not what lies in the bin, and not what agents ask each other; who wrote one down is said."""
    assert events(business, "int_zendesk_tickets", "interaction_id, customer_id, event_type") == [
        ("101", "u-kim", "ticket_opened"),
        ("102", "zendesk:14", "ticket_opened_by_agent"),
        ("105", known_as("gus@example.com"), "ticket_opened"),
    ]
    changes = events(business, "int_zendesk_status_changes", "content_id, occurred_at, event_type")
    assert [(ticket, change) for ticket, _, change in changes] == [
        ("101", "ticket_pending"),
        ("101", "ticket_solved"),
        ("101", "ticket_reopened"),
        ("101", "ticket_solved"),
        ("105", "ticket_solved"),
        ("105", "ticket_closed"),
    ]


def test_an_agents_comment_is_an_answer(business: TinyProject) -> None:
    """Even of one who left; not a note, nor what the system writes, nor the ticket's own text."""
    assert events(business, "int_zendesk_comments", "interaction_id, customer_id, event_type") == [
        ("1004", "u-kim", "ticket_answered"),
        ("1005", "u-kim", "ticket_commented"),
        ("1006", known_as("gus@example.com"), "ticket_commented"),
    ]


def test_ratings_that_were_given_count(business: TinyProject) -> None:
    """Good or bad, when it was said; not what was offered, or wasn't."""
    ratings = events(
        business,
        "stg_zendesk__ratings",
        "interaction_id, content_id, quantity, cast(event_date as varchar)",
    )
    assert ratings == [("501", "101", 1, "2026-06-13"), ("502", "101", 5, "2026-06-15")]
    # Two hours to the answer; of the two ratings of one ticket the later counts.
    columns = "tickets_opened, reopened_tickets, ratings, satisfied_ratings, open_tickets"
    assert figures(business, "support_metrics", "2026-06-22", columns) == (3, 1, 1, 1, 1)


@pytest.mark.slow
def test_what_is_written_in_place_restates_what_it_touches(
    business: TinyProject, tmp_path: Path
) -> None:
    """As if built anew; a status that is loaded late says another thing of the next one."""
    with business.connect() as warehouse:
        warehouse.execute("force checkpoint")
    project = TinyProject(business.folder, tmp_path)
    shutil.copy(business.warehouse, project.warehouse)
    with project.connect() as warehouse:
        warehouse.execute(NEWS)
    built = {}
    for how in ([], ["--full-refresh"]):
        outcome = project.dbt("run", "--select", *READ, *how)
        assert outcome.success, outcome.messages
        with project.connect() as warehouse:
            built[bool(how)] = contents(warehouse)
    assert not [table for table in built[True] if built[False][table] != built[True][table]]
    reopened = "cast(occurred_at as varchar), event_type = 'ticket_reopened'"
    when = [
        time for time, is_it in events(project, "int_zendesk_status_changes", reopened) if is_it
    ]
    assert when == ["2026-06-12 10:00:00"]
    refunds = events(project, "int_shopify_refunds", "interaction_id, customer_id")
    assert ("9002", known_as("cleo@example.com")) in refunds
