"""Why the index changed: random customers, each split by the definitions and summed exactly."""

import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from projects import TinyProject

LATEST = date(2026, 6, 30)
COMPARED = {
    "7 days before": date(2026, 6, 23),
    "30 days before": date(2026, 5, 31),
    "1 year before": date(2025, 6, 30),
}
# Everything changes between the dates: windows, decays, weights, caps, models and benchmarks.
SCORE_MODELS = """\
score_model,priority,attribute_name,attribute_value,window_days,decay,half_life_days,decay_days,\
minimum_events,minimum_tenure_days,benchmark_type,benchmark_value,benchmark_percentile,\
good_from_index,valid_from,valid_to
pros,1,plan,pro,10,linear,,8,1,0,fixed,30,,70,,2026-06-25
pros,1,plan,pro,14,exponential,3,,1,0,fixed,30,,70,2026-06-26,
frees,2,plan,free,9,exponential,4,,1,0,fixed,7,,70,,2026-06-25
everybody,3,,,30,none,,,1,0,percentile,,0.9,70,,
"""
EVENT_WEIGHTS = """\
score_model,event_type,weight,daily_cap,window_cap,valid_from,valid_to
pros,visit,1.2345,3,,,2026-06-26
pros,visit,2,2,9,2026-06-27,
pros,purchase,-0.5,,,,
pros,login,3,,4,,
frees,visit,0.3333,,,,
frees,purchase,5,1,2,,2026-06-24
frees,login,1,,,,
everybody,visit,1,2,,,2026-06-20
everybody,visit,1.5,,7,2026-06-21,
everybody,purchase,7,,,,
everybody,upgrade,20,,,,
"""
CALIBRATIONS = """\
score_model,benchmark_value,reason,valid_from,valid_to
pros,33,first,,2026-06-24
pros,17,second,2026-06-25,
"""
SETTINGS = {
    ("pros", False): (10, "linear", 8),
    ("pros", True): (14, "exponential", 3),
    ("frees", False): (9, "exponential", 4),
    ("everybody", False): (30, "none", 1),
    ("everybody", True): (30, "none", 1),
}
PARTS = ["new_activity", "left_window", "decay", "caps", "weights", "score_model", "benchmark"]
# The edges of all windows, and the days beside them.
DAYS_AGO = [0, 1, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 29, 30, 31, 36, 37, 38, 39, 40, 59, 60]
DAYS_AGO += [365, 366, 374, 375, 394, 395]
Days = dict[tuple[str, int], int]


def weight_of(model: str, event_type: str, on: date) -> tuple[float, float, float]:
    """Weight, daily and window cap in force."""
    for line in EVENT_WEIGHTS.splitlines()[1:]:
        name, what, weight, daily, window, start, end = line.split(",")
        if (name, what) == (model, event_type) and (start or "0") <= str(on) <= (end or "9"):
            return float(weight), float(daily or "inf"), float(window or "inf")
    return 0, float("inf"), float("inf")


def share(decay: str, days: int, age: int) -> float:
    """What is left of an event's worth."""
    if decay == "none":
        return 1
    left = max(0, 1 - age / days) if decay == "linear" else 2 ** (-age / days)
    return round(left, 8)


def split(counts: dict[int, int], event_type: str, earlier: str, later: str, before: date):
    """The parts of one event type in points, and its points on both dates, by the definitions.

    Args:
        counts: events by days before the latest date.
        event_type: what they are.
        earlier: the score model on the earlier date.
        later: that on the latest.
        before: the earlier date.
    """
    gap = (LATEST - before).days
    window, decay, days = SETTINGS[earlier, False]
    old = {ago: n for ago, n in counts.items() if gap <= ago < gap + window}
    new = {ago: n for ago, n in counts.items() if ago < window}
    weight, daily, most = weight_of(earlier, event_type, before)

    def aged(ago: int, since: int) -> float:
        return share(decay, days, ago - since)

    def points(events: dict[int, int], since: int, worth: tuple[float, float, float]) -> float:
        weight, daily, most = worth
        return weight * min(
            most, sum(min(n, daily) * aged(ago, since) for ago, n in events.items())
        )

    def uncapped(events: dict[int, int], since: int) -> float:
        return points(events, since, (weight, float("inf"), float("inf")))

    points_before = points(old, gap, (weight, daily, most))
    at_old_weights = points(new, 0, (weight, daily, most))
    # A score model that has ended has no later weights.
    has_ended = (earlier, True) not in SETTINGS
    later_weights = weight_of(earlier, event_type, before if has_ended else LATEST)
    at_new_weights = points(new, 0, later_weights)
    window, decay, days = SETTINGS[later, True]
    actual = {ago: n for ago, n in counts.items() if ago < window}
    points_after = points(actual, 0, weight_of(later, event_type, LATEST))
    window, decay, days = SETTINGS[earlier, False]
    decayed = sum(n * (aged(ago, 0) - aged(ago, gap)) for ago, n in new.items() if ago in old)
    decayed += sum(n * (aged(ago, 0) - 1) for ago, n in new.items() if ago not in old)
    return (
        [
            weight * sum(n for ago, n in new.items() if ago not in old),
            -weight * sum(n * aged(ago, gap) for ago, n in old.items() if ago not in new),
            weight * decayed,
            (at_old_weights - uncapped(new, 0)) - (points_before - uncapped(old, gap)),
            at_new_weights - at_old_weights,
            points_after - at_new_weights,
        ],
        points_before,
        points_after,
        (sum(old.values()), sum(new.values())),
    )


def people(chance: Random) -> list[tuple[str | None, Days]]:
    """Draw customers: a plan, and how many events of which type so many days ago."""
    types = ["visit", "visit", "purchase", "login", "upgrade"]
    return [
        (
            chance.choice(["pro", "free", None]),
            {
                (chance.choice(types), chance.choice(DAYS_AGO)): chance.choice([1, 1, 2, 3, 5])
                for _ in range(chance.randint(0, 12))
            },
        )
        for _ in range(200)
    ]


def write(tiny: TinyProject, drawn: list[tuple[str | None, Days]]) -> None:
    """Write the events, customers and settings; customers are numbered as they were drawn."""
    tiny.write_events(
        {
            "customer_id": f"c{number}",
            "event_type": event_type,
            "occurred_at": f"{LATEST - timedelta(days=ago)} 12:00:00",
        }
        for number, (_, days) in enumerate(drawn)
        for (event_type, ago), times in days.items()
        for _ in range(times)
    )
    tiny.write_customers(
        {"customer_id": f"c{number}", "plan": plan, "created_at": "2025-01-01"}
        for number, (plan, _) in enumerate(drawn)
    )
    tiny.seed("score_models").write_text(SCORE_MODELS)
    tiny.seed("event_weights").write_text(EVENT_WEIGHTS)
    tiny.seed("score_calibrations").write_text(CALIBRATIONS)


def build(tiny: TinyProject, *arguments: str) -> list[dict[str, Any]]:
    """Build the changes and run their tests.

    Args:
        tiny: the project.
        arguments: more of the command line.

    Returns:
        The changes, in order.
    """
    variables = json.dumps({"as_of_date": str(LATEST)})
    built = tiny.dbt(
        *("build", "--select", "+customer_score_changes", "--vars", variables),
        *("--exclude-resource-type", "unit_test", "--indirect-selection", "cautious"),
        *arguments,
    )
    assert built.success, built.messages
    with tiny.connect() as connection:
        changes = connection.sql("from main_marts.customer_score_changes order by all")
        return [dict(zip(changes.columns, row, strict=True)) for row in changes.fetchall()]


def check(changes: list[dict[str, Any]], drawn, indices: dict, benchmarks: dict) -> Counter:
    """Hold all rows against the definitions, and their sums against the stored indices.

    Returns:
        How often each part wasn't 0, that a test may see that all were met.
    """
    stored = {(row["customer_id"], row["comparison"], row["event_type"]): row for row in changes}
    met: Counter = Counter()
    for number, (plan, days) in enumerate(drawn):
        who = f"c{number}"
        earlier, later = {"pro": ("pros", "pros"), "free": ("frees", "everybody")}.get(
            plan, ("everybody", "everybody")
        )
        for comparison, before in COMPARED.items():
            total = Decimal(0)
            if indices.get((who, before)) is None or indices.get((who, LATEST)) is None:
                assert not [key for key in stored if key[:2] == (who, comparison)]
                continue
            benchmark_before, benchmark_after = benchmarks[who, before], benchmarks[who, LATEST]
            for event_type in {"visit", "purchase", "login", "upgrade"}:
                counts = {ago: n for (what, ago), n in days.items() if what == event_type}
                points, points_before, points_after, events = split(
                    counts, event_type, earlier, later, before
                )
                parts = [100 * part / benchmark_before for part in points]
                parts += [100 * points_after * (1 / benchmark_after - 1 / benchmark_before)]
                row = stored.get((who, comparison, event_type))
                if row is None:
                    assert all(abs(part) < 2e-5 for part in parts), (who, comparison, parts)
                    continue
                for name, part in zip(PARTS, parts, strict=True):
                    found = float(row[f"{name}_change"])
                    assert abs(found - part) < 5e-5, (who, comparison, event_type, name, part)
                    met[name] += abs(found) > 1e-3
                assert abs(float(row["points_before"]) - points_before) < 2e-6
                assert abs(float(row["points_after"]) - points_after) < 2e-6
                assert (row["events_before"], row["events_after"]) == events
                assert row["last_event_on"] == LATEST - timedelta(days=min(counts))
                exact = sum(row[f"{name}_change"] for name in PARTS)
                assert row["index_change"] == exact
                total += exact
            assert total == indices[who, LATEST] - indices[who, before], (who, comparison)
    return met


def test_the_parts_are_those_of_the_definitions_and_sum_exactly(tiny: TinyProject) -> None:
    """Each of 200 random customers is a case, all in one build."""
    drawn = people(Random(0))
    write(tiny, drawn)
    rows = build(tiny)
    scores = tiny.rows(
        "select customer_id, as_of_date, engagement_index, benchmark"
        " from main_intermediate.int_comparison_indices"
    )
    indices = {(who, on): index for who, on, index, _ in scores}
    benchmarks = {(who, on): float(value) for who, on, _, value in scores if value}
    met = check(rows, drawn, indices, benchmarks)
    assert all(met[part] > 5 for part in PARTS), met
    assert {row["comparison"] for row in rows} == set(COMPARED)


@pytest.mark.slow
def test_settings_of_the_earlier_date_and_labels_restate_the_changes(tiny: TinyProject) -> None:
    """An edit that leaves the latest scores alone is found, and gives what a full refresh gives."""
    write(tiny, people(Random(1))[:40])
    before = build(tiny)
    for name, old, new in [
        ("score_calibrations", "pros,33", "pros,36"),
        ("event_weights", "pros,visit,1.2345", "pros,visit,1.5"),
        ("event_types", "visit,Visit", "visit,Call"),
    ]:
        tiny.edit_seed(name, old, new)
        grown = build(tiny)
        assert grown != before, name
        before = grown
    assert before == build(tiny, "--full-refresh")
    assert any(row["reason"].startswith("Call: ") for row in before)
