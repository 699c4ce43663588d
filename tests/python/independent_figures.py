"""Engagement figures in plain Python, from counted event days and the seeds' rows.

Written from the metric contract and apart from the project's SQL, to compare the two.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

SHARE = Decimal("1e-8")
POINT = Decimal("1e-6")


def rounded(number: Decimal, unit: Decimal) -> Decimal:
    """Round half away from zero."""
    return number.quantize(unit, rounding=ROUND_HALF_UP)


def percentile_cont(numbers: Iterable[Decimal], share: Decimal) -> Decimal | None:
    """Interpolate between the two numbers around the place `share x (n - 1)`."""
    ranked = sorted(numbers)
    if not ranked:
        return None
    place = share * (len(ranked) - 1)
    below = int(place)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (ranked[above] - ranked[below]) * (place - below)


class Settings:
    """The seeds of one project that has a single score model."""

    def __init__(self, folder: Path):
        """Read the CSV files of a folder."""
        self._rows = {file.stem: _read_seed(file) for file in folder.glob("*.csv")}
        self.event_types = {row["event_type"]: row for row in self._rows["event_types"]}
        self.active_types = {
            name for name, row in self.event_types.items() if row["is_active"] == "true"
        }
        [self.model] = self._rows["score_models"]
        self.window_days = int(self.model["window_days"])
        self.decay_factors = [self._decay_factor(age) for age in range(self.window_days)]

    def in_force(self, seed: str, on: date) -> list[dict]:
        """Return the rows of a seed that are valid on a date."""
        return [
            row
            for row in self._rows[seed]
            if (row["valid_from"] or "0001-01-01")
            <= on.isoformat()
            <= (row["valid_to"] or "9999-12-31")
        ]

    def weights(self, on: date) -> dict[str, dict]:
        """Return the weights in force, by event type."""
        return {row["event_type"]: row for row in self.in_force("event_weights", on)}

    def _decay_factor(self, age_days: int) -> Decimal:
        factor = Decimal(1)
        if self.model["decay"] == "exponential":
            factor = Decimal(2) ** (Decimal(-age_days) / int(self.model["half_life_days"]))
        elif self.model["decay"] == "linear":
            factor = max(Decimal(0), 1 - Decimal(age_days) / int(self.model["decay_days"]))
        return rounded(factor, SHARE)

    def band(self, index: Decimal, on: date) -> str:
        """Return the band whose open lower and closed upper bound hold an index."""
        [band] = [
            row["band"]
            for row in self.in_force("score_bands", on)
            if (row["lower_bound"] == "" or index > Decimal(row["lower_bound"]))
            and (row["upper_bound"] == "" or index <= Decimal(row["upper_bound"]))
        ]
        return band


@dataclass(frozen=True)
class Contribution:
    """What one event type adds to a customer's score."""

    event_count: int
    counted: Decimal
    points: Decimal
    cap_adjustment: Decimal


@dataclass(frozen=True)
class Score:
    """A customer's score on a date."""

    raw_score: Decimal
    previous_raw_score: Decimal
    score_variance: Decimal
    score_status: str


class Figures:
    """The figures of a business, from its daily event counts."""

    def __init__(
        self, settings: Settings, event_days: Iterable[tuple[str, str, date, int]], known: set[str]
    ):
        """Take settings, (customer, event type, date, count) rows and the known customers.

        Known customers have no creation date here: they are known from their first event on.
        """
        self._settings = settings
        self._known = known
        self._days: dict[str, list[tuple[date, str, int]]] = defaultdict(list)
        self._active_customers: dict[date, set[str]] = defaultdict(set)
        for customer, event_type, day, count in event_days:
            self._days[customer].append((day, event_type, count))
            if event_type in settings.active_types:
                self._active_customers[day].add(customer)
        for days in self._days.values():
            days.sort()

    def population(self, on: date, basis: str = "ever_active") -> set[str]:
        """Return the customers with an event up to a date, or those of them who are known."""
        ever_active = {customer for customer, days in self._days.items() if days[0][0] <= on}
        return ever_active & self._known if basis == "known" else ever_active

    def contributions(self, customer: str, window_end: date, on: date) -> dict[str, Contribution]:
        """Break down the score of the window that ends on a date, by the weights of another."""
        days = self._days[customer]
        first = window_end - timedelta(days=self._settings.window_days - 1)
        counts: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for day, event_type, count in days[
            bisect_left(days, (first,)) : bisect_left(days, (window_end + timedelta(days=1),))
        ]:
            counts[event_type].append((count, (window_end - day).days))
        weights = self._settings.weights(on)
        return {
            event_type: self._contribution(of_type, weights[event_type])
            for event_type, of_type in counts.items()
        }

    def _contribution(self, counts: list[tuple[int, int]], weight: dict) -> Contribution:
        daily_cap = int(weight["daily_cap"]) if weight["daily_cap"] else None
        uncapped = counted = Decimal(0)
        for count, age_days in counts:
            factor = self._settings.decay_factors[age_days]
            uncapped += count * factor
            counted += (count if daily_cap is None else min(count, daily_cap)) * factor
        if weight["window_cap"]:
            counted = min(counted, Decimal(weight["window_cap"]))
        worth = Decimal(weight["weight"])
        points = rounded(worth * counted, POINT)
        return Contribution(
            event_count=sum(count for count, _ in counts),
            counted=counted,
            points=points,
            cap_adjustment=points - rounded(worth * uncapped, POINT),
        )

    def score(self, customer: str, on: date) -> Score:
        """Score a customer on a date: this window and the one before it."""
        before = on - timedelta(days=self._settings.window_days)
        current = self.contributions(customer, on, on)
        previous = self.contributions(customer, before, on)
        weights = self._settings.weights(on)
        return Score(
            raw_score=sum((part.points for part in current.values()), Decimal(0)),
            previous_raw_score=sum((part.points for part in previous.values()), Decimal(0)),
            score_variance=sum(
                (
                    self._variance(weights[event_type], current, previous, event_type)
                    for event_type in current.keys() | previous.keys()
                ),
                Decimal(0),
            ),
            score_status=self._score_status(customer, on),
        )

    @staticmethod
    def _variance(weight: dict, current: dict, previous: dict, event_type: str) -> Decimal:
        counted = sum(
            part[event_type].counted for part in (current, previous) if event_type in part
        )
        return rounded(Decimal(weight["weight"]) ** 2 * counted, POINT)

    def _score_status(self, customer: str, on: date) -> str:
        model = self._settings.model
        days = self._days[customer]
        if (on - days[0][0]).days < int(model["minimum_tenure_days"]):
            return "new_customer"
        lifetime = sum(count for day, _, count in days if day <= on)
        return "insufficient_data" if lifetime < int(model["minimum_events"]) else "scored"

    def scores(self, on: date) -> dict[str, Score]:
        """Score everyone of a date."""
        return {customer: self.score(customer, on) for customer in self.population(on)}

    def benchmark(self, scores: dict[str, Score], on: date) -> Decimal | None:
        """Return the raw score that is worth an index of 100."""
        frozen = self._settings.in_force("score_calibrations", on)
        if frozen:
            return Decimal(frozen[0]["benchmark_value"])
        assert self._settings.model["benchmark_type"] == "percentile"
        found = percentile_cont(
            (
                score.raw_score
                for score in scores.values()
                if score.score_status == "scored" and score.raw_score > 0
            ),
            Decimal(self._settings.model["benchmark_percentile"]),
        )
        return None if found is None else rounded(found, POINT)

    def indexes(self, scores: dict[str, Score], on: date) -> dict[str, Decimal | None]:
        """Return everyone's engagement index; null for those without a score."""
        benchmark = self.benchmark(scores, on)
        return {
            customer: rounded(100 * score.raw_score / benchmark, POINT)
            if score.score_status == "scored"
            else None
            for customer, score in scores.items()
        }

    def bands(self, indexes: dict[str, Decimal | None], on: date) -> dict[str, str]:
        """Return everyone's band."""
        return {
            customer: "unscored" if index is None else self._settings.band(index, on)
            for customer, index in indexes.items()
        }

    def active_customers(self, on: date, window_days: int, basis: str) -> int:
        """Count the customers with an active event in the window that ends on a date."""
        active = set().union(
            *(
                self._active_customers.get(on - timedelta(days=back), set())
                for back in range(window_days)
            )
        )
        return len(active & self.population(on, basis))

    def mean_daily_active(self, on: date, basis: str) -> Decimal:
        """Return the mean number of daily active customers over the last 30 days."""
        daily = (self.active_customers(on - timedelta(days=back), 1, basis) for back in range(30))
        return Decimal(sum(daily)) / 30


def _read_seed(file: Path) -> list[dict]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
