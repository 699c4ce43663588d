"""What customers do: the clean rows of the tables of events.

The functions of a customer and a random stream are named after their table and yield the records of
that customer, from the column after the customer on.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, count
from random import Random

from . import chance
from .chance import DAY, FIRST_DAY, LAST_DAY, LEISURE, MONDAYS, in_period, pick, seconds, stream
from .company import CURRENCIES, TASTE_SD, TEST_IDS, Account, Customer
from .tables import Record, Row, as_events, as_rows

DAY_SECONDS = 86_400

ANONYMOUS_VISITORS, ANONYMOUS_WEEKLY_RATE = 1500, 1.6  # browse in one week, never become known
SESSION_EVENTS = (1, 4)
DEVICE_CHANGE_SHARE, LOGIN_SHARE = 0.025, 0.45  # of visits, of those on an unknown device
DEVICES = ("Desktop", "Phone", "Tablet")
USER_AGENTS = [f"{device} Browser {n}.0" for device in DEVICES for n in (8, 9, 11)]
REFERRERS = {None: 40, "https://search.example/": 35, "https://news.example/reviews": 8}
REFERRERS |= {"https://partner.example/": 7, "https://mail.example/": 10}  # relative weights
WEB_PAGES = {  # by event
    "page_view": ("/", "/features", "/blog", "/blog/tips", "/shop", "/shop/new", "/help", "/about"),
    "search": ("/search",),
    "video_played": ("/videos/tour", "/videos/start", "/videos/expert"),
    "add_to_cart": ("/shop/item", "/shop/offers"),
    "checkout_started": ("/checkout",),
    "form_submitted": ("/contact", "/demo", "/newsletter"),
    "pricing_viewed": ("/pricing",),
}
BUSINESS_INTERESTS = (60, 9, 8, 3, 1, 5, 10)  # relative weights of these events
CONSUMER_INTERESTS = (55, 12, 5, 14, 6, 3, 2)

WORK = {"feature_used": 88, "project_added": 8, "team_member_added": 4}
COMMON_FEATURES = {"board": 30, "report": 20, "export": 12, "automation": 8}
FEATURES = COMMON_FEATURES | {"search": 10, "calendar": 10, "api": 4, "dashboard": 16}

SUBSCRIBER_SHARE, BOUNCE_SHARE = 0.52, 0.01
PROXY_SHARE = 0.14  # of subscribers, whose mail is opened by a machine first
FAREWELLS = {"unsubscribed": 0.002, "complained": 0.0005}  # shares of the mails that stay unopened
MEAN_DELAYS = {"opened": 6 * 3600, "clicked": 60, "unsubscribed": 3600, "complained": 3600}
CAMPAIGN_WEEKDAY, CAMPAIGN_TIME = 2, time(9)
MAIL_AGENTS = ("Mail App 5.2", "Mail App 6.0", "Webmail 3.0", "Desktop Mail 11")
PRIVACY_PROXY_AGENT = "Mail Privacy Proxy 1.0"

NETWORKS = ("chirpline", "facewall", "linkyard", "pixpost")
SOCIAL_ACTS = {"like": 65, "comment": 17, "share": 12, "follow": 6}
FAVOURITE_SHARE, DAYS_PER_POST = 0.8, 3

SKU_PRICE_CENTS = {f"SKU{n:02d}": 490 + (n * 1370) % 9000 for n in range(1, 41)}
LINES_PER_ORDER = {1: 45, 2: 30, 3: 15, 4: 10}
QUANTITIES = {1: 75, 2: 18, 3: 7}
CANCELLED_SHARE, TEST_ORDER_SHARE = 0.04, 0.0015
REFUND_SHARE, FULL_REFUND_SHARE = 0.07, 0.6

BUSINESS_MEMBER_SHARE, CONSUMER_MEMBER_SHARE = 0.15, 0.6
JOINING_DAYS = 45  # customers join within this many days of the first day or of their arrival
POINTS_LIFE = 180 * DAY
BONUS_POINTS = SMALLEST_REDEMPTION = 50
SWEEP_TIME = time(2)  # of the first of a month, when old points expire

CATEGORIES = ("billing", "bug", "how_to", "delivery", "account", "feature_request")
PRIORITIES = {"low": 25, "normal": 55, "high": 15, "urgent": 5}
FIRST_ANSWERS = (["answered"], ["pending", "answered"], ["answered", "pending"])
AGENT_SHARE, REOPEN_SHARE, CLOSE_SHARE, RATING_SHARE = 0.12, 0.12, 0.7, 0.45

NPS_WAVES = (date(2025, 7, 7), date(2025, 10, 6), date(2026, 1, 12), date(2026, 4, 13))
WAVE_DAYS = 20
UNSCORED_SHARE, COMMENT_SHARE, SIGNED_SHARE = 0.1, 0.35, 0.3
COMMENTS = {
    "bad": ("Nobody called me back.", "Too slow for our team.", "Not worth the price for me."),
    "fair": ("It does the job.", "Good, but the reports are hard to find.", "Delivery was fine."),
    "good": ("I recommend it to friends.", "My team likes it a lot.", "Great help from support!"),
}


def draw_events(accounts: list[Account], customers: list[Customer]) -> dict[str, list[Row]]:
    """Draw the rows of all tables of events."""

    def gather(behaviour: Callable, others: Iterable[Record] = ()) -> list[Row]:
        table = behaviour.__name__
        records = (
            (customer.id, *record)
            for customer in customers
            for record in behaviour(customer, stream(table.split("_")[0], customer.id))
        )
        return as_events(table, chain(records, others))

    orders, tickets = gather(shop_orders), gather(support_tickets)
    others = (email_events, social_interactions, survey_responses, loyalty_ledger)
    return {
        "web_page_events": web_page_events(customers),
        "product_events": gather(product_events, upgrade_events(accounts)),
        "shop_orders": orders,
        **order_outcomes(orders),
        "support_tickets": tickets,
        **ticket_outcomes(tickets),
        **{behaviour.__name__: gather(behaviour) for behaviour in others},
    }


def web_page_events(customers: list[Customer]) -> list[Row]:
    """The visits; a row without a customer notes whether its device gets one later (`_fate`)."""
    site = _WebSite()
    visits = [site.browse(customer, stream("web", customer.id)) for customer in customers]
    rows = as_events("web_page_events", chain(*visits, site.visitors(stream("web", "visitors"))))
    known = {row["anonymous_id"] for row in rows if row["customer"]}
    for row in rows:
        fate = "identified_later" if row["anonymous_id"] in known else "never_identified"
        row["_fate"] = None if row["customer"] else fate
    return rows


class _WebSite:
    def __init__(self) -> None:
        self.devices, self.sessions = count(1), count(1)

    def device(self, rng: Random) -> tuple[str, str]:
        return f"V{next(self.devices):05d}", rng.choice(USER_AGENTS)

    def visit(self, rng: Random, agent: str, moment: datetime, is_business: bool) -> list[Record]:
        """The session, event, page, referrer, agent and moment of all events of a visit."""
        session = f"S{next(self.sessions):05d}"
        weights = BUSINESS_INTERESTS if is_business else CONSUMER_INTERESTS
        more = rng.randint(*SESSION_EVENTS) - 1
        events = []
        for event in ("page_view", *rng.choices(list(WEB_PAGES), weights, k=more)):
            page = rng.choice(WEB_PAGES[event])
            referrer = None if events else pick(rng, REFERRERS)
            events.append((session, event, page, referrer, agent, moment))
            moment += seconds(rng, 10, 240)
        return [event for event in events if in_period(event[-1])]

    def browse(self, customer: Customer, rng: Random) -> Iterator[Record]:
        """The visits of a customer, who becomes known on a device at some visit, or at once."""
        device, agent, known = "", "", False
        for start in customer.moments(rng, "web"):
            if not device or rng.random() < DEVICE_CHANGE_SHARE:
                device, agent, known = *self.device(rng), False
            events = self.visit(rng, agent, start, customer.account is not None)
            logs_in = not known and (not customer.is_ordinary or rng.random() < LOGIN_SHARE)
            first = rng.randrange(len(events)) if logs_in and customer.is_ordinary else 0
            login = first if logs_in else None  # ties the device to the customer; to be kept
            for position, event in enumerate(events):
                known = known or position == login
                yield device, customer.id if known else None, *event, position == login

    def visitors(self, rng: Random) -> Iterator[Record]:
        """The visits of people who never become known, each in one week."""
        for _ in range(ANONYMOUS_VISITORS):
            device, agent = self.device(rng)
            week = rng.randrange(len(MONDAYS))
            for start in chance.BROWSING.moments(rng, week, ANONYMOUS_WEEKLY_RATE):
                for event in self.visit(rng, agent, start, rng.random() < 0.5):
                    yield device, None, *event, False


def product_events(customer: Customer, rng: Random) -> Iterator[Record]:
    """Logins, and some work after each."""
    for moment in customer.moments(rng, "product"):
        yield customer.account.id, "login", None, 1, moment
        for _ in range(1 + chance.poisson(rng, 1.2 * customer.level_on(moment.date()))):
            moment += seconds(rng, 20, 900)
            event = pick(rng, WORK)
            feature = pick(rng, FEATURES) if event == "feature_used" else None
            quantity = rng.randint(1, 4) if event == "team_member_added" else 1
            yield customer.account.id, event, feature, quantity, moment


def upgrade_events(accounts: list[Account]) -> Iterator[Record]:
    """The product events of changes to a higher plan, by the keenest member of the account."""
    rng = stream("product", "upgrades")
    for account in accounts:
        for day in account.upgrades:
            keenest = max(account.members, key=lambda member, day=day: member.level_on(day))
            yield keenest.id, account.id, "upgrade", None, 1, chance.OFFICE.moment(rng, day)


def email_events(customer: Customer, rng: Random) -> Iterator[Record]:
    """The mails of a weekly campaign and the reactions, until one ends the subscription."""
    if customer.is_ordinary and (not any(customer.levels) or rng.random() >= SUBSCRIBER_SHARE):
        return
    has_proxy = rng.random() < PROXY_SHARE and customer.is_ordinary
    taste = rng.lognormvariate(0, TASTE_SD)
    agent = rng.choice(MAIL_AGENTS)
    for week, monday in enumerate(MONDAYS):
        sent_on = monday + CAMPAIGN_WEEKDAY * DAY
        if not customer.arrival <= sent_on <= LAST_DAY:
            continue
        moment = datetime.combine(sent_on, CAMPAIGN_TIME) + seconds(rng, 0, 1800)
        mail = (customer.email, f"K{week:02d}-{customer.id}", f"K{week:02d}")
        if rng.random() < BOUNCE_SHARE:
            yield *mail, "bounced", None, False, moment
            continue
        yield *mail, "delivered", None, False, moment
        if has_proxy:
            yield *mail, "opened", PRIVACY_PROXY_AGENT, True, moment + seconds(rng, 2, 60)
        open_chance = min(0.9, 0.8 * customer.levels[week] * taste)
        farewells = (event for event, share in FAREWELLS.items() if rng.random() < share)
        reaction = "opened" if rng.random() < open_chance else next(farewells, None)
        while reaction:
            moment += timedelta(seconds=60 + int(rng.expovariate(1 / MEAN_DELAYS[reaction])))
            yield *mail, reaction, agent, False, moment
            if reaction in FAREWELLS:
                return
            clicks = reaction == "opened" and rng.random() < 0.1 + 0.3 * open_chance
            reaction = "clicked" if clicks else None


def social_interactions(customer: Customer, rng: Random) -> Iterator[Record]:
    """What a customer does on social networks, mostly on a favourite one."""
    favourite = rng.choice(NETWORKS)
    for moment in customer.moments(rng, "social"):
        network = favourite if rng.random() < FAVOURITE_SHARE else rng.choice(NETWORKS)
        post = f"B{(moment.date() - FIRST_DAY).days // DAYS_PER_POST:03d}"
        yield network, pick(rng, SOCIAL_ACTS), post, moment


def shop_orders(customer: Customer, rng: Random) -> Iterator[Record]:
    """The orders of a customer; each notes its lines (sku, quantity, cents) and the customer."""
    for moment in customer.moments(rng, "shop"):
        skus = rng.sample(list(SKU_PRICE_CENTS), pick(rng, LINES_PER_ORDER))
        lines = [(sku, pick(rng, QUANTITIES), SKU_PRICE_CENTS[sku]) for sku in skus]
        is_test = customer.id in TEST_IDS or rng.random() < TEST_ORDER_SHARE
        is_cancelled = not is_test and rng.random() < CANCELLED_SHARE
        status = "test" if is_test else "cancelled" if is_cancelled else "completed"
        total = sum(quantity * cents for _, quantity, cents in lines)
        yield status, CURRENCIES[customer.country], total, moment, lines, customer


def order_outcomes(orders: list[Row]) -> dict[str, list[Row]]:
    """The order lines and refunds (whose orders stay free of faults) by table; notes purchases."""
    lines, refunds = [], []
    rng = stream("refunds")
    for order in orders:
        for number, line in enumerate(order["_lines"], 1):
            lines.append((order["id"], number, *line))
        if order["order_status"] != "completed":
            continue
        order["_customer"].purchases.append(order)
        if rng.random() < REFUND_SHARE:
            order["_keep"] = True
            share = 1 if rng.random() < FULL_REFUND_SHARE else rng.uniform(0.2, 0.8)
            amount = round(order["total_amount"] * share)
            moment = order["time"] + seconds(rng, 2 * DAY_SECONDS, 20 * DAY_SECONDS)
            refunds.append((order["id"], order["customer"], amount, order["currency"], moment))
    lines = as_rows("shop_order_lines", lines)
    return {"shop_order_lines": lines, "shop_refunds": as_events("shop_refunds", refunds)}


def loyalty_ledger(customer: Customer, rng: Random) -> Iterator[Record]:
    """The points of a member, the oldest used first; orders that bring some stay free of faults."""
    share = BUSINESS_MEMBER_SHARE if customer.account else CONSUMER_MEMBER_SHARE
    is_member = rng.random() < share or not customer.is_ordinary
    joined = LEISURE.moment(rng, customer.arrival + rng.randint(0, JOINING_DAYS) * DAY)
    if not is_member or customer.level_on(joined.date()) == 0:
        return
    diary = [(row["time"] + seconds(rng, 60, 1800), "order", row) for row in customer.purchases]
    diary += [(moment, "bonus", None) for moment in customer.moments(rng, "loyalty_bonus")]
    diary += [(moment, "redeem", None) for moment in customer.moments(rng, "loyalty_redeem")]
    diary += [(datetime.combine(day, SWEEP_TIME), "sweep", None) for day in chance.MONTH_STARTS]
    yield "enrolled", 0, None, joined
    issued, used, last = [], 0, joined
    for moment, kind, order in sorted(diary, key=lambda entry: entry[:2]):
        if moment <= joined or not in_period(moment):
            continue
        entry, points, order_id = "issued", BONUS_POINTS, None
        if kind == "order":
            order["_keep"] = True
            points, order_id = order["total_amount"] // 100, order["id"]
        elif kind == "redeem":
            balance = sum(amount for _, amount in issued) - used
            if balance < SMALLEST_REDEMPTION:
                continue
            entry, points = "redeemed", rng.randrange(SMALLEST_REDEMPTION, balance + 1)
        elif kind == "sweep":
            old = sum(amount for issued_at, amount in issued if moment - issued_at > POINTS_LIFE)
            entry, points = "expired", old - used
        if points <= 0:
            continue
        last = max(moment, last + timedelta(seconds=1))
        yield entry, points, order_id, last
        if entry == "issued":
            issued.append((last, points))
        else:
            used += points


def support_tickets(customer: Customer, rng: Random) -> Iterator[Record]:
    """The tickets of a customer; each notes the level, which colours the rating."""
    for moment in customer.moments(rng, "support"):
        category, priority = rng.choice(CATEGORIES), pick(rng, PRIORITIES)
        initiated_by = "agent" if rng.random() < AGENT_SHARE else "customer"
        yield category, priority, initiated_by, moment, customer.level_on(moment.date())


def ticket_outcomes(tickets: list[Row]) -> dict[str, list[Row]]:
    """The status changes and ratings (whose tickets stay free of faults) by table."""
    changes, ratings = [], []
    for ticket in tickets:
        rng = stream("outcome", ticket["id"])
        path = ["open", *rng.choice(FIRST_ANSWERS), "solved"]
        path += ["reopened", "answered", "solved"] if rng.random() < REOPEN_SHARE else []
        path += ["closed"] if rng.random() < CLOSE_SHARE else []
        moment = solved_at = ticket["time"]
        for status in path:
            changes.append((ticket["id"], status, moment))
            if status == "solved":
                solved_at = moment
            moment += seconds(rng, 600, 2 * DAY_SECONDS)
        rated_at = solved_at + seconds(rng, 600, 3 * DAY_SECONDS)
        if rng.random() < RATING_SHARE and in_period(rated_at):
            ticket["_keep"] = True
            rating = min(5, max(1, round(rng.gauss(3.2 + 1.4 * ticket["_level"], 0.9))))
            ratings.append((ticket["id"], ticket["customer"], rating, rated_at))
    outcomes = {"support_ticket_status_changes": changes, "support_csat_ratings": ratings}
    return {table: as_events(table, records) for table, records in outcomes.items()}


def survey_responses(customer: Customer, rng: Random) -> Iterator[Record]:
    """The answers to the survey waves; engaged customers answer more and score higher."""
    for wave in NPS_WAVES:
        level = customer.level_on(wave)
        if level == 0 or rng.random() >= 0.08 + 0.5 * level:
            continue
        score = min(10, max(0, round(rng.gauss(5 + 4.5 * level, 1.8))))
        comment = None
        is_scored = rng.random() >= UNSCORED_SHARE
        day = wave + rng.randint(0, WAVE_DAYS) * DAY
        if is_scored and rng.random() < COMMENT_SHARE:
            mood = "bad" if score <= 6 else "fair" if score <= 8 else "good"
            signature = f" - {customer.name}" if rng.random() < SIGNED_SHARE else ""
            comment = rng.choice(COMMENTS[mood]) + signature
        yield "nps", score if is_scored else None, comment, LEISURE.moment(rng, day)
