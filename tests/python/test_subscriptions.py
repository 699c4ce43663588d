"""Subscriptions of a project that installs this one: of customers without accounts, or none."""

from projects import TinyProject

SUBSCRIPTIONS = """
select periods.*, cast(started as date) as started_on, cast(ended as date) as ended_on
from (values
    ('s1', 'ann', 'basic', 10, '2026-01-01', '2026-06-14'),
    ('s1', 'ann', 'pro', 30, '2026-06-15', null),
    ('s2', 'bob', 'basic', 10, '2026-01-01', '2026-06-20'),
    ('s3', 'eve', 'pro', 30, '2026-06-30', null),
    ('s4', 'eve', 'pro', 30, '2026-07-01', null)
) as periods (subscription_id, customer_id, plan, mrr, started, ended)
"""
SUBSCRIPTION_COLUMNS = {
    "subscription_id": "string",
    "customer_id": "string",
    "plan": "string",
    "mrr": "integer",
    "started": "string",
    "ended": "string",
    "started_on": "date",
    "ended_on": "date",
}
FIGURES = """
select
    starting_subscribers, churned_subscribers, upsold_subscribers, ending_subscribers,
    starting_mrr, new_mrr, expansion_mrr, contraction_mrr, churned_mrr, ending_mrr
from main_marts.subscription_metrics
where as_of_date = date '2026-06-30' and window_days = 30 and dimension = 'all'
"""


def test_subscriptions_are_measured_where_there_are_any(tiny: TinyProject) -> None:
    """Without a model of them the mart builds empty; with one, its rows come on the next run."""
    tiny.write_events(
        [{"customer_id": "ann", "event_type": "visit", "occurred_at": "2026-06-30 12:00:00"}]
    )
    command = ("build", "--select", "+subscription_metrics")
    command += ("--exclude-resource-type", "unit_test", "test")
    outcome = tiny.dbt(*command)
    assert outcome.success, outcome.messages
    assert tiny.rows(FIGURES) == []
    tiny.add_subscriptions(SUBSCRIPTIONS, SUBSCRIPTION_COLUMNS)
    outcome = tiny.dbt(*command)
    assert outcome.success, outcome.messages
    assert tiny.rows(FIGURES) == [(2, 1, 1, 2, 20, 30, 20, 0, 10, 60)]
