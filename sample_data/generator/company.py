"""The accounts and customers, their hidden engagement, and the exports of billing and the CRM."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from random import Random

from . import chance
from .chance import DAY, FIRST_DAY, LAST_DAY, MONDAYS, OFFICE, pick, stream
from .tables import Record, Row, as_rows

CUSTOMERS, ACCOUNTS = 2000, 300
SILENT_CUSTOMERS = 150  # in the CRM, without a single event
UNKNOWN_CUSTOMERS = 15  # in the events, not in the CRM
CONSUMER_SHARE = 0.35
THEME_SHARE = 0.55  # of the people of an account, who follow its theme

STAFF_IDS = tuple(f"STAFF{n:02d}" for n in range(1, 6))
TEST_IDS = tuple(f"TEST{n:02d}" for n in range(1, 4))
ERASED_BUSINESS_ID, ERASED_CONSUMER_ID = ERASED_IDS = ("C0013", "C0666")

FIRST_NAMES = """Ada Anton Bea Boris Carla Cedric Dina Dario Edda Emil Fay Felix Greta Gustav
Hanna Hugo Ines Ivo Jana Jonas Kaja Karl Lea Linus Mara Milan Nora Nils Olga Oskar Pia Paul Quinn
Rosa Ruben Selma Simon Tara Theo Uma Viktor Vera Wanda Willem Xenia Yara Yuri Zoe Zeno Amira"""
LAST_NAMES = """Abend Alder Bachmann Barlow Birch Brandt Calder Carver Dorn Dupree Eklund Elster
Falk Fenner Garnet Gruber Hale Holm Iversen Jansen Jarvis Keller Kestrel Lang Lindqvist Marsh
Moreau Nagel Norden Ohara Osterman Pavel Perrin Quist Rask Rowan Sable Sommer Tanner Thorne
Ulrich Vance Vogel Weiss Winter Yates Young Zander Zeller Zorn"""
FIRM_FIRST = "Amber Basalt Cedar Delta Ember Fjord Granite Harbor Indigo Juniper"
FIRM_SECOND = """Foods Freight Glass Health Labs Logistics Machines Media Mills Mobility Motors
Optics Paper Power Print Retail Robotics Software Steel Textiles Timber Tools Toys Travel Trust
Valley Ventures Water Wind Works"""
INDUSTRIES = ("manufacturing", "retail", "software", "logistics", "health", "media", "education")
EURO_COUNTRIES = {"DE": 26, "FR": 14, "NL": 11, "AT": 8, "IT": 9, "ES": 9, "BE": 5, "IE": 4}
COUNTRIES = EURO_COUNTRIES | {"US": 8, "GB": 6}  # relative weights
HOME_CURRENCY = "EUR"
CURRENCIES = dict.fromkeys(EURO_COUNTRIES, HOME_CURRENCY) | {"US": "USD", "GB": "GBP"}

# How hidden engagement runs over the year: the weights among people and among themes of accounts,
# the ranges of the level at the beginning and at the end (None keeps it).
ARCHETYPES = {
    "steady": (30, 45, (0.25, 0.70), None),
    "growing": (13, 18, (0.05, 0.30), (0.60, 0.95)),
    "declining": (13, 17, (0.60, 0.95), (0.05, 0.30)),
    "gone": (13, 10, (0.35, 0.80), None),
    "new": (15, 10, (0.30, 0.85), None),
    "whale": (2, 0, (0.88, 0.98), None),
    "dormant": (14, 0, (0.01, 0.06), None),
    "silent": (0, 0, (0.0, 0.0), None),
    "staff": (0, 0, (0.85, 0.95), None),
    "test": (0, 0, (0.30, 0.40), None),
}
PEOPLE_WEIGHTS = {archetype: weight for archetype, (weight, *_) in ARCHETYPES.items()}
THEME_WEIGHTS = {archetype: weight for archetype, (_, weight, *_) in ARCHETYPES.items()}
TURN_WEEKS = {"gone": (8, 50), "new": (4, 48)}  # range of the week of leaving or arrival
RAMP_WEEKS = 4  # a leaving customer fades, and a new one warms up, over this many weeks
NOISE_MEMORY, NOISE_SD = 0.7, 0.05
LOWEST_LEVEL = 0.005  # while present

# Visits per week of a fully engaged person of an account and consumer, when, and share of users.
CHANNELS = {
    "web": (0.8, 0.95, chance.BROWSING, 1.0),
    "product": (1.25, 0.0, OFFICE, 1.0),
    "social": (0.9, 1.2, chance.LEISURE, 0.25),
    "shop": (0.07, 0.45, chance.SHOPPING, 1.0),
    "support": (0.09, 0.06, OFFICE, 1.0),
    "loyalty_bonus": (0.03, 0.05, chance.LEISURE, 1.0),
    "loyalty_redeem": (0.12, 0.12, chance.LEISURE, 1.0),
}
TASTE_SD = 0.4  # of the logarithm of a customer's taste for a channel

SNAPSHOT_LOAD = datetime(2026, 7, 1, 5)
PLANS = ("free", "starter", "pro", "enterprise")  # by rank
PLAN_WEIGHTS = dict(zip(PLANS, (22, 36, 29, 13), strict=True))
PLAN_PRICE_CENTS = dict(zip(PLANS, (0, 4900, 19900, 90000), strict=True))
STEPS = {"upgrade": 1, "downgrade": -1, "expand": 0}  # in the rank of the plan
SHORTEST_PERIOD = 30 * DAY
UNTIDY_SHARE = 0.06  # of the countries and plans in the CRM


@dataclass
class Account:
    """A firm; `theme` is the archetype that many of its people follow, `turn` the theme's week."""

    id: str
    name: str
    theme: str
    turn: int
    started_on: date
    country: str
    industry: str
    employees: int
    members: list["Customer"] = field(default_factory=list)
    plan: str = "enterprise"
    upgrades: list[date] = field(default_factory=list)  # days of changes to a higher plan


@dataclass
class Customer:
    """A person, who may work for an account, with a hidden level (0..1) for every week."""

    id: str
    name: str
    country: str
    account: Account | None
    archetype: str
    arrival: date  # at the earliest the first event day
    levels: list[float]
    in_crm: bool = True
    purchases: list[dict] = field(default_factory=list)  # completed orders

    @property
    def email(self) -> str:
        """The personal address."""
        return f"{self.name.lower().replace(' ', '.')}@example.com"

    @property
    def is_ordinary(self) -> bool:
        """Whether the customer is neither staff, nor a test, nor erased."""
        return self.id not in (*STAFF_IDS, *TEST_IDS, *ERASED_IDS)

    def level_on(self, day: date) -> float:
        """The hidden level of engagement (0..1) on a day of the period."""
        return self.levels[(day - MONDAYS[0]).days // 7]

    def moments(self, rng: Random, channel_name: str) -> Iterator[datetime]:
        """Draw the moments at which the customer uses a channel, ascending."""
        business_rate, consumer_rate, rhythm, audience = CHANNELS[channel_name]
        rate = business_rate if self.account else consumer_rate
        taste = rng.lognormvariate(0, TASTE_SD) if self.is_ordinary else 1.0
        if rate == 0 or (self.is_ordinary and rng.random() >= audience):
            return
        for week, level in enumerate(self.levels):
            if level > 0:
                yield from rhythm.moments(rng, week, rate * taste * level)


def make_accounts() -> list[Account]:
    """Draw the accounts, still without people."""
    accounts = []
    for number, name in enumerate(_names("accounts", FIRM_FIRST, FIRM_SECOND)[:ACCOUNTS], 1):
        account_id = f"A{number:03d}"
        rng = stream("accounts", account_id)
        theme, turn = _draw_archetype(rng, THEME_WEIGHTS)
        days_before = rng.randint(30, 1100)
        started_on = MONDAYS[turn] if theme == "new" else FIRST_DAY - days_before * DAY
        firm = (pick(rng, COUNTRIES), rng.choice(INDUSTRIES), int(rng.lognormvariate(4, 1.2)) + 2)
        accounts.append(Account(account_id, name, theme, turn, started_on, *firm))
    return accounts


def make_customers(accounts: list[Account]) -> list[Customer]:
    """Draw the people, put them into accounts, and choose the silent and the unknown ones."""
    ids = [f"C{number:04d}" for number in range(1, CUSTOMERS + 1)]
    others = [customer_id for customer_id in ids if customer_id not in ERASED_IDS]
    chosen = stream("customers", "special").sample(others, SILENT_CUSTOMERS + UNKNOWN_CUSTOMERS)
    silent, unknown = set(chosen[:SILENT_CUSTOMERS]), set(chosen[SILENT_CUSTOMERS:])
    empty_accounts = list(accounts)
    customers = []
    for customer_id, name in zip(ids, _names("customers", FIRST_NAMES, LAST_NAMES), strict=False):
        rng = stream("customers", customer_id)
        account = None
        if customer_id == ERASED_BUSINESS_ID:
            account = next(account for account in accounts if account.theme == "steady")
        elif customer_id != ERASED_CONSUMER_ID and rng.random() >= CONSUMER_SHARE:
            account = empty_accounts.pop(0) if empty_accounts else rng.choice(accounts)
        archetype, turn = _character(rng, account)
        archetype = "steady" if customer_id in ERASED_IDS else archetype
        arrival = MONDAYS[turn] if archetype == "new" else FIRST_DAY
        archetype = "silent" if customer_id in silent else archetype
        country = account.country if account else pick(rng, COUNTRIES)
        levels, in_crm = _weekly_levels(rng, archetype, turn), customer_id not in unknown
        customer = Customer(customer_id, name, country, account, archetype, arrival, levels, in_crm)
        customers.append(customer)
        if account:
            account.members.append(customer)
    return customers


def make_internals() -> Account:
    """The company itself as an account, with its staff and its test users."""
    account = Account("A000", "Internal", "steady", 0, FIRST_DAY - 1500 * DAY, "DE", "software", 60)
    for archetype, ids in (("staff", STAFF_IDS), ("test", TEST_IDS)):
        for customer_id, number in zip(ids, "One Two Three Four Five".split(), strict=False):
            name = f"{archetype.title()} {number}"
            levels = _weekly_levels(stream("internals", customer_id), archetype, 0)
            customer = Customer(customer_id, name, "DE", account, archetype, FIRST_DAY, levels)
            account.members.append(customer)
    return account


def _names(subject: str, first: str, second: str) -> list[str]:
    names = [f"{one} {other}" for one in first.split() for other in second.split()]
    stream(subject, "names").shuffle(names)
    return names


def _draw_archetype(rng: Random, weights: dict[str, float]) -> tuple[str, int]:
    archetype = pick(rng, weights)
    return archetype, rng.randint(*TURN_WEEKS[archetype]) if archetype in TURN_WEEKS else 0


def _character(rng: Random, account: Account | None) -> tuple[str, int]:
    """Draw the archetype of a person and the week of the turn in it."""
    if account and account.theme == "new":  # then all of its people are
        return "new", account.turn + rng.randint(0, 3)
    if account and rng.random() < THEME_SHARE:
        return account.theme, account.turn + rng.randint(-3, 3)
    return _draw_archetype(rng, PEOPLE_WEIGHTS)


def _weekly_levels(rng: Random, archetype: str, turn: int) -> list[float]:
    """Draw the hidden level of every week; `turn` is the week of leaving or arrival."""
    _, _, start_range, end_range = ARCHETYPES[archetype]
    start = rng.uniform(*start_range)
    end = rng.uniform(*end_range) if end_range else start
    levels, noise, noise_sd = [], 0.0, NOISE_SD * min(1.0, 2 * max(start, end))
    for week in range(len(MONDAYS)):
        ramps = {"gone": turn - week, "new": week - turn + 1, "silent": 0}
        presence = min(1.0, ramps.get(archetype, RAMP_WEEKS) / RAMP_WEEKS)
        noise = NOISE_MEMORY * noise + rng.gauss(0, noise_sd)
        level = (start + (end - start) * week / (len(MONDAYS) - 1) + noise) * presence
        levels.append(round(min(1.0, max(LOWEST_LEVEL, level)), 4) if presence > 0 else 0.0)
    return levels


def draw_exports(accounts: list[Account], customers: list[Customer]) -> dict[str, list[Row]]:
    """Draw the rows of all exports; the first account, the company itself, pays nothing."""
    records = {
        "billing_subscriptions": chain.from_iterable(map(_subscription_periods, accounts[1:])),
        "crm_accounts": map(_account_profile, accounts),
        "crm_customers": (_customer_profile(customer) for customer in customers if customer.in_crm),
    }
    return {table: as_rows(table, found) for table, found in records.items()}


def _subscription_periods(account: Account) -> Iterator[Record]:
    """Play the subscription of an account through, from month to month."""
    rng = stream("billing", account.id)
    plan, since = pick(rng, PLAN_WEIGHTS), account.started_on

    def price() -> int:  # per month: the price of the plan and a tenth of it per person
        return PLAN_PRICE_CENTS[plan] * (10 + len(account.members)) // 10

    def period(ended_on: date | None, status: str = "active") -> Record:
        ids, currency = (f"S{account.id[1:]}", account.id), CURRENCIES[account.country]
        renewal_date = _anniversary(account.started_on, ended_on or LAST_DAY)
        return *ids, plan, cents, currency, status, since, ended_on, renewal_date, SNAPSHOT_LOAD

    cents = price()
    for month in chance.MONTH_STARTS:
        day = month + rng.randint(0, 27) * DAY
        if day > LAST_DAY or day <= since + SHORTEST_PERIOD:
            continue
        verdict = _review(rng, account, PLANS.index(plan), day)
        if verdict == "cancel":
            yield period(day, "cancelled")
            account.plan = PLANS[0]
            return
        if verdict == "stay":
            continue
        yield period(day - DAY)
        since = day
        plan = PLANS[PLANS.index(plan) + STEPS[verdict]]
        cents = cents * 11 // 10 if verdict == "expand" else price()
        account.upgrades += [day] if verdict == "upgrade" else []
    account.plan = plan
    yield period(None)


def _review(rng: Random, account: Account, rank: int, day: date) -> str:
    """Decide by the mean level of the members what becomes of a plan; to expand is more seats."""
    mean = sum(member.level_on(day) for member in account.members) / len(account.members)
    luck = rng.random()
    if mean > 0.45 and luck < 0.06:
        return "upgrade" if rank < len(PLANS) - 1 else "expand"
    if mean < 0.2 and luck < 0.12:
        return "downgrade" if rank > 1 and luck < 0.05 else "cancel"
    return "expand" if mean > 0.3 and rank > 0 and luck > 0.97 else "stay"


def _anniversary(start: date, after: date) -> date:
    """The first yearly return of `start` that lies after `after` (29 February counts as 28)."""
    day = min(start.day, 28) if start.month == 2 else start.day
    this_year = date(after.year, start.month, day)
    return this_year if this_year > after else this_year.replace(year=after.year + 1)


def _account_profile(account: Account) -> Record:
    rng = stream("crm", account.id)
    plan = _untidy(rng, account.plan)
    firm = (account.name, plan, account.industry, account.country, account.employees)
    return account.id, *firm, OFFICE.moment(rng, account.started_on - DAY), SNAPSHOT_LOAD


def _customer_profile(customer: Customer) -> Record:
    rng = stream("crm", customer.id)
    days_before = 1 if customer.arrival > FIRST_DAY else rng.randint(1, 1400)
    country = _untidy(rng, customer.country)
    created_at = OFFICE.moment(rng, customer.arrival - days_before * DAY)
    employer, kind = (customer.account.id, "business") if customer.account else (None, "consumer")
    person = (employer, customer.name, customer.email, country, kind)
    return customer.id, *person, created_at, SNAPSHOT_LOAD


def _untidy(rng: Random, text: str) -> str:
    """The text, or now and then the same with another case or white space around it."""
    swap = text.swapcase()
    variants = (swap, text.title(), f" {text}", f"{text} ", f" {swap} ")
    return rng.choice(variants) if rng.random() < UNTIDY_SHARE else text
