"""Stable bands and the causes of their changes, against the words of METRICS in plain Python."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from projects import TinyProject

LAST = date(2026, 6, 30)
CHANGED = date(2026, 6, 16)
LOOKBACK, TENURE, KEPT, DAYS = 6, 2, 30, 50
# Name, upper edge and dwell of each band, lowest first; the edges that change, change on CHANGED.
NAMES = ["inactive", "disengaged", "moderately_engaged", "engaged", "highly_active"]
EDGES = {False: [0, 40, 70, 100], True: [0, 40, 66, 100]}
DWELLS = {False: [2, 5, 4, 4, 5], True: [2, 5, 3, 4, 5]}
MARGIN = 8
# What an event of a type makes the index of its day; a window of one day holds one event.
LEVELS = {
    "visit": 12,
    "email_click": 32,
    "purchase": 33,
    "login": 40,
    "team_member_added": 41,
    "project_added": 48,
    "upgrade": 62,
    "social_connection": 67,
    "mail_sent": 70,
    "mail_opened": 75,
    "liked": 78,
    "used": 92,
    "returned": 101,
    "asked": 108,
}
LATER_LEVELS = LEVELS | {"used": 57, "visit": 52}
# Those that no margin confirms.
EDGY = ["purchase", "login", "social_connection", "team_member_added", "mail_opened", "mail_sent"]


@dataclass
class Customer:
    """A customer's events: the type and the load date of each day's, if any."""

    created_on: date
    events: dict[date, tuple[str, date]] = field(default_factory=dict)


def band_of(index: float, on: date) -> tuple[int, bool]:
    """The band of an index, and whether the index lies in it by the margin."""
    edges = EDGES[on >= CHANGED]
    rank = sum(index > edge for edge in edges)
    below = edges[rank - 1] if rank > 0 else 0
    above = edges[rank] if rank < len(edges) else 0
    inside = (below == 0 or index >= below + MARGIN) and (above == 0 or index <= above - MARGIN)
    return rank + 1, inside


def draw_customers(random: Random) -> dict[str, Customer]:
    """Histories that linger, wander and jump around the edges; one event in ten comes late."""
    customers = {}
    for number in range(120):
        created_on = LAST - timedelta(random.choice([DAYS + 20, DAYS + 20, 20, 9]))
        customer = customers[f"c{number}"] = Customer(created_on)
        kinds = EDGY if number % 4 == 0 else [None, *LEVELS]
        place, restlessness = random.randrange(len(kinds)), random.choice([0.1, 0.4, 0.8, 1])
        for days in range(DAYS, -1, -1):
            on = LAST - timedelta(days)
            if random.random() < restlessness:
                place = min(max(place + random.choice([-5, -2, -1, 1, 2, 5]), 0), len(kinds) - 1)
            kind = kinds[place]
            if kind and on >= created_on:
                late = random.choice([2, 3, 12]) if random.random() < 0.1 else 1
                customer.events[on] = (kind, min(on + timedelta(late), LAST + timedelta(1)))
    return customers


class Reference:
    """What METRICS says, one date and customer at a time."""

    def __init__(self, customers: dict[str, Customer]) -> None:
        """Remember the company, and when each day's rows were all there."""
        self.customers = customers
        self.complete: dict[date, date] = {}
        for customer in customers.values():
            for on, (_, loaded_on) in customer.events.items():
                self.complete[on] = max(loaded_on, self.complete.get(on, loaded_on))

    def naive(
        self, who: str, on: date, settings_of: date | None = None, loaded_by: date | None = None
    ) -> tuple[int, bool, int] | None:
        """Rank, whether inside, and dwell; 0 is unscored, and none is before the first sight."""
        customer, settings_of = self.customers[who], settings_of or on
        if on < customer.created_on:
            return None
        if (on - customer.created_on).days < TENURE:
            return 0, True, 10**6
        kind, loaded_on = customer.events.get(on, (None, None))
        if loaded_by and loaded_on and loaded_on > loaded_by:
            kind = None
        levels = LATER_LEVELS if settings_of >= CHANGED else LEVELS
        rank, inside = band_of(levels[kind] if kind else 0, settings_of)
        return rank, inside, DWELLS[settings_of >= CHANGED][rank - 1]

    def is_confirmed(self, naive: Callable[[date], Any], on: date) -> bool:
        """By the margin, or by as many days in the band as it asks for."""
        rank, inside, dwell = naive(on)
        days = [naive(on - timedelta(back)) for back in range(dwell if dwell < DAYS else 0)]
        return inside or bool(days) and all(day and day[0] == rank for day in days)

    def stable(self, naive: Callable[[date], Any], on: date) -> tuple[int | None, date | None]:
        """The last confirmed band of the look-back, and its date; else the band itself."""
        if naive(on) is None:
            return None, None
        for back in range(LOOKBACK):
            day = on - timedelta(back)
            if naive(day) and self.is_confirmed(naive, day):
                return naive(day)[0], day
        return naive(on)[0], None

    def cause(self, who: str, on: date, from_rank: int, confirmed_on: date | None) -> str:
        """Whether the band would be the old one by its own settings, or without late rows."""

        def told_otherwise(**otherwise: Any) -> bool:
            def naive(day: date) -> Any:
                return self.naive(who, day, **(otherwise if day == on else {}))

            return self.stable(naive, on)[0] == from_rank

        reported_on = on + timedelta(1)
        earlier = confirmed_on or on - timedelta(1)
        if earlier < CHANGED <= on and told_otherwise(settings_of=earlier):
            return "settings"
        is_running = any(day <= on and done <= reported_on for day, done in self.complete.items())
        if is_running and told_otherwise(loaded_by=reported_on):
            return "late_data"
        return "behaviour"


def write_settings(tiny: TinyProject) -> None:
    """A window of a day, short look-backs and dwells, and settings that change on CHANGED."""
    old, new = CHANGED - timedelta(1), CHANGED
    bands = ["band,band_rank,lower_bound,upper_bound,margin,dwell_days,color,valid_from,valid_to"]
    for is_new, validity in [(False, f",{old}"), (True, f"{new},")]:
        edges = ["", *EDGES[is_new], ""]
        for place, name in enumerate(NAMES):
            edge = f"{edges[place]},{edges[place + 1]},{MARGIN}"
            dwell = DWELLS[is_new][place]
            bands.append(f"{name},{place + 1},{edge},{dwell},#8C8C8C,{validity}")
    tiny.seed("score_bands").write_text("\n".join(bands) + "\n")
    weights = ["score_model,event_type,weight,daily_cap,window_cap,valid_from,valid_to"]
    for kind, level in LEVELS.items():
        weights.append(f"everybody,{kind},{level},,,,{old}")
        weights.append(f"everybody,{kind},{LATER_LEVELS[kind]},,,{new},")
    tiny.seed("event_weights").write_text("\n".join(weights) + "\n")
    tiny.edit_seed("score_models", ",30,none,,,0,0,fixed", f",1,none,,,0,{TENURE},fixed")
    tiny.edit_seed("metric_settings", "_lookback_days,28", f"_lookback_days,{LOOKBACK}")


@pytest.fixture(scope="module")
def company(shared_tiny: TinyProject) -> tuple[TinyProject, Reference]:
    """Random customers, built once."""
    write_settings(shared_tiny)
    customers = draw_customers(Random(20260630))
    shared_tiny.write_customers(
        {"customer_id": who, "created_at": f"{customer.created_on} 00:00:00"}
        for who, customer in customers.items()
    )
    shared_tiny.write_events(
        {
            "customer_id": who,
            "event_type": kind,
            "occurred_at": f"{on} 12:00:00",
            "loaded_at": f"{loaded_on} 23:59:59",
        }
        for who, customer in customers.items()
        for on, (kind, loaded_on) in customer.events.items()
    )
    variables = f"{{history_periods: {KEPT}, as_of_date: '{LAST}'}}"
    what = ["--select", "+segment_transitions", "--exclude-resource-type", "unit_test", "test"]
    built = shared_tiny.dbt("build", *what, "--vars", variables)
    assert built.success, built.messages
    return shared_tiny, Reference(customers)


def kept_bands(reference: Reference) -> Iterator[tuple[str, date, int, int, int | None, Any]]:
    """Who has which bands on each kept date.

    Returns:
        Customer, date, naive rank, stable rank, that of the day before, and when it was confirmed.
    """
    for who in reference.customers:

        def naive(day: date, who: str = who) -> Any:
            return reference.naive(who, day)

        for back in range(KEPT):
            on = LAST - timedelta(back)
            rank, _ = reference.stable(naive, on)
            before, confirmed_on = reference.stable(naive, on - timedelta(1))
            if rank is not None:
                yield who, on, naive(on)[0], rank, before, confirmed_on


def test_stable_bands_are_what_metrics_says(company: tuple[TinyProject, Reference]) -> None:
    """On each kept date, for each customer; and when the band that was left was confirmed."""
    tiny, reference = company
    found = tiny.rows(
        "select customer_id, as_of_date, band, stable_band, previous_stable_band,"
        " previous_confirmed_on from main_marts.customer_segments"
    )
    names = ["unscored", *NAMES]
    expected = set()
    for who, on, naive_rank, rank, before, confirmed_on in kept_bands(reference):
        left_on = confirmed_on if before is not None and before != rank else None
        previous = None if before is None else names[before]
        expected.add((who, on, names[naive_rank], names[rank], previous, left_on))
    assert len(found) == len(expected)
    assert set(found) == expected
    changes = [row for row in expected if row[4] and row[3] != row[4]]
    assert {row[3] for row in expected} == set(names)
    # Histories in which hysteresis does something, and forgets something.
    assert sum(row[2] != row[3] for row in expected) > 200
    assert sum(row[5] is None for row in changes) > 10


def test_each_transition_has_its_cause(company: tuple[TinyProject, Reference]) -> None:
    """Settings, late data and behaviour, as recomputed from the events."""
    tiny, reference = company
    found = tiny.rows(
        "select customer_id, as_of_date, from_rank, to_rank, cause"
        " from main_marts.segment_transitions"
    )
    expected = {
        (who, on, before, rank, reference.cause(who, on, before, confirmed_on))
        for who, on, _, rank, before, confirmed_on in kept_bands(reference)
        if before is not None and rank != before
    }
    assert set(found) == expected
    causes = [row[4] for row in found]
    assert min(causes.count(cause) for cause in ("settings", "late_data", "behaviour")) > 3


def test_the_causes_of_a_small_company(tiny: TinyProject) -> None:
    """A weight that is lowered, upgrades that come late, and the same that come in time.

    By the lower weight, kit's band is left by less than the margin, and confirmed three days later.
    """
    weights = "everybody,visit,5,,,,2026-06-25\neverybody,visit,2,,,2026-06-26,"
    tiny.edit_seed("event_weights", "everybody,visit,1,,,,", weights)
    bands = tiny.seed("score_bands")
    bands.write_text(bands.read_text().replace(",8,7,", ",8,3,"))

    def events(who: str, kind: str, days: list[int], late: int = 1) -> list[dict[str, Any]]:
        return [
            {
                "customer_id": who,
                "event_type": kind,
                "occurred_at": f"2026-06-{day:02} 12:00:00",
                "loaded_at": f"{date(2026, 6, day) + timedelta(late)} 05:00:00",
            }
            for day in days
        ]

    tiny.write_events(
        [
            *events("ann", "visit", list(range(5, 17))),
            *events("kit", "visit", [*range(5, 13), *range(5, 14)]),
            *(row for who in ("bob", "eve") for row in events(who, "purchase", list(range(5, 15)))),
            *events("bob", "upgrade", [29, 29], late=2),
            *events("eve", "upgrade", [29, 29]),
            *events("zoe", "liked", list(range(5, 31))),
        ]
    )
    what = ("--select", "+segment_transitions", "--exclude-resource-type", "unit_test", "test")
    built = tiny.dbt("build", *what)
    assert built.success, built.messages
    found = tiny.rows(
        "select customer_id, as_of_date, direction, top_reason, cause"
        " from main_marts.segment_transitions order by customer_id, as_of_date"
    )
    lowered, bought = date(2026, 6, 26), date(2026, 6, 29)
    assert found == [
        ("ann", lowered, "down", "web -36.0 points since 2026-06-25", "settings"),
        ("bob", bought, "up", "product +100.0 points since 2026-06-28", "late_data"),
        ("eve", bought, "up", "product +100.0 points since 2026-06-28", "behaviour"),
        ("kit", date(2026, 6, 28), "down", "web -51.0 points since 2026-06-25", "settings"),
    ]
