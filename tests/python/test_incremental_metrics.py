"""The law for the metrics: whatever is loaded or corrected, they equal those of a full refresh."""

from typing import Any

import pytest
from company import FIRST_DAY, LAST_DAY, Company, Step, step
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from projects import TinyProject
from test_incremental import LAW, check_same

CHANNELS = ["web", "product", "email", "social", "commerce", "support", "survey", "loyalty"]


def event(
    what: str, customer: str | None, day: int, time: str = "12:00:00", **given: Any
) -> dict[str, Any]:
    """An event of June; `about` is its content, `device` its anonymous id."""
    given = {
        "anonymous_id": given.pop("device", None),
        "content_id": given.pop("about", None),
    } | given
    at = f"2026-06-{day:02} {time}"
    return {
        "interaction_id": f"{what} {customer} {at}",
        "customer_id": customer,
        "event_type": what,
        "occurred_at": at,
        **given,
    }


FIRST_LOAD = [
    *(event("mail_sent", who, 9, about=f"m {who}", campaign_id="june") for who in ("ann", "bob")),
    event("mail_opened", "ann", 10, about="m ann"),
    event("visit", "ann", 9, "10:00:00", device="d1", about="home"),
    event("visit", "ann", 9, "10:50:00", device="d1", about="prices"),
    event("visit", None, 11, "23:50:00", device="d2", about="home"),
    event("visit", None, 12, "00:10:00", device="d2", about="prices"),
    event("purchase", "ann", 9, "13:00:00", amount=100),
    event("purchase", "ann", 12, "13:00:00", amount=50),
    event("purchase", "bob", 10, "13:00:00", amount=70),
    event("asked", "bob", 9, about="t1"),
    event("answered", "bob", 10, about="t1"),
    event("surveyed", "ann", 10, about="nps", quantity=9),
    event("earned", "ann", 9, quantity=50),
    event("used", "ann", 10, about="charts"),
    event("used", "bob", 11, about="charts"),
    event("liked", "bob", 10),
    event("liked", "eve", 13),
]
HISTORY = {
    "first load": step(*FIRST_LOAD),
    "late rows that change what older ones mean": step(
        # makes one session of two, and is the first open of a mail
        event("visit", "ann", 9, "10:25:00", device="d1", about="help"),
        event("mail_opened", "bob", 11, about="m bob"),
        event("returned", "ann", 13, about="purchase ann 2026-06-09 13:00:00", amount=100),
        event("solved", "bob", 11, about="t1"),
        event("reopened", "bob", 12, about="t1"),
        event("rated", "bob", 13, about="t1", quantity=5),
        event("surveyed", "ann", 12, about="nps", quantity=3),
        event("spent", "ann", 11, quantity=20),
        event("used", "ann", 12, about="boards"),
    ),
    "somebody known on a device, and an order taken away": step(
        event("visit", "eve", 14, "09:00:00", device="d2", about="home"), removed={9}
    ),
    "customers and a plan": step(customers={"ann": ("pro", 8), "bob": ("free", 9)}),
    "settings of the metrics edited, as-of date moved back": step(
        as_of_day=12,
        edited_seeds={
            "metric_settings": ("conversion_lookback_days,7", "conversion_lookback_days,1")
        },
    ),
    "what an event counts as edited": step(
        edited_seeds={"event_types": ("false,like", "false,share")}
    ),
    "an exclusion": step(excluded={"bob": "test"}),
    "everything back": step(),
}


@pytest.fixture(scope="module")
def parsed(shared_tiny: TinyProject) -> bytes:
    """The tiny project with all channels, parsed once."""
    company = Company(shared_tiny, CHANNELS)
    company.take(step())
    return company.parsed()


def test_every_kind_of_change_is_found(shared_tiny, parsed, tmp_path_factory) -> None:
    """After each second step of a history, every table that grew equals one built from nothing."""
    scratch = tmp_path_factory.mktemp("history")
    company = Company(shared_tiny, CHANNELS)
    for number, (what, change) in enumerate(HISTORY.items()):
        company.take(change)
        grown = company.run(scratch / "grown", parsed)
        if number % 2:
            check_same(grown, company.run(scratch / f"refreshed{number}", parsed), what)
        assert grown["main_marts.engagement_metrics"], what


def histories() -> st.SearchStrategy[list[Step]]:
    """Draw three loads of events of all channels, in which few ids and times make many meet."""
    events = st.builds(
        event,
        st.sampled_from(
            ["visit", "mail_sent", "mail_opened", "email_click", "purchase", "returned", "asked"]
            + ["answered", "solved", "reopened", "rated", "surveyed", "earned", "spent", "used"]
        ),
        st.sampled_from(["ann", "bob", None]),
        st.integers(FIRST_DAY, LAST_DAY),
        st.sampled_from(["00:00:00", "12:00:00", "12:30:00", "23:40:00", "23:59:59"]),
        device=st.sampled_from(["d1", "d2", None]),
        about=st.sampled_from(["one", "two", None]),
        quantity=st.sampled_from([0, 3, 9, 10, None]),
        amount=st.sampled_from([5, 20, None]),
    )
    steps = st.builds(
        Step,
        arrivals=st.lists(events, min_size=3, max_size=12),
        removed=st.sets(st.integers(0, 20), max_size=2),
        customers=st.dictionaries(
            st.sampled_from(["ann", "bob"]),
            st.tuples(st.sampled_from([None, "free", "pro"]), st.integers(FIRST_DAY, LAST_DAY)),
            max_size=2,
        ),
        as_of_day=st.sampled_from([None, None, FIRST_DAY + 4]),
    )
    return st.lists(steps, min_size=3, max_size=3)


@pytest.mark.slow
def test_increments_equal_a_full_refresh(shared_tiny, parsed, tmp_path_factory) -> None:
    """Two random histories of all channels, compared after their second and third step."""

    @seed(0)
    @given(steps=histories())
    @settings(LAW, max_examples=2)
    def law(steps: list[Step]) -> None:
        scratch = tmp_path_factory.mktemp("case")
        company = Company(shared_tiny, CHANNELS)
        for number, change in enumerate(steps):
            company.take(change)
            grown = company.run(scratch / "grown", parsed)
            if number:
                check_same(grown, company.run(scratch / f"refreshed{number}", parsed), number)

    law()
