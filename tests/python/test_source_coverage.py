"""A source that stops: who depends on it is flagged, nobody else, until it comes back."""

import json
from pathlib import Path
from typing import Any

import pytest
from company import Company, step, visit
from projects import TinyProject
from test_incremental import check_same

ONLY_PROS_BUY = {"event_weights": ("everybody,purchase,5", "everybody,purchase,0")}
SETTINGS = {
    "as_of_day": 14,
    "customers": {"ann": ("free", 1), "bob": ("pro", 1)},
    "edited_seeds": ONLY_PROS_BUY,
}


@pytest.fixture
def with_shop(tiny: TinyProject) -> TinyProject:
    """The tiny project with a second source, a shop."""
    models = tiny.folder / "models"
    (models / "tiny_orders.sql").write_text(
        "select * from read_parquet('{{ env_var(\"TINY_DATA\") }}/orders.parquet')"
    )
    yml = (models / "tiny_events.yml").read_text()
    (models / "tiny_orders.yml").write_text(yml.replace("tiny_events", "tiny_orders"))
    project = tiny.folder / "dbt_project.yml"
    project.write_text(project.read_text().replace("[tiny_events]", "[tiny_events, tiny_orders]"))
    return tiny


def order(day: int, loaded_on: int) -> dict[str, Any]:
    """An order of bob's on a day of June."""
    loaded_at = f"2026-06-{loaded_on:02} 05:00:00"
    return {**visit(f"o{day}", "bob", day), "event_type": "purchase", "loaded_at": loaded_at}


def flagged(tiny: TinyProject) -> set[tuple[str, int]]:
    """Who is flagged on which day of June, the same in every mart that shows a status."""
    found = [
        {
            (customer, day.day)
            for customer, day in tiny.rows(
                f"select customer_id, as_of_date from main_marts.{mart}"
                " where score_status = 'stale_source'"
            )
        }
        for mart in ("customer_scores", "customer_normalized_scores")
    ]
    assert found[0] == found[1]
    others = tiny.rows(
        "select count(*) from main_marts.customer_normalized_scores"
        " where score_status not in ('scored', 'stale_source') or engagement_index is null"
    )
    assert others == [(0,)]
    return found[0]


def test_a_source_that_stops_flags_the_scores_that_depend_on_it(
    with_shop: TinyProject, tmp_path: Path
) -> None:
    """Eight days after its last event, until a late one comes; all as built from nothing."""
    company = Company(with_shop)
    orders = [order(day, loaded_on=7) for day in (2, 6)]
    company.take(
        step(
            *(visit(f"{who}{day}", who, day) for who in ("ann", "bob") for day in range(2, 15)),
            **SETTINGS,
        )
    )
    parsed = company.parsed()

    def run() -> dict[str, list[tuple]]:
        with_shop.write_events(orders, "orders")
        return company.run(tmp_path / "grown", parsed)

    # On the 13th the last order is seven days old.
    run()
    assert flagged(with_shop) == {("bob", 14)}
    summary = with_shop.dbt(
        *("run-operation", "customer_engagement.engagement_summary", "--vars", company.variables)
    ).printed
    stale = [line.split() for line in summary.splitlines() if "tiny_orders" in line]
    assert stale == [["tiny_orders", "2026-06-06", "8", "pros"]]

    orders.append(order(9, loaded_on=15))
    run()
    assert flagged(with_shop) == set()

    company.variables = json.dumps(json.loads(company.variables) | {"stale_after_days": 3})
    grown = run()
    assert flagged(with_shop) == {("bob", 13), ("bob", 14)}
    coverage = with_shop.rows(
        "select score_model, source_count, data_coverage, stale_sources"
        " from main_intermediate.int_score_coverage where as_of_date = '2026-06-14'"
        " order by score_model"
    )
    assert coverage == [("everybody", 1, 1, None), ("pros", 2, 0.5, "tiny_orders")]
    volumes = with_shop.rows(
        "select source, source_interactions, baseline_interactions, days_behind, is_stale"
        " from main_marts.source_coverage where as_of_date = '2026-06-14' order by source"
    )
    assert volumes == [("tiny_events", 2, None, 0, False), ("tiny_orders", 0, None, 5, True)]
    check_same(grown, company.run(tmp_path / "refreshed", parsed), "a stricter limit")
