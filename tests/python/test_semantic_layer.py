"""Every metric of the semantic layer, asked of MetricFlow and of the marts, is the same figure."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from dbt_metricflow.cli.cli_configuration import CLIConfiguration
from metricflow.engine.metricflow_engine import MetricFlowQueryRequest
from metricflow.validation.data_warehouse_model_validator import DataWarehouseModelValidator
from metricflow_semantic_interfaces.validations.semantic_manifest_validator import (
    SemanticManifestValidator,
)
from projects import ROOT, Project
from pytest import MonkeyPatch

sys.path.insert(0, str(ROOT / "scripts"))
import ask_metrics  # noqa: E402

pytestmark = pytest.mark.slow

LATEST = "as_of_date = (select max(as_of_date) from marts.engagement_ratios)"
ALL = "dimension = 'all'"
PLAN = "nullif(dimension_value, '(none)') as plan"
COUNTRY = "nullif(dimension_value, '(none)') as country"


@dataclass
class Figures:
    """What the marts say of some metrics.

    Attributes:
        columns: SQL, each metric as its name.
        source: SQL, what stands between from and where.
        rows: SQL, a condition.
    """

    columns: str
    source: str
    rows: str = "true"

    def query(self, by: Sequence[str], rows: str) -> str:
        """The query of the figures.

        Args:
            by: the columns to group by.
            rows: a condition more.

        Returns:
            SQL.
        """
        columns = ", ".join([*by, self.columns])
        return f"select {columns} from {self.source} where {self.rows} and {rows} group by all"


CUSTOMERS = Figures(
    "customers, scored_customers, at_risk_customers, at_risk_share",
    "marts.segment_metrics",
)
SCORES = Figures(
    """
    count(*) as customers,
    count(case when is_good then 1 end) as good_customers,
    count(case when is_good then 1 end)
        / nullif(count(case when band <> 'unscored' then 1 end), 0) as good_share,
    avg(engagement_score) as mean_engagement_score,
    median(engagement_score) as median_engagement_score
    """,
    "marts.customer_engagement",
)
ACTIVITY = Figures(
    """
    any_value(total_customers) as ever_active_customers,
    any_value(case when window_days = 1 then active_customers end) as active_customers_1_day,
    any_value(case when window_days = 7 then active_customers end) as active_customers_7_days,
    any_value(case when window_days = 30 then active_customers end) as active_customers_30_days,
    any_value(case when window_days = 1 then active_ratio end) as active_ratio_1_day,
    any_value(case when window_days = 7 then active_ratio end) as active_ratio_7_days,
    any_value(case when window_days = 30 then active_ratio end) as active_ratio_30_days,
    round(30 * any_value(mean_dau)) as active_customer_days_30_days,
    any_value(mean_dau) as mean_daily_active_customers_30_days,
    any_value(stickiness) as stickiness_30_days
    """,
    "marts.engagement_ratios",
    "total_basis = 'ever_active'",
)
GROWTH = {
    grain: Figures(
        f"""
        new_customers as new_customers_{grain}ly,
        returning_customers as returning_customers_{grain}ly,
        resurrected_customers as resurrected_customers_{grain}ly,
        dormant_customers as dormant_customers_{grain}ly,
        new_customers + resurrected_customers as gained_customers_{grain}ly,
        quick_ratio as quick_ratio_{grain}ly,
        previous_active_customers as previous_active_customers_{grain}ly,
        churn_rate as churn_rate_{grain}ly
        """,
        "marts.growth_accounting",
        f"""
        period_grain = '{grain}' and dimension = 'all' and period_start in (
            select period_start from marts.customer_lifecycle where period_grain = '{grain}'
        )
        """,
    )
    for grain in ("week", "month")
}
EMAIL = Figures(
    """
    delivered_messages as delivered_emails_30_days,
    opened_messages as opened_emails_30_days,
    clicked_messages as clicked_emails_30_days,
    converted_messages as converted_emails_30_days,
    unsubscribed_messages as unsubscribed_emails_30_days,
    open_rate as email_open_rate_30_days,
    click_rate as email_click_rate_30_days,
    click_to_open_rate as email_click_to_open_rate_30_days,
    conversion_rate as email_conversion_rate_30_days,
    unsubscribe_rate as email_unsubscribe_rate_30_days
    """,
    "marts.email_metrics",
    "window_days = 30",
)
WEB = Figures(
    """
    sessions as web_sessions_30_days,
    converted_sessions as converted_web_sessions_30_days,
    session_conversion_rate as session_conversion_rate_30_days,
    customers as web_customers_30_days,
    converted_customers as converted_web_customers_30_days,
    customer_conversion_rate as customer_conversion_rate_30_days
    """,
    "marts.web_metrics",
    "window_days = 30",
)
SURVEY = Figures(
    "respondents as nps_respondents_90_days, nps as nps_90_days",
    "marts.survey_metrics",
    "window_days = 90",
)
LOYALTY = Figures(
    """
    members as loyalty_members,
    participating_members as participating_members_365_days,
    participation_rate as participation_rate_365_days,
    points_issued as points_issued_365_days,
    points_redeemed as points_redeemed_365_days,
    redemption_rate as redemption_rate_365_days
    """,
    "marts.loyalty_metrics",
    "window_days = 365",
)
COMMERCE = Figures(
    """
    month.orders as orders_30_days,
    month.net_revenue as net_revenue_30_days,
    month.average_order_value as average_order_value_30_days,
    year.orders as orders_365_days,
    year.net_revenue as net_revenue_365_days,
    year.average_order_value as average_order_value_365_days,
    year.purchasers as purchasers_365_days,
    year.repeat_purchasers as repeat_purchasers_365_days,
    year.repeat_purchase_rate as repeat_purchase_rate_365_days
    """,
    """
    marts.commerce_metrics as year
    inner join marts.commerce_metrics as month using (as_of_date, dimension, dimension_value)
    """,
    "month.window_days = 30 and year.window_days = 365",
)
VALUE = Figures(
    """
    count(*) as buyers,
    count(case when orders >= 2 then 1 end) as repeat_buyers,
    count(case when orders >= 2 then 1 end) / count(*) as repeat_buyer_share,
    sum(gross_revenue - refunded_revenue) as lifetime_revenue,
    sum(gross_revenue - refunded_revenue) / count(*) as lifetime_revenue_per_buyer
    """,
    "marts.customer_value inner join marts.customer_engagement using (as_of_date, customer_id)",
)
ACCOUNTS = Figures(
    """
    count(*) as accounts,
    count(case when at_risk then 1 end) as at_risk_accounts,
    count(case when at_risk then 1 end) / count(*) as at_risk_account_share
    """,
    "marts.account_scores",
)
POINTS = Figures(
    "sum(points) as score_points, sum(event_count) as scored_events",
    """
    marts.customer_score_contributions
    left join staging.stg_settings__event_types using (event_type)
    """,
    "comparison = 'latest'",
)
SCORED_POINTS = Figures("sum(raw_score) as score_points", "marts.customer_scores")


@dataclass
class Case:
    """One question, put to MetricFlow and to the marts.

    Attributes:
        figures: what the marts say.
        rows: SQL, which rows of the marts.
        by: of each group that MetricFlow is asked for, the mart's column.
        where: conditions on MetricFlow's rows.
    """

    figures: Figures
    rows: str = f"{LATEST} and {ALL}"
    by: tuple[tuple[str, str], ...] = ()
    where: tuple[str, ...] = ()


BY_DATE = (("metric_time__day", "as_of_date"),)
BY_PLAN = (("customer__plan", PLAN),)
PLANS = f"{LATEST} and dimension = 'plan'"
EARLIER = "{{ TimeDimension('metric_time', 'day') }} <= '2026-06-10'"
MONTH_ENDS = """
    dimension = 'all' and as_of_date in (
        select max(as_of_date) from marts.segment_metrics group by date_trunc('month', as_of_date)
    )
"""

CASES = {
    "customers": Case(CUSTOMERS),
    "customers by date": Case(CUSTOMERS, ALL, BY_DATE),
    "customers by plan": Case(CUSTOMERS, PLANS, BY_PLAN),
    "customers at the end of each month": Case(
        CUSTOMERS, MONTH_ENDS, (("metric_time__month", "date_trunc('month', as_of_date)"),)
    ),
    "customers on an earlier date": Case(
        CUSTOMERS, f"as_of_date = date '2026-06-10' and {ALL}", where=(EARLIER,)
    ),
    "scores": Case(SCORES, LATEST),
    "scores by band": Case(SCORES, LATEST, (("customer_on_date__band", "band"),)),
    "scores by present attributes": Case(
        SCORES,
        LATEST,
        (("customer__country", "country"), ("customer__trend", "trend")),
    ),
    "scores by model and lifecycle": Case(
        SCORES,
        LATEST,
        (
            ("customer_on_date__score_model", "score_model"),
            ("customer_on_date__lifecycle_status", "lifecycle_status"),
        ),
    ),
    "activity": Case(ACTIVITY),
    "activity by date": Case(ACTIVITY, ALL, BY_DATE),
    "activity by plan": Case(ACTIVITY, PLANS, BY_PLAN),
    "activity by country and date": Case(
        ACTIVITY,
        "dimension = 'country'",
        (("customer__country", COUNTRY), *BY_DATE),
    ),
    "activity by account": Case(
        ACTIVITY,
        f"{LATEST} and dimension = 'account'",
        (("customer__account", "dimension_value"),),
        ("{{ Entity('account', entity_path=['customer']) }} is not null",),
    ),
    **{
        f"growth of {grain}s": Case(
            figures,
            f"period_start = (select max(period_start) from marts.growth_accounting"
            f" where period_grain = '{grain}')",
        )
        for grain, figures in GROWTH.items()
    },
    **{
        f"growth by {grain}": Case(figures, "true", (("metric_time__day", "period_start"),))
        for grain, figures in GROWTH.items()
    },
    "e-mail": Case(EMAIL),
    "e-mail by plan and date": Case(
        EMAIL,
        "dimension = 'plan'",
        (("email_window__plan", "dimension_value"), *BY_DATE),
    ),
    "web": Case(WEB),
    "web by plan": Case(WEB, PLANS, (("web_window__plan", "dimension_value"),)),
    "surveys": Case(SURVEY),
    "surveys by date": Case(SURVEY, ALL, BY_DATE),
    "loyalty": Case(LOYALTY),
    "loyalty by date": Case(LOYALTY, ALL, BY_DATE),
    "loyalty by plan": Case(LOYALTY, PLANS, (("loyalty_window__plan", "dimension_value"),)),
    "commerce": Case(COMMERCE),
    "commerce by plan and date": Case(
        COMMERCE,
        "dimension = 'plan'",
        (("commerce_window__plan", "dimension_value"), *BY_DATE),
    ),
    "value": Case(VALUE, LATEST),
    "value by country and band": Case(
        VALUE,
        LATEST,
        (("customer__country", "country"), ("customer__band", "band")),
    ),
    "accounts": Case(ACCOUNTS, LATEST),
    "accounts by band": Case(ACCOUNTS, LATEST, (("account__band", "band"),)),
    "points": Case(POINTS, LATEST),
    "points by channel": Case(POINTS, LATEST, (("event_type__channel", "channel"),)),
    "points are the scores": Case(SCORED_POINTS, LATEST),
}


@pytest.fixture(scope="module")
def metricflow(sample: Project) -> Iterator[CLIConfiguration]:
    """MetricFlow on the sample's warehouse, in this process."""
    with MonkeyPatch.context() as patch:
        for name, value in sample.environment().items():
            patch.setenv(name, value)
        configuration = ask_metrics.configured(logs=False)
        yield configuration
        configuration.sql_client.close()


def plain(value: Any) -> Any:
    """A value as MetricFlow and the warehouse both have it.

    Args:
        value: of a group or a metric.

    Returns:
        A date without its midnight, a number as a float, anything else as it is.
    """
    if isinstance(value, date):
        return value.isoformat()[:10]
    return value if value is None or isinstance(value, str | bool) else float(value)


def by_group(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], groups: Sequence[str]
) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The metrics of each group.

    Args:
        columns: names of a row's values.
        rows: the rows.
        groups: which columns are no metrics.

    Returns:
        The metrics by name, by the values of the groups.
    """
    named = [dict(zip(columns, map(plain, row), strict=True)) for row in rows]
    found = {tuple(row.pop(group) for group in groups): row for row in named}
    assert len(found) == len(named), "a group came twice"
    return found


@pytest.mark.parametrize("name", CASES)
def test_metricflow_and_the_marts_agree(
    metricflow: CLIConfiguration, sample: Project, name: str
) -> None:
    """The same groups, and the same figure of every metric in each."""
    case = CASES[name]
    groups = [group for group, _ in case.by]
    with sample.connect() as connection:
        asked = connection.sql(case.figures.query([column for _, column in case.by], case.rows))
        metrics = asked.columns[len(groups) :]
        expected = by_group([*groups, *metrics], asked.fetchall(), groups)
    request = MetricFlowQueryRequest.create(
        metric_names=metrics, group_by_names=groups, where_constraints=case.where
    )
    table = metricflow.mf.query(request).result_df
    assert table is not None
    found = by_group(table.column_names, list(table.rows), groups)
    assert expected and found.keys() == expected.keys()
    for group, figures in expected.items():
        for metric, figure in figures.items():
            # The marts round a ratio to 8 places, an average amount to 4.
            same = figure if figure is None else pytest.approx(figure, rel=1e-6, abs=1e-6)
            assert found[group][metric] == same, (group, metric)


def test_every_metric_is_compared_as_a_whole_and_in_groups(
    metricflow: CLIConfiguration, sample: Project
) -> None:
    """No metric without both."""
    metrics = {metric.name for metric in metricflow.semantic_manifest.metrics}
    for grouped in (False, True):
        with sample.connect() as connection:
            compared = {
                column
                for case in CASES.values()
                if bool(case.by) == grouped
                for column in connection.sql(case.figures.query([], case.rows)).columns
            }
        assert compared == metrics


def test_the_semantic_layer_is_valid_on_the_warehouse(metricflow: CLIConfiguration) -> None:
    """All that `mf validate-configs` checks: the definitions, and their SQL on the tables."""
    manifest = metricflow.semantic_manifest
    on_tables = DataWarehouseModelValidator(metricflow.sql_client)
    results = [
        SemanticManifestValidator().validate_semantic_manifest(manifest),
        on_tables.validate_semantic_models(manifest),
        on_tables.validate_dimensions(manifest),
        on_tables.validate_entities(manifest),
        on_tables.validate_simple_metrics(manifest),
        on_tables.validate_metrics(manifest),
    ]
    assert not [issue.message for result in results for issue in result.all_issues]


def test_saved_queries_give_rows(metricflow: CLIConfiguration) -> None:
    """Each has an export, and runs."""
    manifest = metricflow.semantic_manifest
    assert manifest.saved_queries
    for saved in manifest.saved_queries:
        assert saved.exports, saved.name
        request = MetricFlowQueryRequest.create(saved_query_name=saved.name)
        table = metricflow.mf.query(request).result_df
        assert table is not None and table.row_count > 0, saved.name
