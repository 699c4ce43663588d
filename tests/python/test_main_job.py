"""The main job on tiny inputs, from raw rows to the marts."""

import json
from decimal import Decimal

from projects import ROOT, TinyProject

# The sample's build runs them; they say nothing of a project's data.
NO_UNIT_TESTS = ("--exclude-resource-type", "unit_test")
# Installed as a package, the project puts its marts where dbt's own rule says.
MARTS = "main_marts"
LATEST = f"as_of_date = (select max(as_of_date) from {MARTS}.customer_scores)"


def events(customer_id: str, event_type: str, count: int, on: str = "2026-06-30") -> list[dict]:
    """Some events of one customer and type on one date."""
    return [
        {
            "interaction_id": f"{customer_id}-{event_type}-{on}-{number}",
            "customer_id": customer_id,
            "event_type": event_type,
            "occurred_at": f"{on} 12:00:00",
        }
        for number in range(count)
    ]


def build(project: TinyProject) -> None:
    """Build the project and all its tests."""
    outcome = project.dbt("build", *NO_UNIT_TESTS)
    assert outcome.success, outcome.messages


def test_worked_examples_hold_to_the_last_digit(tiny: TinyProject) -> None:
    """30, 145 and 40, from raw rows to score, index and band."""
    tiny.write_events(
        events("thirty", "visit", 10)
        + events("thirty", "email_click", 5)
        + events("thirty", "purchase", 2)
        + events("team", "login", 30)
        + events("team", "team_member_added", 4)
        + events("team", "project_added", 5)
        + events("team", "upgrade", 1)
        # first second of the window, last second, and a second outside on both sides
        + [{**events("social", "social_connection", 1)[0], "occurred_at": "2026-06-01 00:00:00"}]
        + [
            {**event, "interaction_id": f"edge{number}", "occurred_at": at}
            for number, (event, at) in enumerate(
                (events("social", "social_connection", 1)[0], at)
                for at in ("2026-06-30 23:59:59", "2026-06-15 00:00:00", "2026-06-20 23:59:59")
            )
        ]
        + [{**events("social", "login", 1)[0], "occurred_at": "2026-05-31 23:59:59"}]
        + [
            {
                **events("social", "visit", 1)[0],
                "occurred_at": "2026-07-01 00:00:00",
                "loaded_at": "2026-07-01 05:00:00",
            }
        ]
    )
    build(tiny)
    rows = tiny.rows(
        "select customer_id, raw_score, engagement_index, engagement_score, band"
        f" from {MARTS}.customer_engagement where {LATEST} order by customer_id"
    )
    assert rows == [
        ("social", Decimal(40), Decimal(40), Decimal(40), "disengaged"),
        ("team", Decimal(145), Decimal(145), Decimal(100), "highly_active"),
        ("thirty", Decimal(30), Decimal(30), Decimal(30), "disengaged"),
    ]


def test_no_events_at_all(tiny: TinyProject) -> None:
    """Nothing comes out, and nothing breaks, the summary included."""
    tiny.write_customers([{"customer_id": "silent", "created_at": "2026-01-01"}])
    build(tiny)
    for mart in (
        "customer_scores",
        "customer_score_contributions",
        "customer_normalized_scores",
        "customer_segments",
        "engagement_ratios",
        "engagement_metrics",
        "customer_engagement",
    ):
        assert tiny.rows(f"select count(*) from {MARTS}.{mart}") == [(0,)]
    summary = tiny.dbt("run-operation", "customer_engagement.engagement_summary")
    assert summary.success and "never" in summary.printed


def test_a_given_date_scores_customers_without_events(tiny: TinyProject) -> None:
    """Known customers have a row, a score of 0 and a ratio whose denominator may be 0."""
    tiny.write_customers([{"customer_id": "silent", "created_at": "2026-01-01"}])
    given = tiny.dbt("build", *NO_UNIT_TESTS, "--vars", '{"as_of_date": "2026-06-30"}')
    assert given.success, given.messages
    assert tiny.rows(f"select raw_score, band from {MARTS}.customer_engagement where {LATEST}") == [
        (Decimal(0), "inactive")
    ]
    assert tiny.rows(
        "select distinct total_basis, active_customers, total_customers, active_ratio"
        f" from {MARTS}.engagement_ratios where {LATEST}"
    ) == [("known", 0, 1, Decimal(0))]


def test_one_customer_and_equal_scores_have_null_scales(tiny: TinyProject) -> None:
    """Where all scores are equal, only the percentile and the index have a value."""
    tiny.edit_seed("score_models", "fixed,100,", "percentile,,0.9")
    tiny.write_events(events("a", "visit", 3) + events("b", "visit", 3))
    build(tiny)
    scale = (Decimal(3), Decimal(3), Decimal(100), None, Decimal(0), None, None)
    columns = (
        "raw_score, benchmark, engagement_index, min_max_score, percentile_score, z_score,"
        " logistic_score"
    )
    query = f"select {columns} from {MARTS}.customer_normalized_scores where {LATEST}"
    assert tiny.rows(query) == [scale, scale]
    tiny.write_events(events("a", "visit", 3))
    build(tiny)
    assert tiny.rows(query) == [scale]


def test_all_zero_scores_have_no_benchmark(tiny: TinyProject) -> None:
    """No positive raw score: index null, band inactive."""
    tiny.edit_seed("score_models", "fixed,100,", "percentile,,0.9")
    tiny.edit_seed("event_weights", "everybody,visit,1", "everybody,visit,0")
    tiny.write_events(events("a", "visit", 3))
    build(tiny)
    assert tiny.rows(
        f"select benchmark, engagement_index, band from {MARTS}.customer_engagement where {LATEST}"
    ) == [(None, None, "inactive")]


def test_unknown_events_and_customers_are_kept_and_shown(tiny: TinyProject) -> None:
    """An event type without a weight scores 0 and is listed; a stranger is scored and marked."""
    tiny.write_customers([{"customer_id": "known", "created_at": "2026-01-01"}])
    tiny.write_events(events("stranger", "visit", 2) + events("known", "moonwalk", 7))
    outcome = tiny.dbt("build", *NO_UNIT_TESTS)
    assert outcome.success, outcome.messages
    assert outcome.statuses["event_types_have_a_weight"] == "warn"
    assert tiny.rows(
        f"select customer_id, raw_score, is_known, interactions from {MARTS}.customer_engagement"
        f" where {LATEST} order by customer_id"
    ) == [("known", Decimal(0), True, 7), ("stranger", Decimal(2), False, 2)]
    summary = tiny.dbt("run-operation", "customer_engagement.engagement_summary").printed
    assert "moonwalk" in summary and "not in event_types.csv" in summary


def test_every_planted_fault_of_the_sample_is_found(sample_tables) -> None:
    """What the sample's manifest says was planted is what the project finds, table by table."""
    tables = json.loads((ROOT / "sample_data" / "manifest.json").read_text())["tables"]
    sources = {
        "web_page_events": "stg_web__page_events",
        "product_events": "stg_product__events",
        "email_events": "stg_email__events",
        "social_interactions": "stg_social__interactions",
        "shop_orders": "stg_shop__orders",
        "shop_refunds": "stg_shop__refunds",
        "support_tickets": "stg_support__tickets",
        "support_csat_ratings": "stg_support__csat_ratings",
        "survey_responses": "stg_surveys__responses",
        "loyalty_ledger": "stg_loyalty__ledger",
    }
    rejected = sample_tables.sql(
        "select source, rejection_reason, count(*) from intermediate.int_rejected_interactions"
        " group by all"
    ).fetchall()
    found = {(source, reason): count for source, reason, count in rejected}
    counted = sample_tables.sql(
        "select source, sum(raw_count), sum(duplicate_count), sum(erased_count)"
        " from intermediate.int_interaction_counts group by all"
    ).fetchall()
    machines = dict(
        sample_tables.sql(
            "select source, count(*) from intermediate.int_interactions where is_machine group by 1"
        ).fetchall()
    )
    counts = {source: tuple(int(count) for count in rest) for source, *rest in counted}
    reasons = {
        "missing_id": "no_id",
        "missing_customer": "no_customer",
        "missing_event_type": "no_event_type",
        "unusable_time": "unusable_time",
        "impossible_time": "impossible_time",
        "future_time": "future_time",
        "negative_quantity": "negative_quantity",
    }
    for table, source in sources.items():
        faults = tables[table]["faults"]
        for fault, reason in reasons.items():
            assert found.get((source, reason), 0) == faults.get(fault, 0), (table, fault)
        excluded = faults.get("staff_rows", 0) + faults.get("test_customer_rows", 0)
        assert found.get((source, "excluded_customer"), 0) == excluded, table
        duplicates = faults["duplicate_rows"] + faults["duplicate_rows_same_load"]
        assert counts[source] == (tables[table]["rows"], duplicates, faults["erased_rows"]), table
        planted_machines = faults.get("bot_rows", 0) + faults.get("machine_opens", 0)
        assert machines.get(source, 0) == planted_machines, table
    # Status changes are clean, but some are of tickets whose customer is unknown or left out. When
    # a ticket was opened, its own row says.
    changes = ROOT / "sample_data" / "raw" / "support_ticket_status_changes.parquet"
    of_tickets = sample_tables.sql(
        f"select count(*) from '{changes}' where status <> 'open'"
    ).fetchone()
    assert counts["int_support_ticket_changes"][:2] == (*of_tickets, 0)
    refused = {reason for source, reason in found if source == "int_support_ticket_changes"}
    assert refused == {"no_customer", "excluded_customer"}
    anonymous = tables["web_page_events"]["faults"]
    assert found["stg_web__page_events", "never_identified"] == anonymous["never_identified_rows"]
    unknown = sum(table["faults"].get("unknown_event_type", 0) for table in tables.values())
    listed = sample_tables.sql(
        "select sum(interactions) from intermediate.int_unweighted_event_types"
    ).fetchone()
    assert listed == (unknown,)
