"""Actions of playbooks: the same id for the same occasion, whenever it is looked at."""

import pickle
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from projects import TinyProject

SUBSCRIPTIONS = """
select
    's1' as subscription_id, 'bob' as customer_id, 10 as mrr,
    cast('2026-01-01' as date) as started_on, cast(null as date) as ended_on,
    cast('2026-06-29' as date) as renewal_date
"""
SUBSCRIPTION_COLUMNS = {
    "subscription_id": "string",
    "customer_id": "string",
    "mrr": "integer",
    "started_on": "date",
    "ended_on": "date",
    "renewal_date": "date",
}
PLAYBOOKS = """\
playbook,band,trend,lifecycle_status,is_at_risk,renewal_horizon_days,action,channel,priority,\
cool_down_days,holdout_share,valid_from,valid_to
renewal,moderately_engaged,,,,3,Ask how it goes,phone,1,,0,,
middle,moderately_engaged,,,,,Send a tip,email,2,2,0,,
held_back,moderately_engaged,,,,,Send a tip,email,2,4,1,,
"""
ACTIONS = """
    select
        action_id, playbook, customer_id, occurred_on, expires_on, is_held_out, is_due,
        coalesce(renewal_date, begins_on) as occasion
    from main_marts.playbook_actions
    order by action_id
"""
FIRST_DAY = date(2026, 6, 25)
LAST_DAY = date(2026, 6, 30)
# In the middle from the start; from the 26th on; seen for the first time on the 28th.
UPGRADES = [("bob", 1), ("ann", 26), ("eve", 28)]


def write_upgrades(tiny: TinyProject, upgrades: list[tuple[str, int]]) -> None:
    """Write a visit of ann's and what lifts customers into the middle band."""
    events = [("ann", "visit", 20)] + [(who, "upgrade", day) for who, day in upgrades]
    tiny.write_events(
        {
            "interaction_id": f"{who} {what}",
            "customer_id": who,
            "event_type": what,
            "occurred_at": f"2026-06-{day:02} 12:00:00",
        }
        for who, what, day in events
    )


def with_subscriptions(tiny: TinyProject) -> None:
    """Give the tiny company a subscription that renews on 29 June, and playbooks."""
    tiny.add_subscriptions(SUBSCRIPTIONS, SUBSCRIPTION_COLUMNS)
    tiny.seed("playbooks").write_text(PLAYBOOKS)


def actions_on(
    tiny: TinyProject, manifest: bytes, day: date, warehouse: Path
) -> dict[str, tuple[Any, ...]]:
    """Build what the actions need as of a day.

    Args:
        tiny: the project.
        manifest: what dbt made of it, pickled.
        day: the as-of date.
        warehouse: its folder; an empty one means a full refresh.

    Returns:
        The rows of playbook_actions by id.
    """
    warehouse.mkdir(exist_ok=True)
    tiny.warehouse = warehouse / "warehouse.duckdb"
    outcome = tiny.dbt(
        *("build", "--select", "+playbook_results", "+playbook_queue"),
        *("--exclude-resource-type", "unit_test", "test", "--no-write-json"),
        *("--vars", f"as_of_date: '{day}'"),
        manifest=pickle.loads(manifest),
    )
    assert outcome.success, outcome.messages
    held_out = tiny.rows("select action_id from main_marts.playbook_actions where is_held_out")
    queued = tiny.rows("select action_id from main_marts.playbook_queue")
    rows = {row[0]: row[1:] for row in tiny.rows(ACTIONS)}
    assert sorted(held_out + queued) == [(action,) for action in sorted(rows)]
    return rows


def test_an_occasion_keeps_its_id_as_the_days_go_by(tiny: TinyProject, tmp_path: Path) -> None:
    """Day by day, with days missed, and withdrawn by a correction."""
    with_subscriptions(tiny)
    write_upgrades(tiny, UPGRADES)
    tiny.warehouse = tiny.scratch / "warehouse.duckdb"
    manifest = pickle.dumps(tiny.manifest())
    occasions: dict[tuple[Any, ...], str] = {}
    before: dict[str, tuple[Any, ...]] = {}
    seen = []
    for number in range((LAST_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=number)
        actions = actions_on(tiny, manifest, day, tmp_path / "daily")
        for action, row in actions.items():
            playbook, customer, occurred_on, *_, occasion = row
            assert occasions.setdefault((playbook, customer, occasion), action) == action
            if occurred_on == day:
                seen.append((playbook, customer, day.day))
        for action, (*same, _, _, _) in before.items():
            if same[3] >= day:
                assert actions[action][:4] == tuple(same[:4]), (day, action)
        before = actions
    assert len(set(occasions.values())) == len(occasions)
    assert sorted(seen) == [
        ("held_back", "ann", 26),
        ("held_back", "eve", 28),
        ("middle", "ann", 26),
        ("middle", "eve", 28),
        ("renewal", "bob", 26),
    ]
    actions_on(tiny, manifest, FIRST_DAY, tmp_path / "missed")
    assert actions_on(tiny, manifest, LAST_DAY, tmp_path / "missed") == before
    write_upgrades(tiny, UPGRADES[:2])
    withdrawn = actions_on(tiny, manifest, LAST_DAY, tmp_path / "daily")
    assert withdrawn == {action: row for action, row in before.items() if row[1] != "eve"}
