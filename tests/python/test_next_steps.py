"""What is promised comes true: clones do what the next steps ask for, and a week passes."""

import json
import pickle
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from company import DATA_ONLY, QUIET
from projects import TinyProject

AS_OF = date(2026, 6, 30)
SCORE_MODELS = """\
score_model,priority,attribute_name,attribute_value,window_days,decay,half_life_days,decay_days,\
minimum_events,minimum_tenure_days,benchmark_type,benchmark_value,benchmark_percentile,\
good_from_index,valid_from,valid_to
halving,1,plan,halving,20,exponential,5,,0,0,fixed,19.515943,,70,,
sliding,2,plan,sliding,20,linear,,12,0,0,fixed,250,,70,,
steady,3,,,10,none,,,0,0,fixed,37.3,,70,,
"""
# Weight, daily cap and window cap by score model and event type; mail_sent is the company's.
WEIGHTS: dict[str, dict[str, tuple[str, int | None, int | None]]] = {
    "halving": {
        "visit": ("1.25", None, None),
        "login": ("2.7183", 2, None),
        "purchase": ("5", 1, None),
        "surveyed": ("7", None, 2),
        "returned": ("-3", None, None),
        "liked": ("0", None, None),
        "mail_sent": ("9", None, None),
    },
    "sliding": {
        "visit": ("11.0301", 3, None),
        "login": ("14", 1, None),
        "email_click": ("9.5", 2, 6),
        "purchase": ("60", 1, 2),
        "returned": ("-30", None, None),
        "mail_sent": ("90", None, None),
    },
    "steady": {
        "visit": ("1", 3, None),
        "login": ("0.5", 4, None),
        "email_click": ("2", 2, 6),
        "surveyed": ("4", 1, None),
        "returned": ("-3", None, None),
        "mail_sent": ("9", None, None),
    },
}
WINDOWS = {"halving": 20, "sliding": 20, "steady": 10}
MARTS = ["+customer_next_steps", "+customer_outlooks"]

Events = Counter[tuple[str, date]]


@dataclass(frozen=True)
class Clone:
    """A customer's copy who did something more.

    Attributes:
        of: whose copy it is.
        event_type: what it did more.
        events: how many more.
        outcome: 'reached' with the promised number, 'missed' with fewer or on other days.
    """

    of: str
    event_type: str
    events: int
    outcome: str


def random_events(draw: random.Random, score_model: str) -> Events:
    """What a customer did in the last 30 days: few days of each event type, some beyond the cap."""
    events: Events = Counter()
    for event_type in WEIGHTS[score_model]:
        if event_type == "mail_sent" and draw.random() < 0.7:
            continue
        for _ in range(draw.choice([0, 0, 1, 2, 4])):
            # Half of all days lie near the as-of date, where further events want to be.
            ago = draw.choice([draw.randrange(4), draw.randrange(30)])
            events[event_type, AS_OF - timedelta(ago)] += draw.choice([1, 1, 2, 5])
    return events


def free_days(events: Events, score_model: str, event_type: str) -> Iterator[date]:
    """The day of each further event that counts, the latest day with room first.

    Without a daily cap that is the as-of date for ever.
    """
    daily_cap = WEIGHTS[score_model][event_type][1]
    if daily_cap is None:
        while True:
            yield AS_OF
    for ago in range(WINDOWS[score_model]):
        day = AS_OF - timedelta(ago)
        for _ in range(daily_cap - events[event_type, day]):
            yield day


def seed_text() -> str:
    """The seed of the weights."""
    lines = ["score_model,event_type,weight,daily_cap,window_cap,valid_from,valid_to"]
    for score_model, weights in WEIGHTS.items():
        for event_type, (weight, *caps) in weights.items():
            texts = ["" if cap is None else str(cap) for cap in caps]
            lines.append(",".join([score_model, event_type, weight, *texts, "", ""]))
    return "\n".join(lines) + "\n"


class Population:
    """Customers with what they did, and the warehouse that is built from it.

    Args:
        tiny: the project that builds the warehouse.
    """

    def __init__(self, tiny: TinyProject) -> None:
        """Nobody yet; the project is parsed once for all builds."""
        self.tiny = tiny
        self.parsed = pickle.dumps(tiny.manifest())
        self.events: dict[str, Events] = {}
        self.score_models: dict[str, str] = {}

    def add(self, customer: str, score_model: str, events: Events) -> None:
        """Add a customer."""
        self.events[customer] = events
        self.score_models[customer] = score_model

    def write(self) -> None:
        """Write what everybody did."""
        self.tiny.write_customers(
            {"customer_id": customer, "plan": score_model, "created_at": "2026-01-01"}
            for customer, score_model in self.score_models.items()
        )
        self.tiny.write_events(
            {
                "customer_id": customer,
                "event_type": event_type,
                "occurred_at": f"{day} 12:00:00",
                "loaded_at": "2026-07-10 05:00:00",
            }
            for customer, events in self.events.items()
            for (event_type, day), count in events.items()
            for _ in range(count)
        )

    def build(self, as_of_date: date) -> None:
        """Build what the test reads."""
        given = json.dumps({"as_of_date": str(as_of_date)})
        outcome = self.tiny.dbt(
            *("build", "--select", *MARTS, *DATA_ONLY, *QUIET, "--vars", given),
            manifest=pickle.loads(self.parsed),
        )
        assert outcome.success, outcome.messages


def indexes(tiny: TinyProject) -> dict[str, tuple]:
    """Index and band of each customer on the as-of date of the last build."""
    return {
        customer: (index, band)
        for customer, index, band in tiny.rows(
            "select customer_id, engagement_index, band from main_marts.customer_outlooks"
        )
    }


def test_the_steps_reach_the_next_band_and_one_fewer_does_not(tiny: TinyProject) -> None:
    """Each promise, all that is cheaper, and each way that isn't promised, is tried by a clone."""
    draw = random.Random(5)
    tiny.seed("score_models").write_text(SCORE_MODELS)
    tiny.seed("event_weights").write_text(seed_text())
    population = Population(tiny)
    for number in range(40):
        score_model = draw.choice(list(WEIGHTS))
        population.add(f"c{number:02}", score_model, random_events(draw, score_model))
    population.write()
    population.build(AS_OF)
    before = indexes(tiny)

    steps = defaultdict(dict)
    for customer, event_type, *promise in tiny.rows(
        "select customer_id, event_type, events_needed, days_needed, index_reached,"
        " engagement_index + index_needed"
        " from main_marts.customer_next_steps inner join main_marts.customer_outlooks"
        " using (as_of_date, customer_id) order by customer_id, step_rank"
    ):
        steps[customer][event_type] = promise

    clones: dict[str, Clone] = {}

    def clone(of: str, event_type: str, days: list[date], outcome: str) -> None:
        name = f"{of} {event_type} {outcome} {len(clones)}"
        clones[name] = Clone(of, event_type, len(days), outcome)
        further = Counter((event_type, day) for day in days)
        population.add(name, population.score_models[of], population.events[of] + further)

    days_used = {}
    for customer, (_, band) in before.items():
        score_model = population.score_models[customer]
        if band == "highly_active":
            assert customer not in steps
            continue
        promised = [promise[0] for promise in steps[customer].values()]
        assert promised == sorted(promised)
        for event_type, (weight, *_) in WEIGHTS[score_model].items():
            free = free_days(population.events[customer], score_model, event_type)
            if event_type in steps[customer]:
                needed = steps[customer][event_type][0]
                days = [day for day, _ in zip(free, range(needed), strict=False)]
                days_used[customer, event_type] = len(set(days))
                clone(customer, event_type, days, "reached")
                clone(customer, event_type, days[:-1], "missed")
                window = range(WINDOWS[score_model])
                elsewhere = [AS_OF - timedelta(draw.choice(window)) for _ in days[1:]]
                clone(customer, event_type, elsewhere, "missed")
            elif float(weight) > 0 and event_type != "mail_sent":
                # No way at all, or none that is as short as the three.
                most = promised[2] - 1 if len(promised) == 3 else 20
                days = [day for day, _ in zip(free, range(most), strict=False)]
                clone(customer, event_type, days, "missed")
    population.write()
    population.build(AS_OF)
    after = indexes(tiny)

    many_days = 0
    for name, tried in clones.items():
        index, band = after[name]
        assert after[tried.of] == before[tried.of]
        if tried.outcome == "missed":
            assert band == before[tried.of][1], (name, tried)
            continue
        needed, days_needed, reached, edge = steps[tried.of][tried.event_type]
        assert index == reached > edge, (name, tried)
        assert days_used[tried.of, tried.event_type] == days_needed, (name, tried)
        assert needed == tried.events
        assert band != before[tried.of][1]
        many_days += days_needed > 2
    # The test means something only if the caps bind, and if some ways are closed.
    assert many_days > 10
    assert any(len(promised) < 3 for promised in steps.values())
    let_a_week_pass(tiny, population)


def let_a_week_pass(tiny: TinyProject, population: Population) -> None:
    """Let a week pass, and compare the scores with what was reckoned ahead."""
    columns = "customer_id, raw_score_ahead, index_ahead, band_ahead"
    query = f"select {columns} from main_marts.customer_outlooks order by customer_id"
    reckoned = tiny.rows(query)
    assert len({row[3] for row in reckoned}) >= 4
    population.build(AS_OF + timedelta(7))
    now = "customer_id, raw_score, engagement_index, band from main_marts.customer_outlooks"
    assert tiny.rows(f"select {now} order by customer_id") == reckoned
    # No days ahead: the same formula gives today's score.
    tiny.edit_seed("metric_settings", "outlook_days,7", "outlook_days,0")
    population.build(AS_OF + timedelta(7))
    assert tiny.rows(query) == tiny.rows(f"select {now} order by customer_id")
    assert tiny.rows("select distinct outlook_days from main_marts.customer_outlooks") == [(0,)]
