"""Write the sample data: the raw extracts of one invented company.

The company sells a subscription product to other businesses, runs a shop and a loyalty
programme. Nothing here stems from real people or real firms. The program is deterministic: every
random choice comes from a stream named after the table and the customer it serves, so the same
seed writes the same rows.

Usage:
    python sample_data/generate.py [--out DIR]

It writes DIR/raw/*.parquet (one file per source table), DIR/ground_truth.parquet (the hidden
engagement that drives the behaviour) and DIR/manifest.json (rows and planted faults per table),
then recounts the faults from the written files and stops with an error if a count differs.

The order of this file: settings, population, behaviour per channel, faults, output, self-check.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]
"""One raw row. Keys that begin with an underscore are notes for this program, never written."""

# ------------------------------------------------------------------------------------ settings

SEED = 20260701

FIRST_DAY = date(2025, 5, 27)
LAST_DAY = date(2026, 6, 30)
PERIOD_START = datetime.combine(FIRST_DAY, time())
PERIOD_END = datetime.combine(LAST_DAY + timedelta(days=1), time())  # exclusive
LAST_LOAD = datetime(2026, 7, 1, 6)
SNAPSHOT_LOAD = datetime(2026, 7, 1, 5)  # CRM and billing are exported whole, once
FIRST_MONDAY = FIRST_DAY - timedelta(days=FIRST_DAY.weekday())
WEEKS = ((LAST_DAY - FIRST_MONDAY).days // 7) + 1
HOUR = timedelta(hours=1)

CUSTOMERS = 2000
ACCOUNTS = 300
SILENT_CUSTOMERS = 150  # in the CRM, without a single event
NOT_IN_CRM_CUSTOMERS = 15  # in the events, unknown to the CRM
ANONYMOUS_VISITORS = 1500  # browse the web site, never become known
CONSUMER_SHARE = 0.35
THEME_SHARE = 0.55  # share of people who follow the tendency of their account

INTERNAL_ACCOUNT = "A000"
STAFF_IDS = tuple(f"STAFF{n:02d}" for n in range(1, 6))
TEST_IDS = tuple(f"TEST{n:02d}" for n in range(1, 4))
ERASED_BUSINESS_ID, ERASED_CONSUMER_ID = ERASED_IDS = ("C0013", "C0666")

MIN_LOAD_DELAY = timedelta(minutes=5)
LOAD_DELAY_HOURS = tuple(range(19))
LOAD_DELAY_WEIGHTS = (60, 20) + (2,) * 8 + (0.5,) * 9
RELOAD_HOURS = (1, 24)  # a duplicate comes this much after its original
LATE_HOURS = (48, 59 * 24)  # a late row is loaded 2 to 60 days after the event


@dataclass(frozen=True)
class Archetype:
    """How the hidden engagement of a customer runs over the year.

    Args:
        weight: Relative frequency among people.
        theme_weight: Relative frequency as the tendency of a whole account.
        start: Range (low, high) of the level at the beginning, 0..1.
        end: Range of the level at the end; None keeps the level of the beginning.
    """

    weight: float
    theme_weight: float
    start: tuple[float, float]
    end: tuple[float, float] | None = None


ARCHETYPES = {
    "steady": Archetype(30, 45, (0.25, 0.70)),
    "growing": Archetype(13, 18, (0.05, 0.30), (0.60, 0.95)),
    "declining": Archetype(13, 17, (0.60, 0.95), (0.05, 0.30)),
    "gone": Archetype(13, 10, (0.35, 0.80)),
    "new": Archetype(15, 10, (0.30, 0.85)),
    "whale": Archetype(2, 0, (0.88, 0.98)),
    "dormant": Archetype(14, 0, (0.01, 0.06)),
    "silent": Archetype(0, 0, (0.0, 0.0)),
    "staff": Archetype(0, 0, (0.85, 0.95)),
    "test": Archetype(0, 0, (0.30, 0.40)),
}
LEAVING_WEEKS = (8, 50)
ARRIVAL_WEEKS = (4, 48)
RAMP_WEEKS = 4  # a leaving customer fades, and a new one warms up, over this many weeks
NOISE_MEMORY = 0.7
NOISE_SD = 0.05
LOWEST_LIVE_LEVEL = 0.005


@dataclass(frozen=True, eq=False)
class Rhythm:
    """When things happen: relative weight per weekday, hour of day (UTC) and month.

    Compared by identity, so that it is a cheap key of a cache.
    """

    weekdays: tuple[float, ...]
    hours: tuple[float, ...]
    months: dict[int, float]  # months that are not named count 1.0


OFFICE_HOURS = (0.2,) * 6 + (1, 3, 6, 8, 8, 6, 5, 7, 8, 7, 5, 3) + (1.5, 1, 1, 1, 0.5, 0.3)
LEISURE_HOURS = (0.5,) * 6 + (1, 2, 3, 3, 3, 4, 5, 4, 3, 3, 4, 5) + (7, 8, 8, 6, 3, 1)
OFFICE = Rhythm((1.35, 1.4, 1.4, 1.35, 1.1, 0.2, 0.2), OFFICE_HOURS, {8: 0.6, 12: 0.75})
LEISURE = Rhythm((0.9, 0.9, 0.9, 0.95, 1.05, 1.2, 1.1), LEISURE_HOURS, {8: 0.75, 12: 1.1})
SHOPPING = Rhythm(LEISURE.weekdays, LEISURE_HOURS, {8: 0.7, 11: 1.9, 12: 1.35, 1: 0.85})
BROWSING = Rhythm(
    (1.15, 1.15, 1.15, 1.1, 1.0, 0.75, 0.7), LEISURE_HOURS, {8: 0.75, 11: 1.35, 12: 1.1}
)


@dataclass(frozen=True)
class Channel:
    """How often a fully engaged customer (level 1.0) comes by, per week.

    Args:
        business: Weekly rate of people of an account.
        consumer: Weekly rate of consumers.
        rhythm: When it happens.
        audience: Share of customers who use the channel at all, 0..1.
    """

    business: float
    consumer: float
    rhythm: Rhythm
    audience: float = 1.0


CHANNELS = {
    "web": Channel(0.8, 0.95, BROWSING),
    "product": Channel(1.25, 0.0, OFFICE),
    "social": Channel(0.9, 1.2, LEISURE, audience=0.25),
    "shop": Channel(0.07, 0.45, SHOPPING),
    "support": Channel(0.09, 0.06, OFFICE),
    "loyalty_bonus": Channel(0.03, 0.05, LEISURE),
    "loyalty_redeem": Channel(0.12, 0.12, LEISURE),
}
TASTE_SD = 0.4  # of the logarithm of a customer's taste for a channel

# ---------------------------------------------------------------------------------- vocabulary

FIRST_NAMES = (
    "Ada Anton Bea Boris Carla Cedric Dina Dario Edda Emil Fay Felix Greta Gustav Hanna Hugo Ines "
    "Ivo Jana Jonas Kaja Karl Lea Linus Mara Milan Nora Nils Olga Oskar Pia Paul Quinn Rosa Ruben "
    "Selma Simon Tara Theo Uma Viktor Vera Wanda Willem Xenia Yara Yuri Zoe Zeno Amira"
).split()
LAST_NAMES = (
    "Abend Alder Bachmann Barlow Birch Brandt Calder Carver Dorn Dupree Eklund Elster Falk Fenner "
    "Garnet Gruber Hale Holm Iversen Jansen Jarvis Keller Kestrel Lang Lindqvist Marsh Moreau "
    "Nagel Norden Ohara Osterman Pavel Perrin Quist Rask Rowan Sable Sommer Tanner Thorne Ulrich "
    "Vance Vogel Weiss Winter Yates Young Zander Zeller Zorn"
).split()
ACCOUNT_FIRST = "Amber Basalt Cedar Delta Ember Fjord Granite Harbor Indigo Juniper".split()
ACCOUNT_SECOND = (
    "Foods Freight Glass Health Labs Logistics Machines Media Mills Mobility Motors Optics Paper "
    "Power Print Retail Robotics Software Steel Textiles Timber Tools Toys Travel Trust Valley "
    "Ventures Water Wind Works"
).split()
INDUSTRIES = ("manufacturing", "retail", "software", "logistics", "health", "media", "education")
EURO_COUNTRIES = {"DE": 26, "FR": 14, "NL": 11, "AT": 8, "IT": 9, "ES": 9, "BE": 5, "IE": 4}
COUNTRIES = EURO_COUNTRIES | {"US": 8, "GB": 6}
CURRENCY_OF_COUNTRY = {"US": "USD", "GB": "GBP"}
HOME_CURRENCY = "EUR"
UNTIDY_SHARE = 0.06  # of the countries and plans in the CRM

PLANS = ("free", "starter", "pro", "enterprise")
PLAN_WEIGHTS = (22, 36, 29, 13)
PLAN_PRICE_CENTS = {"free": 0, "starter": 4900, "pro": 19900, "enterprise": 90000}

USER_AGENTS = tuple(
    f"{device} Browser {version}.0"
    for device in ("Desktop", "Phone", "Tablet")
    for version in (8, 9, 11)
)
BOT_AGENTS = ("PreviewBot/2.1", "site-spider 0.9", "Archive CRAWLER 3", "uptimeBOT", "WebSpider/7")
REFERRERS = (
    None,
    "https://search.example/",
    "https://news.example/reviews",
    "https://partner.example/",
    "https://mail.example/",
)
REFERRER_WEIGHTS = (40, 35, 8, 7, 10)
WEB_EVENT_WEIGHTS = {  # event name: (business, consumer)
    "page_view": (60, 55),
    "search": (9, 12),
    "video_played": (8, 5),
    "add_to_cart": (3, 14),
    "checkout_started": (1, 6),
    "form_submitted": (5, 3),
    "pricing_viewed": (10, 2),
}
WEB_PATHS = {
    "page_view": ("/", "/features", "/blog", "/blog/tips", "/shop", "/shop/new", "/help", "/about"),
    "search": ("/search",),
    "video_played": ("/videos/tour", "/videos/start", "/videos/expert"),
    "add_to_cart": ("/shop/item", "/shop/offers"),
    "checkout_started": ("/checkout",),
    "form_submitted": ("/contact", "/demo", "/newsletter"),
    "pricing_viewed": ("/pricing",),
}
UNKNOWN_EVENTS = {"web_page_events": "beta_widget_clicked", "product_events": "legacy_sync_ran"}
FEATURES = ("board", "report", "export", "automation", "search", "calendar", "api", "dashboard")
FEATURE_WEIGHTS = (30, 20, 12, 8, 10, 10, 4, 16)
MAIL_AGENTS = ("Mail App 5.2", "Mail App 6.0", "Webmail 3.0", "Desktop Mail 11")
PRIVACY_PROXY_AGENT = "Mail Privacy Proxy 1.0"
NETWORKS = ("chirpline", "facewall", "linkyard", "pixpost")
SOCIAL_WEIGHTS = {"like": 65, "comment": 17, "share": 12, "follow": 6}
TICKET_CATEGORIES = ("billing", "bug", "how_to", "delivery", "account", "feature_request")
PRIORITIES = ("low", "normal", "high", "urgent")
PRIORITY_WEIGHTS = (25, 55, 15, 5)
SKU_PRICE_CENTS = {f"SKU{n:02d}": 490 + (n * 1370) % 9000 for n in range(1, 41)}
NPS_WAVES = (date(2025, 7, 7), date(2025, 10, 6), date(2026, 1, 12), date(2026, 4, 13))
COMMENTS = {
    "bad": ("Nobody called me back.", "Too slow for our team.", "Not worth the price for me."),
    "fair": ("It does the job.", "Good, but the reports are hard to find.", "Delivery was fine."),
    "good": ("I recommend it to friends.", "My team likes it a lot.", "Great help from support!"),
}

# ------------------------------------------------------------------------ tables and their faults


def anything(_row: Row) -> bool:
    """The default condition of a fault: every row will do."""
    return True


@dataclass(frozen=True)
class Table:
    """One raw table: its columns, the roles of the columns and what may go wrong in it.

    Args:
        columns: Column name to SQL type, in the order of the file.
        id_prefix: First letters of the ids that this program numbers.
        id_column, customer_column, time_column, event_column, load_column: Roles; "" if absent.
        time_sql: SQL expression of the event time, for the self-check.
        planted: Faults that are put into rows (see FAULT_SHARES).
        natural: Conditions that arise by themselves and are only counted (see NATURAL).
        vary: Changes the payload of a copied row in place, for a duplicate that differs.
        rejectable: Which rows may get a fault that makes them worthless.
        variable: Which rows may be duplicated.
    """

    name: str
    columns: dict[str, str]
    id_prefix: str = ""
    id_column: str = ""
    customer_column: str = ""
    time_column: str = ""
    event_column: str = ""
    load_column: str = "loaded_at"
    time_sql: str = ""
    planted: tuple[str, ...] = ()
    natural: tuple[str, ...] = ()
    vary: Callable[[Row, random.Random], None] | None = None
    rejectable: Callable[[Row], bool] = anything
    variable: Callable[[Row], bool] = anything


FAULT_SHARES = {  # planted fault: share of the rows of a table, at least MIN_FAULTS rows
    "duplicate_rows": 0.005,
    "duplicate_rows_same_load": 0.001,
    "reused_ids": 0.001,
    "missing_id": 0.0008,
    "missing_customer": 0.0008,
    "missing_event_type": 0.0006,
    "unusable_time": 0.0008,
    "impossible_time": 0.0006,
    "future_time": 0.0008,
    "negative_quantity": 0.0006,
    "unknown_event_type": 0.0015,
    "bot_rows": 0.006,
    "late_rows": 0.006,
    "mixed_case_rows": 0.004,
}
MIN_FAULTS = 3
REJECTING = {
    "missing_id",
    "missing_customer",
    "missing_event_type",
    "unusable_time",
    "impossible_time",
    "future_time",
    "negative_quantity",
}
CHILD_SAFE = (  # faults of a table whose ids are looked up by other tables
    "duplicate_rows",
    "duplicate_rows_same_load",
    "missing_id",
    "missing_customer",
    "unusable_time",
    "impossible_time",
    "future_time",
    "late_rows",
    "mixed_case_rows",
)
COMMON = (*CHILD_SAFE, "reused_ids")
NAMED_EVENTS = (*COMMON, "missing_event_type")
PEOPLE = ("staff_rows", "test_customer_rows", "erased_rows")

NATURAL: dict[str, Callable[[Row, Table], bool]] = {
    "staff_rows": lambda row, table: row[table.customer_column] in STAFF_IDS,
    "test_customer_rows": lambda row, table: row[table.customer_column] in TEST_IDS,
    "erased_rows": lambda row, table: row[table.customer_column] in ERASED_IDS,
    "machine_opens": lambda row, _table: row["is_machine_open"],
    "foreign_currency_rows": lambda row, _table: row["currency"] != HOME_CURRENCY,
    "test_order_rows": lambda row, _table: row["order_status"] == "test",
    "agent_initiated_rows": lambda row, _table: row["initiated_by"] == "agent",
    "unscored_rows": lambda row, _table: row["score"] is None,
    "untidy_country_rows": lambda row, _table: row["country"] not in COUNTRIES,
    "untidy_plan_rows": lambda row, _table: row["plan"] not in PLANS,
    "never_identified_rows": lambda row, _table: row.get("_fate") == "never_identified",
    "identified_later_rows": lambda row, _table: row.get("_fate") == "identified_later",
}


def vary_choice(column: str, choices: tuple) -> Callable[[Row, random.Random], None]:
    """Make a `vary` function that sets `column` to another one of `choices`."""

    def vary(row: Row, rng: random.Random) -> None:
        row[column] = rng.choice([choice for choice in choices if choice != row[column]])

    return vary


def vary_quantity(row: Row, _rng: random.Random) -> None:
    """A corrected quantity: one more."""
    row["quantity"] += 1


def vary_refund(row: Row, _rng: random.Random) -> None:
    """A corrected refund: half of the amount, in whole cents."""
    row["amount"] = money(int(row["amount"] * 100) // 2)


def vary_points(row: Row, _rng: random.Random) -> None:
    """Corrected points: more of them, so that no balance can drop below zero."""
    row["points"] += 10


def typed(columns: str) -> dict[str, str]:
    """Read 'a, b integer, c timestamp' as column -> SQL type; without a type it is varchar."""
    types = {}
    for column in columns.split(";"):
        name, _, sql_type = column.strip().partition(" ")
        types[name] = sql_type.upper() or "VARCHAR"
    return types


WEB = Table(
    name="web_page_events",
    columns=typed(
        "event_id; anonymous_id; user_id; session_id; event_name; page_path; referrer; user_agent;"
        " occurred_at; received_at timestamp"
    ),
    id_prefix="W",
    id_column="event_id",
    customer_column="user_id",
    time_column="occurred_at",
    event_column="event_name",
    load_column="received_at",
    time_sql="try_cast(occurred_at AS timestamp)",
    planted=(*NAMED_EVENTS, "unknown_event_type", "bot_rows"),
    natural=(*PEOPLE, "never_identified_rows", "identified_later_rows"),
    vary=vary_choice("page_path", WEB_PATHS["page_view"]),
)
PRODUCT = Table(
    name="product_events",
    columns=typed(
        "event_id; user_id; account_id; event_name; feature_name; quantity integer;"
        " occurred_at timestamp; loaded_at timestamp"
    ),
    id_prefix="P",
    id_column="event_id",
    customer_column="user_id",
    time_column="occurred_at",
    event_column="event_name",
    time_sql="occurred_at",
    planted=(*NAMED_EVENTS, "unknown_event_type", "negative_quantity"),
    natural=PEOPLE,
    vary=vary_quantity,
)
EMAIL = Table(
    name="email_events",
    columns=typed(
        "event_id; customer_id; recipient_email; message_id; campaign_id; event; user_agent;"
        " is_machine_open boolean; occurred_epoch bigint; loaded_at timestamp"
    ),
    id_prefix="E",
    id_column="event_id",
    customer_column="customer_id",
    time_column="occurred_epoch",
    event_column="event",
    time_sql="make_timestamp(occurred_epoch * 1000000)",
    planted=NAMED_EVENTS,
    natural=(*PEOPLE, "machine_opens"),
    vary=vary_choice("user_agent", MAIL_AGENTS),
)
SOCIAL = Table(
    name="social_interactions",
    columns=typed(
        "interaction_id; customer_id; network; interaction_type; post_id; created_at timestamp;"
        " loaded_at timestamp"
    ),
    id_prefix="I",
    id_column="interaction_id",
    customer_column="customer_id",
    time_column="created_at",
    event_column="interaction_type",
    time_sql="created_at",
    planted=NAMED_EVENTS,
    natural=PEOPLE,
    vary=vary_choice("network", NETWORKS),
)
ORDERS = Table(
    name="shop_orders",
    columns=typed(
        "order_id; customer_id; order_status; currency; total_amount decimal(12,2);"
        " ordered_at timestamp; loaded_at timestamp"
    ),
    id_prefix="O",
    id_column="order_id",
    customer_column="customer_id",
    time_column="ordered_at",
    time_sql="ordered_at",
    planted=CHILD_SAFE,
    natural=(*PEOPLE, "foreign_currency_rows", "test_order_rows"),
    vary=vary_choice("order_status", ("completed", "cancelled")),
)
ORDER_LINES = Table(
    name="shop_order_lines",
    columns=typed("order_id; line_number integer; sku; quantity integer; unit_price decimal(12,2)"),
)
REFUNDS = Table(
    name="shop_refunds",
    columns=typed(
        "refund_id; order_id; customer_id; amount decimal(12,2); currency; refunded_at timestamp;"
        " loaded_at timestamp"
    ),
    id_prefix="R",
    id_column="refund_id",
    customer_column="customer_id",
    time_column="refunded_at",
    time_sql="refunded_at",
    planted=COMMON,
    natural=(*PEOPLE, "foreign_currency_rows"),
    vary=vary_refund,
)
TICKETS = Table(
    name="support_tickets",
    columns=typed(
        "ticket_id; customer_id; subject_category; priority; initiated_by; created_at timestamp;"
        " loaded_at timestamp"
    ),
    id_prefix="T",
    id_column="ticket_id",
    customer_column="customer_id",
    time_column="created_at",
    time_sql="created_at",
    planted=CHILD_SAFE,
    natural=(*PEOPLE, "agent_initiated_rows"),
    vary=vary_choice("priority", PRIORITIES),
)
STATUS_CHANGES = Table(
    name="support_ticket_status_changes",
    columns=typed("change_id; ticket_id; status; changed_at timestamp; loaded_at timestamp"),
    id_prefix="H",
    id_column="change_id",
    time_column="changed_at",
)
CSAT = Table(
    name="support_csat_ratings",
    columns=typed(
        "rating_id; ticket_id; customer_id; rating integer; rated_at timestamp; loaded_at timestamp"
    ),
    id_prefix="Q",
    id_column="rating_id",
    customer_column="customer_id",
    time_column="rated_at",
    time_sql="rated_at",
    planted=COMMON,
    natural=PEOPLE,
    vary=vary_choice("rating", (1, 2, 3, 4, 5)),
)
SURVEYS = Table(
    name="survey_responses",
    columns=typed(
        "response_id; customer_id; survey; score integer; comment; submitted_at timestamp;"
        " loaded_at timestamp"
    ),
    id_prefix="N",
    id_column="response_id",
    customer_column="customer_id",
    time_column="submitted_at",
    time_sql="submitted_at",
    planted=COMMON,
    natural=(*PEOPLE, "unscored_rows"),
    vary=vary_choice("score", tuple(range(11))),
)
LOYALTY = Table(
    name="loyalty_ledger",
    columns=typed(
        "entry_id; member_id; entry_type; points integer; order_id; created_at timestamp;"
        " loaded_at timestamp"
    ),
    id_prefix="L",
    id_column="entry_id",
    customer_column="member_id",
    time_column="created_at",
    time_sql="created_at",
    planted=COMMON,
    natural=PEOPLE,
    vary=vary_points,
    rejectable=lambda row: row["entry_type"] != "issued",  # no rejected row lowers a balance
    variable=lambda row: row["entry_type"] == "issued",
)
SUBSCRIPTIONS = Table(
    name="billing_subscriptions",
    columns=typed(
        "subscription_id; account_id; plan; mrr decimal(12,2); currency; status; started_on date;"
        " ended_on date; renewal_date date; loaded_at timestamp"
    ),
    natural=("foreign_currency_rows",),
)
CRM_CUSTOMERS = Table(
    name="crm_customers",
    columns=typed(
        "customer_id; account_id; full_name; email; country; customer_type; created_at timestamp;"
        " loaded_at timestamp"
    ),
    customer_column="customer_id",
    natural=(*PEOPLE, "untidy_country_rows"),
)
CRM_ACCOUNTS = Table(
    name="crm_accounts",
    columns=typed(
        "account_id; account_name; plan; industry; country; employee_count integer;"
        " created_at timestamp; loaded_at timestamp"
    ),
    natural=("untidy_plan_rows",),
)
GROUND_TRUTH_COLUMNS = typed("customer_id; week_start date; archetype; hidden_engagement double")

# ------------------------------------------------------------------------ chance, time and money


def stream(*names: str) -> random.Random:
    """A random stream of its own for these names (table, purpose, customer)."""
    return random.Random("/".join((str(SEED), *names)))


def poisson(rng: random.Random, mean: float) -> int:
    """Draw a Poisson number; meant for small means (below 30)."""
    limit = math.exp(-mean)
    count, product = 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def pick(rng: random.Random, weights: dict[str, float]) -> str:
    """Draw one key of `weights` (choice -> relative weight)."""
    return rng.choices(list(weights), list(weights.values()))[0]


def seconds(rng: random.Random, low: float, high: float) -> timedelta:
    """A random span of whole seconds between `low` and `high` seconds."""
    return timedelta(seconds=rng.randint(int(low), int(high)))


def money(cents: int) -> Decimal:
    """An amount with two decimals from whole cents."""
    return Decimal(cents).scaleb(-2)


def in_period(moment: datetime) -> bool:
    """Whether the moment (UTC) lies on one of the event days."""
    return PERIOD_START <= moment < PERIOD_END


def week_start(week: int) -> date:
    """The Monday of the week with this number (0 = the week of the first day)."""
    return FIRST_MONDAY + timedelta(weeks=week)


def week_of(day: date) -> int:
    """The number of the week a day lies in (may be negative before the period)."""
    return (day - FIRST_MONDAY).days // 7


def next_load(moment: datetime) -> datetime:
    """The first hourly load that can hold an event of this moment."""
    ready = moment + MIN_LOAD_DELAY
    hour = ready.replace(minute=0, second=0, microsecond=0)
    return hour if hour == ready else hour + HOUR


def clean_load_time(rng: random.Random, moment: datetime) -> datetime:
    """The load of an ordinary row: minutes to 20 hours later, never after the last load."""
    delay = rng.choices(LOAD_DELAY_HOURS, LOAD_DELAY_WEIGHTS)[0]
    return min(next_load(moment) + delay * HOUR, LAST_LOAD)


@cache
def day_weights(rhythm: Rhythm, week: int) -> tuple[tuple[date, ...], tuple[float, ...]]:
    """The days of a week within the period, and their weights (1.0 is an average day)."""
    days = tuple(
        day
        for day in (week_start(week) + timedelta(days=n) for n in range(7))
        if FIRST_DAY <= day <= LAST_DAY
    )
    weights = (rhythm.weekdays[day.weekday()] * rhythm.months.get(day.month, 1.0) for day in days)
    return days, tuple(weights)


@cache
def hour_marks(rhythm: Rhythm) -> tuple[float, ...]:
    """Cumulative weights of the 24 hours of a day."""
    return tuple(accumulate(rhythm.hours))


def time_of_day(rng: random.Random, day: date, rhythm: Rhythm) -> datetime:
    """A moment (UTC, whole seconds) on the day, by the hours of the rhythm."""
    hour = rng.choices(range(24), cum_weights=hour_marks(rhythm))[0]
    return datetime.combine(day, time(hour)) + seconds(rng, 0, 3599)


def moments_in_week(
    rng: random.Random, rhythm: Rhythm, week: int, weekly_rate: float
) -> list[datetime]:
    """Draw the moments (UTC, ascending) of a channel in one week for an average weekly rate."""
    days, weights = day_weights(rhythm, week)
    count = poisson(rng, weekly_rate * sum(weights) / 7)
    if not count:
        return []
    return sorted(time_of_day(rng, day, rhythm) for day in rng.choices(days, weights, k=count))


# ---------------------------------------------------------------------------------- population


@dataclass
class Account:
    """A firm that buys the product. `theme` is the tendency of its people, `turn` its week."""

    account_id: str
    name: str
    country: str
    industry: str
    employees: int
    theme: str
    turn: int
    started_on: date
    members: list[Customer] = field(default_factory=list)


@dataclass
class Customer:
    """One person with a hidden level of engagement (0..1) for every week."""

    customer_id: str
    name: str
    country: str
    account: Account | None
    archetype: str
    arrival: int  # week from which the customer exists
    levels: tuple[float, ...]
    in_crm: bool = True

    @property
    def account_id(self) -> str | None:
        """Id of the account, None for a consumer."""
        return self.account.account_id if self.account else None

    @property
    def is_business(self) -> bool:
        """Whether the customer belongs to an account."""
        return self.account is not None

    @property
    def email(self) -> str:
        """The personal address."""
        return f"{self.name.lower().replace(' ', '.')}@example.com"

    @property
    def currency(self) -> str:
        """The currency in which the customer pays."""
        return CURRENCY_OF_COUNTRY.get(self.country, HOME_CURRENCY)

    @property
    def is_ordinary(self) -> bool:
        """Whether the customer is neither staff, nor a test, nor erased."""
        return self.customer_id not in (*STAFF_IDS, *TEST_IDS, *ERASED_IDS)

    def level_on(self, day: date) -> float:
        """The hidden level on a day of the period."""
        return self.levels[week_of(day)]

    def moments(self, channel_name: str, rng: random.Random) -> Iterator[datetime]:
        """Draw the moments at which the customer uses a channel, ascending."""
        channel = CHANNELS[channel_name]
        rate = channel.business if self.is_business else channel.consumer
        taste = rng.lognormvariate(0, TASTE_SD) if self.is_ordinary else 1.0
        if rate == 0 or (self.is_ordinary and rng.random() >= channel.audience):
            return
        for week, level in enumerate(self.levels):
            if level > 0:
                yield from moments_in_week(rng, channel.rhythm, week, rate * taste * level)


def weekly_levels(rng: random.Random, archetype: str, turn: int) -> tuple[float, ...]:
    """Draw the hidden level (0..1, four decimals) of every week.

    Args:
        archetype: Key of ARCHETYPES.
        turn: Week of leaving for "gone", week of arrival for "new"; else without meaning.
    """
    if archetype == "silent":
        return (0.0,) * WEEKS
    kind = ARCHETYPES[archetype]
    start = rng.uniform(*kind.start)
    end = rng.uniform(*kind.end) if kind.end else start
    noise_sd = NOISE_SD * min(1.0, 2 * max(start, end))
    levels, noise = [], 0.0
    for week in range(WEEKS):
        noise = NOISE_MEMORY * noise + rng.gauss(0, noise_sd)
        level = start + (end - start) * week / (WEEKS - 1) + noise
        presence = 1.0
        if archetype == "gone":
            presence = (turn - week) / RAMP_WEEKS
        elif archetype == "new":
            presence = (week - turn + 1) / RAMP_WEEKS
        if presence <= 0:
            levels.append(0.0)
        else:
            level = min(1.0, max(LOWEST_LIVE_LEVEL, level * min(1.0, presence)))
            levels.append(round(level, 4))
    return tuple(levels)


def draw_turn(rng: random.Random, archetype: str) -> int:
    """Draw the week of leaving or arrival that fits an archetype (0 for all others)."""
    ranges = {"gone": LEAVING_WEEKS, "new": ARRIVAL_WEEKS}
    return rng.randint(*ranges[archetype]) if archetype in ranges else 0


def make_accounts() -> list[Account]:
    """Draw the accounts, still without people."""
    names = [f"{first} {second}" for first in ACCOUNT_FIRST for second in ACCOUNT_SECOND]
    stream("accounts", "names").shuffle(names)
    themes = {name: kind.theme_weight for name, kind in ARCHETYPES.items()}
    accounts = []
    for number, name in enumerate(names[:ACCOUNTS], 1):
        account_id = f"A{number:03d}"
        rng = stream("accounts", account_id)
        theme = pick(rng, themes)
        turn = draw_turn(rng, theme)
        started_on = FIRST_DAY - timedelta(days=rng.randint(30, 1100))
        accounts.append(
            Account(
                account_id=account_id,
                name=name,
                country=pick(rng, COUNTRIES),
                industry=rng.choice(INDUSTRIES),
                employees=int(rng.lognormvariate(4, 1.2)) + 2,
                theme=theme,
                turn=turn,
                started_on=week_start(turn) if theme == "new" else started_on,
            )
        )
    return accounts


def character(rng: random.Random, account: Account | None) -> tuple[str, int]:
    """Draw the archetype of a person and the week of the turn in it.

    All people of a new account are new; else a share of them follows the account's theme.
    """
    if account and account.theme == "new":
        return "new", account.turn + rng.randint(0, 3)
    if account and rng.random() < THEME_SHARE:
        return account.theme, account.turn + rng.randint(-3, 3)
    archetype = pick(rng, {name: kind.weight for name, kind in ARCHETYPES.items()})
    return archetype, draw_turn(rng, archetype)


def make_customers(accounts: list[Account]) -> list[Customer]:
    """Draw the people, put them into accounts, and choose the silent and the unknown ones."""
    names = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
    stream("customers", "names").shuffle(names)
    ids = [f"C{number:04d}" for number in range(1, CUSTOMERS + 1)]
    ordinary = [customer_id for customer_id in ids if customer_id not in ERASED_IDS]
    chosen = stream("customers", "special").sample(
        ordinary, SILENT_CUSTOMERS + NOT_IN_CRM_CUSTOMERS
    )
    silent, unknown = set(chosen[:SILENT_CUSTOMERS]), set(chosen[SILENT_CUSTOMERS:])
    empty_accounts = list(accounts)
    customers = []
    for customer_id, name in zip(ids, names, strict=False):
        rng = stream("customers", customer_id)
        account = None
        if customer_id == ERASED_BUSINESS_ID:
            account = next(a for a in accounts if a.theme == "steady")
        elif customer_id != ERASED_CONSUMER_ID and rng.random() >= CONSUMER_SHARE:
            account = empty_accounts.pop(0) if empty_accounts else rng.choice(accounts)
        archetype, turn = character(rng, account)
        arrival = turn if archetype == "new" else 0
        if customer_id in ERASED_IDS:
            archetype, arrival = "steady", 0
        elif customer_id in silent:
            archetype = "silent"
        customer = Customer(
            customer_id=customer_id,
            name=name,
            country=pick(rng, COUNTRIES) if account is None else account.country,
            account=account,
            archetype=archetype,
            arrival=arrival,
            levels=weekly_levels(rng, archetype, turn),
            in_crm=customer_id not in unknown,
        )
        customers.append(customer)
        if account:
            account.members.append(customer)
    return customers


def make_internals() -> list[Customer]:
    """The staff and the test users, all in the internal account."""
    account = Account(
        account_id=INTERNAL_ACCOUNT,
        name="Internal",
        country="DE",
        industry="software",
        employees=60,
        theme="steady",
        turn=0,
        started_on=FIRST_DAY - timedelta(days=1500),
    )
    for customer_id in (*STAFF_IDS, *TEST_IDS):
        archetype = "staff" if customer_id in STAFF_IDS else "test"
        name = f"{archetype.title()} {'One Two Three Four Five'.split()[int(customer_id[-2:]) - 1]}"
        levels = weekly_levels(stream("internals", customer_id), archetype, 0)
        account.members.append(
            Customer(customer_id, name, account.country, account, archetype, 0, levels)
        )
    return account.members


# ----------------------------------------------------------------------- behaviour, by channel


def finish(table: Table, rows: Iterable[Row]) -> list[Row]:
    """Drop what lies outside the period, sort by time, number the ids and add the load time."""
    kept = [row for row in rows if in_period(row[table.time_column])]
    kept.sort(key=lambda row: row[table.time_column])
    width = len(str(len(kept)))
    rng = stream(table.name, "load")
    for number, row in enumerate(kept, 1):
        row[table.id_column] = f"{table.id_prefix}{number:0{width}d}"
        row[table.load_column] = clean_load_time(rng, row[table.time_column])
    return kept


SESSION_EVENTS = (1, 4)
DEVICE_CHANGE_SHARE = 0.025  # of visits
LOGIN_SHARE = 0.45  # of visits on a device that is not known yet


class WebRecorder:
    """Collects the web events and hands out the numbers of devices and sessions."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.rows: list[Row] = []
        self.devices = 0
        self.sessions = 0

    def new_device(self) -> str:
        """A new anonymous id, as of a new device or emptied cookies."""
        self.devices += 1
        return f"V{self.devices:05d}"

    def session(
        self, rng: random.Random, start: datetime, device: str, agent: str, is_business: bool
    ) -> list[Row]:
        """Record one visit and return its rows, still without a user id."""
        self.sessions += 1
        rows = []
        moment = start
        names = list(WEB_EVENT_WEIGHTS)
        weights = [pair[0 if is_business else 1] for pair in WEB_EVENT_WEIGHTS.values()]
        count = rng.randint(*SESSION_EVENTS)
        for position, name in enumerate(["page_view", *rng.choices(names, weights, k=count - 1)]):
            first = position == 0
            rows.append(
                {
                    "anonymous_id": device,
                    "user_id": None,
                    "session_id": f"S{self.sessions:05d}",
                    "event_name": name,
                    "page_path": rng.choice(WEB_PATHS[name]),
                    "referrer": rng.choices(REFERRERS, REFERRER_WEIGHTS)[0] if first else None,
                    "user_agent": agent,
                    "occurred_at": moment,
                }
            )
            moment += seconds(rng, 10, 240)
        self.rows += rows
        return rows


def browse(recorder: WebRecorder, customer: Customer) -> None:
    """Record all web visits of a customer, who becomes known on a device at some visit.

    The first row that ties a device to the customer is kept free of faults, so that the fate of
    the anonymous rows before it is certain. Staff, tests and erased customers are known at once.
    """
    rng = stream("web", customer.customer_id)
    device, agent, known = "", "", False
    for start in customer.moments("web", rng):
        if not device or rng.random() < DEVICE_CHANGE_SHARE:
            device, agent = recorder.new_device(), rng.choice(USER_AGENTS)
            known = False
        rows = recorder.session(rng, start, device, agent, customer.is_business)
        rows = [row for row in rows if in_period(row["occurred_at"])]
        login = 0
        if not known:
            if not customer.is_ordinary:
                known = True
            elif rng.random() < LOGIN_SHARE:
                login, known = rng.randrange(len(rows)), True
            if known:
                rows[login]["_keep"] = True
        if known:
            for row in rows[login:]:
                row["user_id"] = customer.customer_id


def web_events(customers: list[Customer]) -> list[Row]:
    """The web events of the customers and of visitors who stay anonymous."""
    recorder = WebRecorder()
    for customer in customers:
        browse(recorder, customer)
    rng = stream("web", "visitors")
    for _ in range(ANONYMOUS_VISITORS):
        device, agent = recorder.new_device(), rng.choice(USER_AGENTS)
        week = rng.randrange(WEEKS)
        for start in moments_in_week(rng, BROWSING, week, 1.6):
            recorder.session(rng, start, device, agent, rng.random() < 0.5)
    rows = finish(WEB, recorder.rows)
    known = {row["anonymous_id"] for row in rows if row["user_id"]}
    for row in rows:
        if row["user_id"] is None:
            identified = row["anonymous_id"] in known
            row["_fate"] = "identified_later" if identified else "never_identified"
    return rows


def product_row(
    customer: Customer, name: str, moment: datetime, feature: str | None = None, quantity: int = 1
) -> Row:
    """One raw product event."""
    return {
        "user_id": customer.customer_id,
        "account_id": customer.account_id,
        "event_name": name,
        "feature_name": feature,
        "quantity": quantity,
        "occurred_at": moment,
    }


def product_visits(customer: Customer) -> Iterator[Row]:
    """The product events of one customer: a login and some work after it."""
    rng = stream("product", customer.customer_id)
    work = {"feature_used": 88, "project_added": 8, "team_member_added": 4}
    for moment in customer.moments("product", rng):
        yield product_row(customer, "login", moment)
        depth = 1 + poisson(rng, 1.2 * customer.level_on(moment.date()))
        for _ in range(depth):
            moment += seconds(rng, 20, 900)
            name = pick(rng, work)
            feature = rng.choices(FEATURES, FEATURE_WEIGHTS)[0] if name == "feature_used" else None
            quantity = rng.randint(1, 4) if name == "team_member_added" else 1
            yield product_row(customer, name, moment, feature, quantity)


def product_events(customers: list[Customer], upgrades: list[tuple[Account, date]]) -> list[Row]:
    """All product events, and one upgrade event of the keenest member per paid upgrade."""
    rows = [row for customer in customers for row in product_visits(customer)]
    rng = stream("product", "upgrades")
    for account, day in upgrades:
        keenest = max(account.members, key=lambda member: member.level_on(day))
        moment = time_of_day(rng, day, OFFICE)
        if keenest.level_on(day) > 0:
            rows.append(product_row(keenest, "upgrade", moment))
    return finish(PRODUCT, rows)


SUBSCRIBER_SHARE = 0.52
PROXY_SHARE = 0.14  # of subscribers, whose mail is opened by a machine first
BOUNCE_SHARE = 0.01
UNSUBSCRIBE_SHARE = 0.002
COMPLAINT_SHARE = 0.0005
CAMPAIGN_WEEKDAY = 2
CAMPAIGN_TIME = time(9)


def mail_reactions(rng: random.Random, open_chance: float) -> Iterator[tuple[str, float]]:
    """Draw what a person does with a mail: pairs of event and mean delay (seconds)."""
    if rng.random() < open_chance:
        yield "opened", 6 * 3600
        if rng.random() < 0.1 + 0.3 * open_chance:
            yield "clicked", 60
    elif rng.random() < UNSUBSCRIBE_SHARE:
        yield "unsubscribed", 3600
    elif rng.random() < COMPLAINT_SHARE:
        yield "complained", 3600


def mailbox(customer: Customer) -> Iterator[Row]:
    """The email events of one customer, until an unsubscription or complaint."""
    rng = stream("email", customer.customer_id)
    internal = not customer.is_ordinary
    if customer.archetype == "silent" or not (internal or rng.random() < SUBSCRIBER_SHARE):
        return
    has_proxy = rng.random() < PROXY_SHARE and not internal
    taste = rng.lognormvariate(0, TASTE_SD)
    agent = rng.choice(MAIL_AGENTS)
    for week in range(customer.arrival, WEEKS):
        moment = datetime.combine(
            week_start(week) + timedelta(days=CAMPAIGN_WEEKDAY), CAMPAIGN_TIME
        ) + seconds(rng, 0, 1800)
        if not in_period(moment):
            continue
        base = {
            "customer_id": customer.customer_id,
            "recipient_email": customer.email,
            "message_id": f"K{week:02d}-{customer.customer_id}",
            "campaign_id": f"K{week:02d}",
            "user_agent": None,
            "is_machine_open": False,
        }
        if rng.random() < BOUNCE_SHARE:
            yield base | {"event": "bounced", "occurred_epoch": moment}
            continue
        yield base | {"event": "delivered", "occurred_epoch": moment}
        if has_proxy:
            yield base | {
                "event": "opened",
                "user_agent": PRIVACY_PROXY_AGENT,
                "is_machine_open": True,
                "occurred_epoch": moment + seconds(rng, 2, 60),
            }
        open_chance = min(0.9, 0.8 * customer.levels[week] * taste)
        for event, mean_delay in mail_reactions(rng, open_chance):
            moment += timedelta(seconds=60 + int(rng.expovariate(1 / mean_delay)))
            yield base | {"event": event, "user_agent": agent, "occurred_epoch": moment}
            if event in ("unsubscribed", "complained"):
                return


def email_events(customers: list[Customer]) -> list[Row]:
    """The email events of all subscribers."""
    return finish(EMAIL, (row for customer in customers for row in mailbox(customer)))


def social_interactions(customers: list[Customer]) -> list[Row]:
    """What customers do on social networks; each prefers one network."""
    rows = []
    for customer in customers:
        rng = stream("social", customer.customer_id)
        favourite = rng.choice(NETWORKS)
        for moment in customer.moments("social", rng):
            rows.append(
                {
                    "customer_id": customer.customer_id,
                    "network": favourite if rng.random() < 0.8 else rng.choice(NETWORKS),
                    "interaction_type": pick(rng, SOCIAL_WEIGHTS),
                    "post_id": f"B{(moment.date() - FIRST_DAY).days // 3:03d}",
                    "created_at": moment,
                }
            )
    return finish(SOCIAL, rows)


CANCELLED_SHARE = 0.04
TEST_ORDER_SHARE = 0.0015
REFUND_SHARE = 0.07
FULL_REFUND_SHARE = 0.6
DAY_SECONDS = 86_400


def order_status(rng: random.Random, customer: Customer) -> str:
    """Draw the status of an order; the orders of test users are tests."""
    if customer.customer_id in TEST_IDS or rng.random() < TEST_ORDER_SHARE:
        return "test"
    return "cancelled" if rng.random() < CANCELLED_SHARE else "completed"


def shop_orders(customers: list[Customer]) -> list[Row]:
    """The orders; each carries its lines (sku, quantity, cents) as a note."""
    rows = []
    for customer in customers:
        rng = stream("shop", customer.customer_id)
        for moment in customer.moments("shop", rng):
            skus = rng.sample(list(SKU_PRICE_CENTS), rng.choices((1, 2, 3, 4), (45, 30, 15, 10))[0])
            lines = [
                (sku, rng.choices((1, 2, 3), (75, 18, 7))[0], SKU_PRICE_CENTS[sku]) for sku in skus
            ]
            rows.append(
                {
                    "customer_id": customer.customer_id,
                    "order_status": order_status(rng, customer),
                    "currency": customer.currency,
                    "total_amount": money(sum(count * cents for _, count, cents in lines)),
                    "ordered_at": moment,
                    "_lines": lines,
                }
            )
    return finish(ORDERS, rows)


def shop_order_lines(orders: list[Row]) -> list[Row]:
    """One row for every line of the orders, in the order of the order ids."""
    return [
        {
            "order_id": order["order_id"],
            "line_number": number,
            "sku": sku,
            "quantity": quantity,
            "unit_price": money(cents),
        }
        for order in orders
        for number, (sku, quantity, cents) in enumerate(order["_lines"], 1)
    ]


def shop_refunds(orders: list[Row]) -> list[Row]:
    """Full or partial refunds, days after a completed order, which is then kept free of faults."""
    rng = stream("refunds")
    rows = []
    for order in orders:
        if order["order_status"] != "completed" or rng.random() >= REFUND_SHARE:
            continue
        share = 1 if rng.random() < FULL_REFUND_SHARE else rng.uniform(0.2, 0.8)
        order["_keep"] = True
        rows.append(
            {
                "order_id": order["order_id"],
                "customer_id": order["customer_id"],
                "amount": money(round(int(order["total_amount"] * 100) * share)),
                "currency": order["currency"],
                "refunded_at": order["ordered_at"]
                + seconds(rng, 2 * DAY_SECONDS, 20 * DAY_SECONDS),
            }
        )
    return finish(REFUNDS, rows)


MEMBER_SHARES = (0.15, 0.6)  # of business customers and of consumers
PROGRAMME_LAUNCH_DAYS = 45  # customers of the first day join within this many days
POINTS_LIFE = timedelta(days=180)
BONUS_POINTS = 50
SMALLEST_REDEMPTION = 50


class PointsAccount:
    """The loyalty account of one member: entries, and lots of points that are still unused."""

    def __init__(self, member_id: str) -> None:
        """Open the account of a member, without points."""
        self.member_id = member_id
        self.entries: list[Row] = []
        self.lots: list[tuple[datetime, int]] = []  # oldest first

    @property
    def balance(self) -> int:
        """Points that can be redeemed."""
        return sum(points for _, points in self.lots)

    def add(self, moment: datetime, kind: str, points: int, order_id: str | None = None) -> None:
        """Write an entry; no two entries of a member share a second."""
        if self.entries:
            moment = max(moment, self.entries[-1]["created_at"] + timedelta(seconds=1))
        self.entries.append(
            {
                "member_id": self.member_id,
                "entry_type": kind,
                "points": points,
                "order_id": order_id,
                "created_at": moment,
            }
        )
        if kind == "issued":
            self.lots.append((moment, points))

    def redeem(self, moment: datetime, points: int) -> None:
        """Use up points, the oldest first."""
        self.add(moment, "redeemed", points)
        while points:
            issued_at, available = self.lots.pop(0)
            used = min(points, available)
            points -= used
            if available > used:
                self.lots.insert(0, (issued_at, available - used))

    def expire(self, moment: datetime) -> None:
        """Let the lots lapse that are older than the life of a point."""
        expired = sum(points for issued_at, points in self.lots if moment - issued_at > POINTS_LIFE)
        if expired:
            self.lots = [lot for lot in self.lots if moment - lot[0] <= POINTS_LIFE]
            self.add(moment, "expired", expired)


def first_days_of_months() -> list[date]:
    """The first days of the months within the period."""
    days = (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
    return [day for day in days if day.day == 1]


def enrolment(rng: random.Random, customer: Customer) -> datetime:
    """Draw the moment at which a member joins: at the launch, or soon after arrival."""
    first = FIRST_DAY if customer.arrival == 0 else week_start(customer.arrival)
    return time_of_day(rng, first + timedelta(days=rng.randint(0, PROGRAMME_LAUNCH_DAYS)), LEISURE)


def points_history(customer: Customer, orders: list[Row]) -> list[Row]:
    """The ledger of one customer (empty if not a member), from the customer's orders."""
    rng = stream("loyalty", customer.customer_id)
    share = MEMBER_SHARES[0 if customer.is_business else 1]
    member = rng.random() < share or not customer.is_ordinary
    joined = enrolment(rng, customer)
    if not member or customer.archetype == "silent" or customer.level_on(joined.date()) == 0:
        return []
    diary: list[tuple[datetime, str, Row | None]] = [
        (order["ordered_at"] + seconds(rng, 60, 1800), "order", order)
        for order in orders
        if order["order_status"] == "completed"
    ]
    diary += [(moment, "bonus", None) for moment in customer.moments("loyalty_bonus", rng)]
    diary += [(moment, "redeem", None) for moment in customer.moments("loyalty_redeem", rng)]
    diary += [(datetime.combine(day, time(2)), "sweep", None) for day in first_days_of_months()]
    account = PointsAccount(customer.customer_id)
    account.add(joined, "enrolled", 0)
    for moment, kind, order in sorted(diary, key=lambda entry: entry[:2]):
        if moment <= joined or not in_period(moment):
            continue
        if kind == "order":
            order["_keep"] = True
            account.add(moment, "issued", int(order["total_amount"]), order["order_id"])
        elif kind == "bonus":
            account.add(moment, "issued", BONUS_POINTS)
        elif kind == "redeem" and account.balance >= SMALLEST_REDEMPTION:
            account.redeem(moment, rng.randrange(SMALLEST_REDEMPTION, account.balance + 1))
        elif kind == "sweep":
            account.expire(moment)
    return account.entries


def loyalty_ledger(customers: list[Customer], orders: list[Row]) -> list[Row]:
    """The loyalty entries of all members."""
    orders_of: dict[str, list[Row]] = {customer.customer_id: [] for customer in customers}
    for order in orders:
        orders_of[order["customer_id"]].append(order)
    histories = (points_history(c, orders_of[c.customer_id]) for c in customers)
    return finish(LOYALTY, (entry for history in histories for entry in history))


AGENT_SHARE = 0.12
REOPEN_SHARE = 0.12
CLOSE_SHARE = 0.7
RATING_SHARE = 0.45


def support_tickets(customers: list[Customer]) -> list[Row]:
    """The tickets; each notes the level of its customer, which colours the rating."""
    rows = []
    for customer in customers:
        rng = stream("support", customer.customer_id)
        for moment in customer.moments("support", rng):
            rows.append(
                {
                    "customer_id": customer.customer_id,
                    "subject_category": rng.choice(TICKET_CATEGORIES),
                    "priority": rng.choices(PRIORITIES, PRIORITY_WEIGHTS)[0],
                    "initiated_by": "agent" if rng.random() < AGENT_SHARE else "customer",
                    "created_at": moment,
                    "_level": customer.level_on(moment.date()),
                }
            )
    return finish(TICKETS, rows)


def status_path(rng: random.Random) -> list[str]:
    """Draw the statuses a ticket runs through, from open to solved or closed."""
    middle = rng.choice((["answered"], ["pending", "answered"], ["answered", "pending"]))
    path = ["open", *middle, "solved"]
    if rng.random() < REOPEN_SHARE:
        path += ["reopened", "answered", "solved"]
    if rng.random() < CLOSE_SHARE:
        path.append("closed")
    return path


def ticket_outcomes(tickets: list[Row]) -> tuple[list[Row], list[Row]]:
    """The status changes and the satisfaction ratings of the tickets.

    A rated ticket is kept free of faults, so that no rating refers to a rejected ticket.
    """
    changes, ratings = [], []
    for ticket in tickets:
        rng = stream("outcome", ticket["ticket_id"])
        moment = ticket["created_at"]
        solved_at = moment
        for status in status_path(rng):
            changes.append(
                {"ticket_id": ticket["ticket_id"], "status": status, "changed_at": moment}
            )
            if status == "solved":
                solved_at = moment
            moment += seconds(rng, 600, 2 * DAY_SECONDS)
        rated_at = solved_at + seconds(rng, 600, 3 * DAY_SECONDS)
        if rng.random() < RATING_SHARE and in_period(rated_at):
            ticket["_keep"] = True
            rating = round(rng.gauss(3.2 + 1.4 * ticket["_level"], 0.9))
            ratings.append(
                {
                    "ticket_id": ticket["ticket_id"],
                    "customer_id": ticket["customer_id"],
                    "rating": min(5, max(1, rating)),
                    "rated_at": rated_at,
                }
            )
    return finish(STATUS_CHANGES, changes), finish(CSAT, ratings)


UNSCORED_SHARE = 0.1
COMMENT_SHARE = 0.35


def survey_comment(rng: random.Random, name: str, score: int) -> str | None:
    """Draw a free text, now and then signed with the name."""
    if rng.random() >= COMMENT_SHARE:
        return None
    mood = "bad" if score <= 6 else "fair" if score <= 8 else "good"
    signature = f" - {name}" if rng.random() < 0.3 else ""
    return rng.choice(COMMENTS[mood]) + signature


def survey_responses(customers: list[Customer]) -> list[Row]:
    """The answers to the survey waves; engaged customers answer more and score higher."""
    rows = []
    for customer in customers:
        rng = stream("survey", customer.customer_id)
        for wave in NPS_WAVES:
            level = customer.level_on(wave)
            if level == 0 or rng.random() >= 0.08 + 0.5 * level:
                continue
            score = min(10, max(0, round(rng.gauss(5 + 4.5 * level, 1.8))))
            scored = rng.random() >= UNSCORED_SHARE
            day = wave + timedelta(days=rng.randint(0, 20))
            rows.append(
                {
                    "customer_id": customer.customer_id,
                    "survey": "nps",
                    "score": score if scored else None,
                    "comment": survey_comment(rng, customer.name, score) if scored else None,
                    "submitted_at": time_of_day(rng, day, LEISURE),
                }
            )
    return finish(SURVEYS, rows)


# ----------------------------------------------------------------------------- billing and CRM


@dataclass
class Subscription:
    """The subscription of an account while its history is played through."""

    account: Account
    plan: str
    mrr_cents: int
    since: date
    rows: list[Row] = field(default_factory=list)
    cancelled: bool = False

    def close_period(self, ended_on: date | None, status: str = "active") -> None:
        """Write the row of the current period; `ended_on` is its last day, None while running."""
        self.rows.append(
            {
                "subscription_id": f"S{self.account.account_id[1:]}",
                "account_id": self.account.account_id,
                "plan": self.plan,
                "mrr": money(self.mrr_cents),
                "currency": CURRENCY_OF_COUNTRY.get(self.account.country, HOME_CURRENCY),
                "status": status,
                "started_on": self.since,
                "ended_on": ended_on,
                "renewal_date": next_anniversary(self.account.started_on, ended_on or LAST_DAY),
                "loaded_at": SNAPSHOT_LOAD,
            }
        )

    def change(self, day: date, plan: str, mrr_cents: int) -> None:
        """End the current period the day before and begin another one."""
        self.close_period(day - timedelta(days=1))
        self.plan, self.mrr_cents, self.since = plan, mrr_cents, day

    def cancel(self, day: date) -> None:
        """End the subscription on the day."""
        self.close_period(day, "cancelled")
        self.cancelled = True


def next_anniversary(start: date, after: date) -> date:
    """The first yearly return of `start` that lies after `after` (29 February counts as 28)."""
    day = min(start.day, 28) if start.month == 2 else start.day
    this_year = date(after.year, start.month, day)
    return this_year if this_year > after else this_year.replace(year=after.year + 1)


def plan_price(plan: str, account: Account) -> int:
    """Monthly price in cents: the price of the plan and a tenth of it per person."""
    return PLAN_PRICE_CENTS[plan] * (10 + len(account.members)) // 10


def review(subscription: Subscription, day: date, rng: random.Random) -> str:
    """Decide once a month, by the mean level of the members, what becomes of a subscription.

    Returns:
        "upgrade", "downgrade", "cancel", "expand" (more seats) or "stay".
    """
    members = subscription.account.members
    mean = sum(member.level_on(day) for member in members) / len(members)
    rank = PLANS.index(subscription.plan)
    chance = rng.random()
    if mean > 0.45 and chance < 0.06:
        return "upgrade" if rank < len(PLANS) - 1 else "expand"
    if mean < 0.2 and chance < 0.12:
        return "downgrade" if rank > 1 and chance < 0.05 else "cancel"
    if mean > 0.3 and rank > 0 and chance > 0.97:
        return "expand"
    return "stay"


def subscription_history(account: Account) -> tuple[Subscription, list[date]]:
    """Play the subscription of an account through; also the days of its upgrades."""
    rng = stream("billing", account.account_id)
    plan = rng.choices(PLANS, PLAN_WEIGHTS)[0]
    subscription = Subscription(account, plan, plan_price(plan, account), account.started_on)
    upgrades = []
    for month in first_days_of_months():
        day = month + timedelta(days=rng.randint(0, 27))
        if day > LAST_DAY or day <= subscription.since + timedelta(days=30):
            continue
        verdict = review(subscription, day, rng)
        rank = PLANS.index(subscription.plan)
        if verdict == "cancel":
            subscription.cancel(day)
            return subscription, upgrades
        if verdict == "expand":
            subscription.change(day, subscription.plan, subscription.mrr_cents * 11 // 10)
        elif verdict != "stay":
            plan = PLANS[rank + (1 if verdict == "upgrade" else -1)]
            subscription.change(day, plan, plan_price(plan, account))
            if verdict == "upgrade":
                upgrades.append(day)
    subscription.close_period(None)
    return subscription, upgrades


def untidy(rng: random.Random, text: str) -> str:
    """The text, or now and then the same with another case or white space around it."""
    if rng.random() >= UNTIDY_SHARE:
        return text
    swapped = text.swapcase()
    return rng.choice((swapped, text.title(), f" {text}", f"{text} ", f" {swapped} "))


def crm_customers(customers: list[Customer]) -> list[Row]:
    """The people as the CRM knows them."""
    rows = []
    for customer in customers:
        if not customer.in_crm:
            continue
        rng = stream("crm", customer.customer_id)
        arrival = week_start(customer.arrival) if customer.arrival else FIRST_DAY
        days_before = 1 if customer.arrival else rng.randint(1, 1400)
        rows.append(
            {
                "customer_id": customer.customer_id,
                "account_id": customer.account_id,
                "full_name": customer.name,
                "email": customer.email,
                "country": untidy(rng, customer.country),
                "customer_type": "business" if customer.is_business else "consumer",
                "created_at": time_of_day(rng, arrival - timedelta(days=days_before), OFFICE),
                "loaded_at": SNAPSHOT_LOAD,
            }
        )
    return sorted(rows, key=lambda row: row["customer_id"])


def crm_accounts(accounts: list[Account], plans: dict[str, str]) -> list[Row]:
    """The accounts as the CRM knows them; `plans` has the current plan by account id."""
    rows = []
    for account in accounts:
        rng = stream("crm", account.account_id)
        rows.append(
            {
                "account_id": account.account_id,
                "account_name": account.name,
                "plan": untidy(rng, plans[account.account_id]),
                "industry": account.industry,
                "country": account.country,
                "employee_count": account.employees,
                "created_at": time_of_day(rng, account.started_on - timedelta(days=1), OFFICE),
                "loaded_at": SNAPSHOT_LOAD,
            }
        )
    return sorted(rows, key=lambda row: row["account_id"])


# -------------------------------------------------------------------------------------- faults


BLANKS = (None, "", "  ")
BAD_TIME_STRINGS = ("not a date", "", "2026-13-45T99:00:00Z")
IMPOSSIBLE_TIMES = (datetime(1970, 1, 1), datetime(1900, 1, 1))
FUTURE_HOURS = ((2, 72), (24 * 30, 24 * 1400))  # a slip of the clock, or years


def blank(rng: random.Random, row: Row, column: str) -> None:
    """Take the value of a column away: null, empty or white space."""
    row[column] = rng.choice(BLANKS)


def dirty_case(rng: random.Random, text: str) -> str:
    """Write a text with another case and perhaps spaces, so that it surely differs."""
    changed = rng.choice((text.swapcase(), text.title(), text))
    if changed == text or rng.random() < 0.5:
        return rng.choice((f" {changed}", f"{changed} ", f" {changed} "))
    return changed


def plant_missing_customer(rng: random.Random, row: Row, table: Table) -> None:
    """Nobody is named; in the web table neither the user nor the device."""
    blank(rng, row, table.customer_column)
    if table is WEB:
        row["user_id"] = row["anonymous_id"] = None


def plant_unusable_time(rng: random.Random, row: Row, table: Table) -> None:
    """A time that cannot be read: a bad string in the web table, null elsewhere."""
    row[table.time_column] = rng.choice(BAD_TIME_STRINGS) if table is WEB else None


def plant_impossible_time(rng: random.Random, row: Row, table: Table) -> None:
    """A time that a broken device sends."""
    row[table.time_column] = rng.choice(IMPOSSIBLE_TIMES)


def plant_future_time(rng: random.Random, row: Row, table: Table) -> None:
    """A time hours to years after the load."""
    hours = rng.randint(*rng.choice(FUTURE_HOURS))
    row[table.time_column] = row[table.load_column] + hours * HOUR + seconds(rng, 0, 3599)


def plant_late_load(rng: random.Random, row: Row, table: Table) -> None:
    """A load that comes 2 to 60 days after the event."""
    moment = row[table.time_column]
    room = int((LAST_LOAD - moment) / HOUR) - 2
    hours = rng.randint(LATE_HOURS[0], min(LATE_HOURS[1], room))
    row[table.load_column] = next_load(moment + hours * HOUR)


def plant_mixed_case(rng: random.Random, row: Row, table: Table) -> None:
    """An event name or customer id in another case or with white space."""
    columns = [column for column in (table.customer_column, table.event_column) if column]
    column = rng.choice(columns)
    row[column] = dirty_case(rng, row[column])


def plant_unknown_event(_rng: random.Random, row: Row, table: Table) -> None:
    """An event name that no documentation mentions."""
    row[table.event_column] = UNKNOWN_EVENTS[table.name]
    if table is PRODUCT:
        row["feature_name"] = None
        row["quantity"] = 1


PLANTERS: dict[str, Callable[[random.Random, Row, Table], None]] = {
    "missing_id": lambda rng, row, table: blank(rng, row, table.id_column),
    "missing_customer": plant_missing_customer,
    "missing_event_type": lambda rng, row, table: blank(rng, row, table.event_column),
    "unusable_time": plant_unusable_time,
    "impossible_time": plant_impossible_time,
    "future_time": plant_future_time,
    "negative_quantity": lambda rng, row, _table: row.update(quantity=-rng.randint(1, 3)),
    "unknown_event_type": plant_unknown_event,
    "bot_rows": lambda rng, row, _table: row.update(user_agent=rng.choice(BOT_AGENTS)),
    "late_rows": plant_late_load,
    "mixed_case_rows": plant_mixed_case,
}


def duplicate(rng: random.Random, row: Row, table: Table, same_load: bool) -> Row:
    """A second copy of a row: loaded later (identical or changed), or at once and changed."""
    copy = dict(row)
    if same_load or rng.random() < 0.5:
        table.vary(copy, rng)
    if not same_load:
        copy[table.load_column] += rng.randint(*RELOAD_HOURS) * HOUR
    return copy


class FaultPlanter:
    """Plants faults into the rows of one table, at most one per row.

    Rows of staff, tests and erased customers, rows with any other natural condition and rows
    marked to be kept are never touched.
    """

    def __init__(self, table: Table, rows: list[Row]) -> None:
        """Collect the rows that may carry a fault, in random order."""
        self.table = table
        self.rows = rows
        self.rng = stream(table.name, "faults")
        self.size = len(rows)
        self.pool = [row for row in rows if self.is_touchable(row)]
        self.rng.shuffle(self.pool)

    def is_touchable(self, row: Row) -> bool:
        """Whether a fault may be planted on the row."""
        return not row.get("_keep") and not any(
            NATURAL[name](row, self.table) for name in self.table.natural
        )

    def suits(self, fault: str, row: Row) -> bool:
        """Whether the row can carry this fault and stay in the bounds of the load times."""
        if fault in REJECTING:
            return self.table.rejectable(row)
        if fault.startswith("duplicate"):
            latest = LAST_LOAD - RELOAD_HOURS[1] * HOUR
            return self.table.variable(row) and row[self.table.load_column] <= latest
        if fault == "late_rows":
            return row[self.table.time_column] <= LAST_LOAD - timedelta(days=3)
        return True

    def take(self, fault: str, count: int) -> list[Row]:
        """Take `count` suitable rows out of the pool, for good."""
        taken, rest = [], []
        for row in self.pool:
            wanted = len(taken) < count and self.suits(fault, row)
            (taken if wanted else rest).append(row)
        if len(taken) < count:
            raise RuntimeError(f"{self.table.name}: too few rows for {fault}")
        self.pool = rest
        return taken

    def reuse_ids(self, count: int) -> None:
        """Let `count` rows carry the id of a row of another date."""
        column = self.table.time_column
        for first in self.take("reused_ids", count):
            day = first[column].date()
            position = next(n for n, row in enumerate(self.pool) if row[column].date() != day)
            second = self.pool.pop(position)
            second[self.table.id_column] = first[self.table.id_column]

    def plant(self, fault: str) -> int:
        """Plant one kind of fault and return the number of planted rows."""
        count = max(MIN_FAULTS, round(FAULT_SHARES[fault] * self.size))
        if fault == "reused_ids":
            self.reuse_ids(count)
        elif fault.startswith("duplicate"):
            same_load = fault == "duplicate_rows_same_load"
            self.rows += [
                duplicate(self.rng, row, self.table, same_load) for row in self.take(fault, count)
            ]
        else:
            for row in self.take(fault, count):
                PLANTERS[fault](self.rng, row, self.table)
        return count


def plant_faults(table: Table, rows: list[Row]) -> dict[str, int]:
    """Plant all faults of a table in place, count them and the natural conditions.

    Returns:
        Number of rows by fault.
    """
    planter = FaultPlanter(table, rows)
    faults = {fault: planter.plant(fault) for fault in table.planted}
    for name in table.natural:
        faults[name] = sum(NATURAL[name](row, table) for row in rows)
    if table.planted:
        rows.sort(key=lambda row: row[table.load_column])
    return faults


def without_orphans(children: list[Row], parents: list[Row], column: str) -> list[Row]:
    """Drop the children of parents whose id was taken away."""
    known = {parent[column] for parent in parents}
    return [child for child in children if child[column] in known]


# -------------------------------------------------------------------------------------- output


def encode_times(table: Table, rows: list[Row]) -> None:
    """Turn the event times into the form of the source: ISO text (web) or seconds (email)."""
    column = table.time_column
    for row in rows:
        moment = row[column]
        if isinstance(moment, datetime):
            if table is WEB:
                row[column] = f"{moment.isoformat()}Z"
            else:
                row[column] = int(moment.replace(tzinfo=UTC).timestamp())


def sql_text(text: object) -> str:
    """A string literal in SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def write_parquet(
    connection: duckdb.DuckDBPyConnection, path: Path, columns: dict[str, str], rows: list[Row]
) -> None:
    """Write rows to a parquet file in their given order, with the given SQL types."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "rows.json"
        with lines.open("w", encoding="utf-8") as file:
            for row in rows:
                values = {column: row[column] for column in columns}
                file.write(json.dumps(values, default=str) + "\n")
        types = ", ".join(f"{name}: {sql_text(kind)}" for name, kind in columns.items())
        connection.execute(
            f"COPY (SELECT * FROM read_json({sql_text(lines)}, format = 'newline_delimited',"
            f" columns = {{{types}}})) TO {sql_text(path)} (FORMAT parquet, COMPRESSION zstd,"
            " COMPRESSION_LEVEL 12)"
        )


def ground_truth(customers: list[Customer]) -> list[Row]:
    """The hidden level of every customer and week."""
    return [
        {
            "customer_id": customer.customer_id,
            "week_start": week_start(week),
            "archetype": customer.archetype,
            "hidden_engagement": level,
        }
        for customer in customers
        for week, level in enumerate(customer.levels)
    ]


def make_manifest(
    customers: list[Customer],
    accounts: list[Account],
    rows_of: list[tuple[Table, list[Row]]],
    faults_of: dict[str, dict[str, int]],
) -> Row:
    """Describe the written data: sizes, dates, and rows and faults per table."""
    loads = [row[table.load_column] for table, rows in rows_of if table.planted for row in rows]
    archetypes = [customer.archetype for customer in customers]
    return {
        "seed": SEED,
        "first_event_date": FIRST_DAY.isoformat(),
        "last_event_date": LAST_DAY.isoformat(),
        "last_loaded_at": f"{max(loads).isoformat()}Z",
        "accounts": len(accounts),
        "archetypes": {name: archetypes.count(name) for name in sorted(set(archetypes))},
        "customers": len(customers),
        "customers_not_in_crm": sum(not customer.in_crm for customer in customers),
        "erased_customers": list(ERASED_IDS),
        "ground_truth_rows": len(customers) * WEEKS,
        "silent_customers": archetypes.count("silent"),
        "staff": list(STAFF_IDS),
        "test_customers": list(TEST_IDS),
        "tables": {
            table.name: {"rows": len(rows), "faults": faults_of[table.name]}
            for table, rows in rows_of
        },
    }


# ---------------------------------------------------------------------------------- self-check

COUNTED_BY_CONDITION = {  # fault: SQL condition on a written row; a null is no fault
    "missing_id": "trim(coalesce({id}, '')) = ''",
    "missing_customer": "trim(coalesce({customer}, '')) = ''{and_no_device}",
    "missing_event_type": "trim(coalesce({event}, '')) = ''",
    "unusable_time": "{time} IS NULL",
    "impossible_time": "{time} < TIMESTAMP '2000-01-01'",
    "future_time": "{time} > {load} + INTERVAL 1 HOUR",
    "negative_quantity": "quantity < 0",
    "unknown_event_type": "{event} IN ('beta_widget_clicked', 'legacy_sync_ran')",
    "bot_rows": "regexp_matches(lower(user_agent), 'bot|spider|crawler')",
    "late_rows": "{load} - {time} BETWEEN INTERVAL 48 HOUR AND INTERVAL 1440 HOUR",
    "mixed_case_rows": (
        "(trim({customer}) <> '' AND {customer} <> upper(trim({customer})))"
        " OR (trim({event}) <> '' AND {event} <> lower(trim({event})))"
    ),
    "staff_rows": "{customer} LIKE 'STAFF%'",
    "test_customer_rows": "{customer} LIKE 'TEST%'",
    "erased_rows": "{customer} IN ('C0013', 'C0666')",
    "machine_opens": "is_machine_open",
    "foreign_currency_rows": "currency <> 'EUR'",
    "test_order_rows": "order_status = 'test'",
    "agent_initiated_rows": "initiated_by = 'agent'",
    "unscored_rows": "score IS NULL",
    "untidy_country_rows": "country <> upper(trim(country))",
    "untidy_plan_rows": "plan <> lower(trim(plan))",
    "never_identified_rows": "user_id IS NULL AND anonymous_id NOT IN ({known_devices})",
    "identified_later_rows": "user_id IS NULL AND anonymous_id IN ({known_devices})",
}
COUNTED_BY_GROUP = {  # fault: SQL on the groups of the rows with a usable id and time
    "duplicate_rows": "SELECT coalesce(sum(n - 1), 0) FROM days WHERE first_load < last_load",
    "duplicate_rows_same_load": "SELECT coalesce(sum(n - 1), 0) FROM days"
    " WHERE first_load = last_load",
    "reused_ids": "SELECT count(*) - count(DISTINCT id) FROM days",
}
KNOWN_DEVICES = (
    "SELECT anonymous_id FROM {file} WHERE trim(user_id) <> '' AND anonymous_id IS NOT NULL"
)
DAYS = (
    "WITH days AS (SELECT {id} AS id, CAST({time} AS date) AS day, count(*) AS n,"
    " min({load}) AS first_load, max({load}) AS last_load FROM {file}"
    " WHERE trim({id}) <> '' AND {time} IS NOT NULL GROUP BY ALL) "
)


def recount(connection: duckdb.DuckDBPyConnection, table: Table, file: Path, fault: str) -> int:
    """Count a fault anew from a written file."""
    source = f"read_parquet({sql_text(file)})"
    names = {
        "id": table.id_column,
        "customer": table.customer_column or "NULL",
        "event": table.event_column or "NULL",
        "time": table.time_sql,
        "load": table.load_column,
        "file": source,
        "and_no_device": " AND anonymous_id IS NULL" if table is WEB else "",
        "known_devices": KNOWN_DEVICES.format(file=source),
    }
    if fault in COUNTED_BY_GROUP:
        query = (DAYS + COUNTED_BY_GROUP[fault]).format(**names)
    else:
        condition = COUNTED_BY_CONDITION[fault].format(**names)
        query = f"SELECT count(*) FROM {source} WHERE {condition}"
    return int(connection.execute(query).fetchone()[0])


def check_files(
    connection: duckdb.DuckDBPyConnection, raw: Path, tables: Iterable[Table], manifest: Row
) -> None:
    """Compare the manifest with the written files.

    Raises:
        RuntimeError: If a count differs, naming every difference.
    """
    problems = []
    for table in tables:
        file = raw / f"{table.name}.parquet"
        expected = manifest["tables"][table.name]
        size = connection.execute(f"SELECT count(*) FROM read_parquet({sql_text(file)})")
        found = {"rows": size.fetchone()[0]}
        found |= {fault: recount(connection, table, file, fault) for fault in expected["faults"]}
        for name, count in ({"rows": expected["rows"]} | expected["faults"]).items():
            if found[name] != count:
                problems.append(f"{table.name}.{name}: {count} planted, {found[name]} found")
    if problems:
        raise RuntimeError("the written files differ from the manifest:\n" + "\n".join(problems))


# ---------------------------------------------------------------------------------------- main


def make_raw_tables(
    accounts: list[Account], customers: list[Customer]
) -> tuple[list[tuple[Table, list[Row]]], dict[str, dict[str, int]]]:
    """Draw all raw tables and plant their faults.

    Returns:
        The rows by table in the order of writing, and the faults by name of the table.
    """
    internals = make_internals()
    actors = [customer for customer in customers if customer.archetype != "silent"] + internals
    billing = [subscription_history(account) for account in accounts]
    upgrades = [(subscription.account, day) for subscription, days in billing for day in days]
    plans = {INTERNAL_ACCOUNT: "enterprise"} | {
        subscription.account.account_id: "free" if subscription.cancelled else subscription.plan
        for subscription, _ in billing
    }
    orders = shop_orders(actors)
    order_lines = shop_order_lines(orders)
    tickets = support_tickets(actors)
    status_changes, ratings = ticket_outcomes(tickets)
    rows_of = {
        WEB.name: web_events(actors),
        PRODUCT.name: product_events(actors, upgrades),
        EMAIL.name: email_events(actors),
        SOCIAL.name: social_interactions(actors),
        ORDERS.name: orders,
        REFUNDS.name: shop_refunds(orders),
        LOYALTY.name: loyalty_ledger(actors, orders),
        TICKETS.name: tickets,
        CSAT.name: ratings,
        SURVEYS.name: survey_responses(actors),
        SUBSCRIPTIONS.name: [row for subscription, _ in billing for row in subscription.rows],
        CRM_CUSTOMERS.name: crm_customers(customers + internals),
        CRM_ACCOUNTS.name: crm_accounts([*accounts, internals[0].account], plans),
    }
    by_name = {table.name: table for table in TABLES}
    faults_of = {name: plant_faults(by_name[name], rows) for name, rows in rows_of.items()}
    rows_of[ORDER_LINES.name] = without_orphans(order_lines, orders, "order_id")
    rows_of[STATUS_CHANGES.name] = without_orphans(status_changes, tickets, "ticket_id")
    faults_of |= {ORDER_LINES.name: {}, STATUS_CHANGES.name: {}}
    return [(table, rows_of[table.name]) for table in TABLES], faults_of


TABLES = (
    WEB,
    PRODUCT,
    EMAIL,
    SOCIAL,
    ORDERS,
    ORDER_LINES,
    REFUNDS,
    TICKETS,
    STATUS_CHANGES,
    CSAT,
    SURVEYS,
    LOYALTY,
    SUBSCRIPTIONS,
    CRM_CUSTOMERS,
    CRM_ACCOUNTS,
)


def generate(out: Path) -> Row:
    """Write all files below `out` and check them.

    Returns:
        The content of the manifest.
    """
    raw = out / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    accounts = make_accounts()
    customers = make_customers(accounts)
    rows_of, faults_of = make_raw_tables(accounts, customers)
    manifest = make_manifest(customers, accounts, rows_of, faults_of)
    with duckdb.connect(config={"threads": 1}) as connection:
        for table, rows in rows_of:
            if table in (WEB, EMAIL):
                encode_times(table, rows)
            write_parquet(connection, raw / f"{table.name}.parquet", table.columns, rows)
        write_parquet(
            connection, out / "ground_truth.parquet", GROUND_TRUTH_COLUMNS, ground_truth(customers)
        )
        check_files(connection, raw, TABLES, manifest)
    text = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
    (out / "manifest.json").write_text(text, encoding="utf-8")
    return manifest


def summary(manifest: Row) -> str:
    """A short text: rows and planted faults per table."""
    lines = [f"{'table':<32}{'rows':>8}  faults"]
    for name, table in manifest["tables"].items():
        lines.append(f"{name:<32}{table['rows']:>8}{sum(table['faults'].values()):>8}")
    total = sum(table["rows"] for table in manifest["tables"].values())
    return "\n".join([*lines, f"{'total':<32}{total:>8}"])


def main() -> None:
    """Read the command line, write the files and print a summary."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(__file__).resolve().parent,
        help="folder to write to (default: the folder of this program)",
    )
    print(summary(generate(parser.parse_args().out)))


if __name__ == "__main__":
    main()
