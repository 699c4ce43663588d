"""Chance and time: named random streams, the calendar of the sample, the rhythms of a year."""

import math
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

SEED = 20260701
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST_DAY, LAST_DAY = date(2025, 5, 27), date(2026, 6, 30)  # of the events
LAST_LOAD = datetime(2026, 7, 1, 6)
DAYS = [FIRST_DAY + n * DAY for n in range((LAST_DAY - FIRST_DAY).days + 1)]
MONTH_STARTS = [day for day in DAYS if day.day == 1]
MONDAYS = sorted({day - day.weekday() * DAY for day in DAYS})
MIN_LOAD_DELAY = timedelta(minutes=5)


def stream(*names: str) -> Random:
    """A random stream of its own for these names (subject, purpose or customer)."""
    return Random("/".join((str(SEED), *names)))


def pick(rng: Random, weights: dict[Any, float]) -> Any:
    """Draw one key of `weights` (choice: relative weight)."""
    return rng.choices(list(weights), list(weights.values()))[0]


def poisson(rng: Random, mean: float) -> int:
    """Draw a Poisson number; meant for small means (below 30)."""
    limit, count, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def seconds(rng: Random, low: int, high: int) -> timedelta:
    """Draw a span of `low` to `high` whole seconds."""
    return timedelta(seconds=rng.randint(low, high))


def in_period(moment: datetime) -> bool:
    """Whether the moment (UTC) lies on one of the event days."""
    return FIRST_DAY <= moment.date() <= LAST_DAY


def next_load(moment: datetime) -> datetime:
    """The first hourly load that can hold an event of this moment."""
    ready = moment + MIN_LOAD_DELAY
    return ready + (datetime.min - ready) % HOUR


class Rhythm:
    """When things happen: relative weights of the weekdays, hours (UTC) and months (else 1.0)."""

    def __init__(self, weekdays: tuple, hours: tuple, months: dict[int, float]) -> None:
        """Weigh every event day, 1.0 being an average one."""
        self.hours = hours
        self.weeks: list[dict[date, float]] = [{} for _ in MONDAYS]
        for day in DAYS:
            weight = weekdays[day.weekday()] * months.get(day.month, 1.0)
            self.weeks[(day - MONDAYS[0]).days // 7][day] = weight

    def moment(self, rng: Random, day: date) -> datetime:
        """Draw a moment on the day (UTC, whole seconds)."""
        hour = rng.choices(range(24), self.hours)[0]
        return datetime.combine(day, time(hour)) + seconds(rng, 0, 3599)

    def moments(self, rng: Random, week: int, rate: float) -> list[datetime]:
        """Draw the moments in one week, ascending; `rate` is their number in an average week."""
        days = self.weeks[week]
        if not (count := poisson(rng, rate * sum(days.values()) / 7)):
            return []
        drawn = rng.choices(list(days), list(days.values()), k=count)
        return sorted(self.moment(rng, day) for day in drawn)


_OFFICE_HOURS = (0.2,) * 6 + (1, 3, 6, 8, 8, 6, 5, 7, 8, 7, 5, 3) + (1.5, 1, 1, 1, 0.5, 0.3)
_FREE_HOURS = (0.5,) * 6 + (1, 2, 3, 3, 3, 4, 5, 4, 3, 3, 4, 5) + (7, 8, 8, 6, 3, 1)
_FREE_DAYS = (0.9, 0.9, 0.9, 0.95, 1.05, 1.2, 1.1)
_SURFING_DAYS = (1.15, 1.15, 1.15, 1.1, 1.0, 0.75, 0.7)
OFFICE = Rhythm((1.35, 1.4, 1.4, 1.35, 1.1, 0.2, 0.2), _OFFICE_HOURS, {8: 0.6, 12: 0.75})
LEISURE = Rhythm(_FREE_DAYS, _FREE_HOURS, {8: 0.75, 12: 1.1})
SHOPPING = Rhythm(_FREE_DAYS, _FREE_HOURS, {8: 0.7, 11: 1.9, 12: 1.35, 1: 0.85})
BROWSING = Rhythm(_SURFING_DAYS, _FREE_HOURS, {8: 0.75, 11: 1.35, 12: 1.1})
