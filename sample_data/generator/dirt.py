"""What goes wrong in the raw data: faults planted into clean rows, and conditions to count."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial
from random import Random
from typing import Any, NamedTuple

from .chance import DAY, HOUR, LAST_LOAD, next_load, seconds, stream
from .channels import MAIL_AGENTS, NETWORKS, PRIORITIES, WEB_PAGES
from .company import COUNTRIES, ERASED_IDS, HOME_CURRENCY, PLANS, STAFF_IDS, TEST_IDS
from .tables import Row


def _other(choices: Iterable) -> Callable[[Random, Any], Any]:
    return lambda rng, value: rng.choice([choice for choice in choices if choice != value])


CONDITIONS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    # what arises by itself, in every table with this key: the values that it holds for
    "staff_rows": ("customer", lambda customer: customer in STAFF_IDS),
    "test_customer_rows": ("customer", lambda customer: customer in TEST_IDS),
    "erased_rows": ("customer", lambda customer: customer in ERASED_IDS),
    "never_identified_rows": ("_fate", lambda fate: fate == "never_identified"),
    "identified_later_rows": ("_fate", lambda fate: fate == "identified_later"),
    "machine_opens": ("is_machine_open", bool),
    "foreign_currency_rows": ("currency", lambda currency: currency != HOME_CURRENCY),
    "test_order_rows": ("order_status", lambda status: status == "test"),
    "agent_initiated_rows": ("initiated_by", lambda initiator: initiator == "agent"),
    "unscored_rows": ("score", lambda score: score is None),
    "untidy_country_rows": ("residence", lambda country: country not in COUNTRIES),
    "untidy_plan_rows": ("current_plan", lambda plan: plan not in PLANS),
}

WEB = "web_page_events"
VARIATIONS: dict[str, tuple[str, Callable[[Random, Any], Any]]] = {
    # table of events: the key in which a duplicate may differ, and how
    WEB: ("page_path", _other(WEB_PAGES["page_view"])),
    "product_events": ("quantity", lambda _rng, quantity: quantity + 1),
    "email_events": ("user_agent", _other(MAIL_AGENTS)),
    "social_interactions": ("network", _other(NETWORKS)),
    "shop_orders": ("order_status", _other(("completed", "cancelled"))),
    "shop_refunds": ("amount", lambda _rng, amount: amount // 2),
    "support_tickets": ("priority", _other(PRIORITIES)),
    "support_csat_ratings": ("rating", _other(range(1, 6))),
    "survey_responses": ("score", _other(range(11))),
    "loyalty_ledger": ("points", lambda _rng, points: points + 10),
}
NAMED_EVENTS = (WEB, "product_events", "email_events", "social_interactions")
CHILDREN = {  # table: its parent, and the key with the parent's id
    "shop_order_lines": ("shop_orders", "order_id"),
    "support_ticket_status_changes": ("support_tickets", "ticket_id"),
}
CHILDLESS = set(VARIATIONS) - {parent for parent, _ in CHILDREN.values()}
UNKNOWN_EVENTS = {
    WEB: {"event": "beta_widget_clicked"},
    "product_events": {"event": "legacy_sync_ran", "feature_name": None, "quantity": 1},
}
BOT_AGENTS = ("PreviewBot/2.1", "site-spider 0.9", "Archive CRAWLER 3", "uptimeBOT", "WebSpider/7")
BLANKS = (None, "", "  ")
UNREADABLE_TIMES = ("not a date", "", "2026-13-45T99:00:00Z")
IMPOSSIBLE_TIMES = (datetime(1970, 1, 1), datetime(1900, 1, 1))
FUTURE_HOURS = ((2, 72), (24 * 30, 24 * 1400))  # a slip of the clock, or years
RELOAD_HOURS = (1, 24)  # a duplicate comes this much after its original
LATE_HOURS = (48, 59 * 24)  # a late row is loaded 2 to 60 days after the event
MIN_FAULTS = 3


class _Patch(NamedTuple):
    """A table while faults are planted in it; the pool has the rows that may get one, shuffled."""

    table: str
    rng: Random
    rows: list[Row]
    pool: list[Row]

    def load_again(self, row: Row, later: bool = True) -> None:
        """Add a copy, which is loaded later and identical or changed, or else is changed."""
        copy = dict(row)
        key, vary = VARIATIONS[self.table]
        if not later or self.rng.random() < 0.5:
            copy[key] = vary(self.rng, copy[key])
        if later:
            copy["load"] += self.rng.randint(*RELOAD_HOURS) * HOUR
        self.rows.append(copy)

    def reuse_id(self, row: Row) -> None:
        """Let a row of another date carry the id of this one."""
        day = row["time"].date()
        position = next(n for n, other in enumerate(self.pool) if other["time"].date() != day)
        self.pool.pop(position)["id"] = row["id"]

    def lose_customer(self, row: Row) -> None:
        """Name nobody; in the web table neither the customer nor the device."""
        row["customer"] = self.rng.choice(BLANKS)
        if self.table == WEB:
            row["customer"] = row["anonymous_id"] = None

    def lose_time(self, row: Row) -> None:
        """Give a time that cannot be read: a bad string where times are text, else null."""
        row["time"] = self.rng.choice(UNREADABLE_TIMES) if self.table == WEB else None

    def postdate(self, row: Row) -> None:
        hours = self.rng.randint(*self.rng.choice(FUTURE_HOURS))
        row["time"] = row["load"] + hours * HOUR + seconds(self.rng, 0, 3599)

    def load_late(self, row: Row) -> None:
        room = int((LAST_LOAD - row["time"]) / HOUR) - 2
        hours = self.rng.randint(LATE_HOURS[0], min(LATE_HOURS[1], room))
        row["load"] = next_load(row["time"] + hours * HOUR)

    def mix_case(self, row: Row) -> None:
        """Write the customer or event with another case and perhaps spaces, surely different."""
        key = self.rng.choice([key for key in ("customer", "event") if key in row])
        text = row[key]
        changed = self.rng.choice((text.swapcase(), text.title(), text))
        if changed == text or self.rng.random() < 0.5:
            changed = self.rng.choice((f" {changed}", f"{changed} ", f" {changed} "))
        row[key] = changed


def _put(key: str, *values: Any) -> Callable[[_Patch, Row], None]:
    return lambda patch, row: row.update({key: patch.rng.choice(values)})


def _is_copyable(row: Row) -> bool:
    """Whether a copy comes before the last load and cannot lower a loyalty balance."""
    is_in_time = row["load"] <= LAST_LOAD - RELOAD_HOURS[1] * HOUR
    return is_in_time and row.get("entry_type", "issued") == "issued"


def _is_dispensable(row: Row) -> bool:
    """Whether rejecting the row cannot lower a loyalty balance."""
    return row.get("entry_type") != "issued"


class Fault(NamedTuple):
    """A kind of fault: how many there are, and what it is planted in."""

    share: float  # of the rows of a table, at least MIN_FAULTS rows
    plant: Callable[[_Patch, Row], None]
    suits: Callable[[Row], bool] = lambda _row: True
    tables: Collection[str] = VARIATIONS


FAULTS = {
    "duplicate_rows": Fault(0.005, _Patch.load_again, _is_copyable),
    "duplicate_rows_same_load": Fault(0.001, partial(_Patch.load_again, later=False), _is_copyable),
    "missing_id": Fault(0.0008, _put("id", *BLANKS), _is_dispensable),
    "missing_customer": Fault(0.0008, _Patch.lose_customer, _is_dispensable),
    "unusable_time": Fault(0.0008, _Patch.lose_time, _is_dispensable),
    "impossible_time": Fault(0.0006, _put("time", *IMPOSSIBLE_TIMES), _is_dispensable),
    "future_time": Fault(0.0008, _Patch.postdate, _is_dispensable),
    "late_rows": Fault(0.006, _Patch.load_late, lambda row: row["time"] <= LAST_LOAD - 3 * DAY),
    "mixed_case_rows": Fault(0.004, _Patch.mix_case),
    "reused_ids": Fault(0.001, _Patch.reuse_id, tables=CHILDLESS),
    "missing_event_type": Fault(0.0006, _put("event", *BLANKS), tables=NAMED_EVENTS),
    "unknown_event_type": Fault(
        0.0015, lambda patch, row: row.update(UNKNOWN_EVENTS[patch.table]), tables=UNKNOWN_EVENTS
    ),
    "bot_rows": Fault(0.006, _put("user_agent", *BOT_AGENTS), tables=(WEB,)),
    "negative_quantity": Fault(0.0006, _put("quantity", -1, -2, -3), tables=("product_events",)),
}


def soil(rows_of: dict[str, list[Row]]) -> dict[str, dict]:
    """Plant the faults of all tables, drop the children of rows without an id, and count all."""
    faults = {table: _soil_table(table, rows) for table, rows in rows_of.items()}
    for table, (parent, key) in CHILDREN.items():
        known = {row["id"] for row in rows_of[parent]}
        rows_of[table] = [row for row in rows_of[table] if row[key] in known]
    return {table: {"rows": len(rows), "faults": faults[table]} for table, rows in rows_of.items()}


def _soil_table(table: str, rows: list[Row]) -> dict[str, int]:
    """Plant at most one fault per row, and none where a condition holds or a note forbids it."""
    conditions = {name: (key, holds) for name, (key, holds) in CONDITIONS.items() if key in rows[0]}
    faults = {name: fault for name, fault in FAULTS.items() if table in fault.tables}
    counts = {name: max(MIN_FAULTS, round(f.share * len(rows))) for name, f in faults.items()}
    if faults:
        sparing = [*conditions.values(), ("_keep", bool)]
        pool = [row for row in rows if not any(holds(row.get(key)) for key, holds in sparing)]
        patch = _Patch(table, stream(table, "faults"), rows, pool)
        patch.rng.shuffle(pool)
        for name, fault in faults.items():
            taken = [row for row in pool if fault.suits(row)][: counts[name]]
            gone = set(map(id, taken))
            pool[:] = [row for row in pool if id(row) not in gone]
            for row in taken:
                fault.plant(patch, row)
            counts[name] = len(taken)
        rows.sort(key=lambda row: row["load"])
    held = {name: sum(holds(row[key]) for row in rows) for name, (key, holds) in conditions.items()}
    return counts | held
