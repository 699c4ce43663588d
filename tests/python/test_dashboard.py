"""The dashboard: what its boards read and show, and that a browser draws them on its own."""

import csv
import json
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import duckdb
import pytest
import yaml
from browser import visit
from projects import ROOT, Project, TinyProject

sys.path.insert(0, str(ROOT / "scripts"))
import dashboard  # noqa: E402

BOARDS = sorted(path.stem for path in (ROOT / "charts").glob("*.yml") if path.stem != "meta")
CUSTOMER = "C0560"
# What the tool can't know: whether a query with a filter reads columns that exist (the warehouse
# says so instead), what a model made by macros has, and that nobody may be in a band.
EXPECTED = {
    "WARN-DBT-QUERY-COLUMNS-INDETERMINATE",
    "WARN-DBT-MODEL-COLUMNS-UNRESOLVED",
    "WARN-CATEGORY-COLOR-PIN-UNSEEN",
}


def board(name: str) -> dict[str, Any]:
    """A board as its file has it."""
    return yaml.safe_load((ROOT / "charts" / f"{name}.yml").read_text())


@dataclass
class Dashboard:
    """The dashboard of the sample company.

    Attributes:
        warehouse: a copy of the sample's warehouse, which no other connection holds.
        folder: where the pages are.
    """

    warehouse: Path
    folder: Path

    def dct(self, *arguments: str, succeeds: bool = True) -> str:
        """Run dbt Charts on the warehouse.

        Args:
            arguments: as on the command line.
            succeeds: whether it should.

        Returns:
            What it wrote to standard output.
        """
        done = subprocess.run(
            [Path(sys.executable).with_name("dct"), *arguments],
            cwd=ROOT,
            env=dashboard.environment(self.warehouse),
            capture_output=True,
            text=True,
        )
        assert (done.returncode == 0) == succeeds, done.stdout + done.stderr
        return done.stdout

    def render(self, name: str, kind: str, **variables: str) -> str:
        """A board in one form.

        Args:
            name: the board's.
            kind: the form, such as text.
            variables: what its filters are set to.

        Returns:
            The contents of the file.
        """
        file = self.folder / f"{name}.{kind}"
        chosen = [word for pair in variables.items() for word in ("--var", "=".join(pair))]
        output = ("--format", kind, "--output", str(file))
        self.dct("render", f"charts/{name}.yml", "--no-cache", *output, *chosen)
        return file.read_text()

    def rows(self, name: str, **variables: str) -> dict[str, list[dict[str, Any]]]:
        """The rows that the charts of a board are drawn from, by query.

        Args:
            name: the board's.
            variables: what its filters are set to.
        """
        queries = json.loads(self.render(name, "data", **variables))["queries"]
        return {query: found["rows"] for query, found in queries.items() if "rows" in found}

    def mart(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query on the marts."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            connection.execute("set search_path = 'marts,intermediate'")
            return connection.sql(query).fetchall()


@pytest.fixture(scope="module")
def drawn(sample: Project, tmp_path_factory: pytest.TempPathFactory) -> Dashboard:
    """The dashboard as `make dashboard` draws it."""
    folder = tmp_path_factory.mktemp("dashboard")
    # This process may hold the sample's own. Views name the file's stem, so it stays.
    warehouse = folder / sample.warehouse.name
    shutil.copy(sample.warehouse, warehouse)
    arguments = ["draw", "--warehouse", str(warehouse), "--folder", str(folder)]
    arguments += ["--picture", str(folder / "overview.png"), "--customer", CUSTOMER]
    assert dashboard.main(arguments) == 0
    return Dashboard(warehouse, folder)


def test_the_bands_have_the_colours_of_the_seed() -> None:
    """A board can't read a colour from a seed, so it stands in two places."""
    with (ROOT / "seeds" / "score_bands.csv").open() as lines:
        seed = {row["band"].replace("_", " "): row["color"] for row in csv.DictReader(lines)}
    pins = board("meta")["style"]["charts"]["category_colors"]["band"]["values"]
    assert pins.pop("unscored") not in seed.values()
    assert pins == seed


def test_every_chart_says_its_subject_and_its_unit() -> None:
    """A title each, and axes with a label, but where the categories speak for themselves."""
    for name in BOARDS:
        for chart_name, chart in board(name)["charts"].items():
            assert chart.get("label" if chart["type"] == "kpi" else "title"), (name, chart_name)
            if chart["type"] in ("line", "area", "scatter") and "multiples" not in chart:
                assert chart["x_label"] and chart["y_label"], (name, chart_name)
            if chart["type"] == "bar":
                assert chart["y_label"], (name, chart_name)


def test_exposures_name_what_the_boards_read(sample: Project) -> None:
    """One a board, with exactly the models of its queries; a customer's attributes stay out."""
    manifest = json.loads((sample.scratch / "target" / "manifest.json").read_text())
    exposed = {
        exposure["name"]: {node.rsplit(".", 1)[1] for node in exposure["depends_on"]["nodes"]}
        for exposure in manifest["exposures"].values()
        if exposure["type"] == "dashboard"
    }
    texts = {name: (ROOT / "charts" / f"{name}.yml").read_text() for name in BOARDS}
    assert exposed == {
        name: set(re.findall(r"ref\('(\w+)'\)", text)) for name, text in texts.items()
    }
    assert not [name for name, models in exposed.items() if "int_crm_customers" in models]


def test_a_project_that_lacks_the_boards_has_no_exposures(shared_tiny: TinyProject) -> None:
    """Who installs this one as a package doesn't have the files that they describe."""
    assert not shared_tiny.manifest().exposures


def test_a_channel_that_is_off_takes_its_board_along(sample: Project) -> None:
    """Exposures of models that don't exist would stop dbt."""
    manifest = sample.manifest("--vars", '{"channels": ["web"]}')
    enabled = {node.name for node in manifest.exposures.values() if node.type == "dashboard"}
    assert enabled == set(BOARDS) - {"value"}


@pytest.mark.slow
def test_boards_agree_with_the_manifest_and_the_warehouse(drawn: Dashboard) -> None:
    """Every model and column that a query names exists, and one that doesn't is found."""
    judged = json.loads(drawn.dct("validate", "charts", "--warehouse", "--json"))
    assert sorted(Path(verdict["path"]).stem for verdict in judged) == BOARDS
    for verdict in judged:
        assert verdict["success"] and not verdict["errors"], verdict
        assert {warning["code"] for warning in verdict["warnings"]} <= EXPECTED, verdict
    broken = ROOT / dashboard.TARGET / "broken.yml"
    text = (ROOT / "charts" / "overview.yml").read_text()
    try:
        broken.write_text(text.replace("e.is_good", "e.is_excellent"))
        found = drawn.dct(
            "validate", str(broken.relative_to(ROOT)), "--warehouse", "--json", succeeds=False
        )
    finally:
        broken.unlink()
    assert "is_excellent" in found


@pytest.mark.slow
def test_the_overview_shows_what_the_marts_hold(drawn: Dashboard) -> None:
    """Its figures, as rows and as a reader sees them."""
    shown = drawn.rows("overview")
    [(day, customers, scored, at_risk)] = drawn.mart("""
        select as_of_date::text, count(*), count(engagement_index), count(*) filter (at_risk)
        from customer_segments where as_of_date = (select max(as_of_date) from customer_segments)
        group by as_of_date
    """)
    [headline] = shown["headline"]
    assert (headline["as_of"], headline["customers"]) == (day, customers)
    assert (headline["scored"], headline["at_risk"]) == (scored, at_risk)
    [(active, total, mean_dau, mau)] = drawn.mart(f"""
        select active_customers, total_customers, mean_dau, mau from engagement_ratios
        where as_of_date = '{day}' and window_days = 30 and dimension = 'all'
          and total_basis = 'ever_active'
    """)
    [activity] = shown["activity"]
    assert float(activity["active_ratio"]) == pytest.approx(active / total)
    assert float(activity["stickiness"]) == pytest.approx(float(mean_dau / mau))
    mix = {row["band"]: row["customers"] for row in shown["band_mix"] if row["as_of_date"] == day}
    bands = drawn.mart("select stable_band, count(*) from customer_engagement group by all")
    assert mix == {band.replace("_", " "): count for band, count in bands}
    moved = {(row["from_band"], row["to_band"]): row["moves"] for row in shown["moves"]}
    matrix = drawn.mart("""
        select replace(from_band, '_', ' '), replace(to_band, '_', ' '),
          1000 * transitions / customer_periods
        from band_transition_matrix where score_model = 'all' and from_band <> to_band
    """)
    assert len(moved) == len(matrix) + len(mix)
    for before, after, per_thousand in matrix:
        assert float(moved[before, after]) == pytest.approx(per_thousand, abs=1e-4)
    assert sum(row["customers"] for row in shown["distribution"]) == scored
    assert [row["customer"] for row in shown["at_risk"]] == [
        row[0]
        for row in drawn.mart("""
            select customer_id from customer_engagement where at_risk
            order by index_change_30_days, customer_id limit 10
        """)
    ]
    text = drawn.render("overview", "text")
    assert f"- value: {customers:,}\n- support: {scored:,} scored" in text
    assert f"- value: {100 * active / total:.1f}%\n- support: {active:,} of all" in text
    assert f"- value: {at_risk:,}\n- support: {100 * at_risk / scored:.1f}% of those" in text


@pytest.mark.slow
def test_a_filter_reaches_every_figure_of_the_overview(drawn: Dashboard) -> None:
    """Of a plan: its customers alone, but in the matrix, which says so."""
    shown = drawn.rows("overview", plan="pro")
    [(customers, at_risk)] = drawn.mart("""
        select count(*), count(*) filter (at_risk) from customer_engagement where plan = 'pro'
    """)
    [headline] = shown["headline"]
    assert (headline["customers"], headline["at_risk"]) == (customers, at_risk)
    day = headline["as_of"]
    mix = [row["customers"] for row in shown["band_mix"] if row["as_of_date"] == day]
    assert sum(mix) == customers
    [[ratio]] = drawn.mart(f"""
        select active_ratio from engagement_ratios
        where as_of_date = '{day}' and window_days = 30 and total_basis = 'ever_active'
          and dimension = 'plan' and dimension_value = 'pro'
    """)
    assert float(shown["activity"][0]["active_ratio"]) == pytest.approx(float(ratio))
    assert "all plans" in board("overview")["charts"]["matrix"]["subtitle"]


@pytest.mark.slow
def test_the_customer_is_explained_to_the_last_point(drawn: Dashboard) -> None:
    """The waterfall leads from the one stored index to the other, the points sum to the score."""
    shown = drawn.rows("customer", customer_id=CUSTOMER)
    indices = drawn.mart(f"""
        select engagement_index from customer_segments where customer_id = '{CUSTOMER}'
          and as_of_date in (select unnest([max(as_of_date) - 30, max(as_of_date)])
            from customer_segments)
        order by as_of_date
    """)
    steps = shown["waterfall"]
    ends = [float(step["ends"]) for step in steps]
    assert [ends[0], ends[-1]] == pytest.approx([float(index) for [index] in indices])
    for before, after in zip(steps[:-1], steps[1:-1], strict=False):
        assert float(after["starts"]) == pytest.approx(float(before["ends"]))
    assert ends[-2] == pytest.approx(ends[-1])
    [[score]] = drawn.mart(f"""
        select raw_score from customer_engagement where customer_id = '{CUSTOMER}'
    """)
    assert sum(float(row["points"]) for row in shown["contributions"]) == pytest.approx(
        float(score)
    )
    assert len(shown["next_steps"]) == 3
    [[fallen]] = drawn.mart("""
        select customer_id from customer_engagement
        order by index_change_30_days nulls last, customer_id limit 1
    """)
    assert drawn.rows("customer")["customer"][0]["customer_id"] == fallen


@pytest.mark.slow
def test_channels_value_and_quality_show_what_the_marts_hold(drawn: Dashboard) -> None:
    """Figures of the marts that the boards don't read, beside those that they show."""
    latest = "as_of_date = (select max(as_of_date) from customer_engagement) and dimension = 'all'"
    rates = {row["metric"]: row for row in drawn.rows("channels")["beside_benchmark"]}
    [(opened, delivered)] = drawn.mart(f"""
        select opened_messages, delivered_messages from email_metrics
        where window_days = 30 and {latest}
    """)
    [(benchmark, position)] = drawn.mart(f"""
        select benchmark_p50, benchmark_position from engagement_metrics
        where channel = 'email' and metric = 'open_rate' and period_days = 30 and {latest}
    """)
    shown = rates["email: open rate"]
    assert float(shown["multiple"]) == pytest.approx(opened / delivered / float(benchmark))
    assert shown["position"] == position

    value = drawn.rows("value")
    [(revenue, ending_mrr)] = drawn.mart(f"""
        select c.net_revenue, s.ending_mrr
        from (select * from commerce_metrics where window_days = 365 and {latest}) as c
        cross join (select * from subscription_metrics where window_days = 365 and {latest}) as s
    """)
    assert float(value["commerce"][0]["net_revenue"]) == pytest.approx(float(revenue))
    bridge = [float(step["ends"]) for step in value["mrr_bridge"]]
    assert bridge[-2:] == pytest.approx([float(ending_mrr)] * 2)
    [[by_buyer]] = drawn.mart("select sum(net_revenue_365_days) from customer_value")
    by_segment = sum(float(row["net_revenue"]) for row in value["rfm"])
    assert by_segment == pytest.approx(float(by_buyer))

    quality = drawn.rows("data_quality")
    [rows] = quality["rows"]
    [[accepted]] = drawn.mart("select count(*) from int_interactions")
    assert rows["accepted"] == accepted
    assert rows["raw_rows"] == accepted + rows["duplicates"] + rows["rejected"]
    assert sum(row["rejected"] for row in quality["rejections"]) == rows["rejected"]
    [[stale]] = drawn.mart("""
        select count(*) from source_coverage where is_stale
          and as_of_date = (select max(as_of_date) from source_coverage)
    """)
    assert quality["stale"][0]["stale_sources"] == stale
    assert len(quality["unweighted"]) == len(drawn.mart("from int_unweighted_event_types"))


class Charts(HTMLParser):
    """Count what each chart of a page draws: shapes with an outline, and words."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.shapes: dict[str, int] = {}
        self._open: list[str | None] = []
        self.feed(page)

    def _drawn(self) -> None:
        if chart := next((name for name in reversed(self._open) if name), None):
            self.shapes[chart] += 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the chart that an element begins, and count the shapes in it."""
        attributes = dict(attrs)
        if tag == "g":
            chart = attributes.get("data-chart-id")
            self._open.append(chart)
            if chart:
                self.shapes[chart] = 0
        elif tag in ("path", "rect", "line", "circle") and any(
            attributes.get(size) for size in ("d", "width", "x2", "r")
        ):
            self._drawn()

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag == "g" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Count words."""
        if data.strip():
            self._drawn()


@pytest.mark.slow
@pytest.mark.parametrize("name", BOARDS)
def test_a_browser_draws_a_page_on_its_own(drawn: Dashboard, name: str, tmp_path: Path) -> None:
    """No request to another machine, nothing on the console, every chart drawn."""
    seen = visit(drawn.folder / f"{name}.html", tmp_path)
    assert not seen.requests
    assert not seen.complaints
    shapes = Charts(seen.page).shapes
    charts = board(name)["charts"]
    assert set(shapes) == set(charts)
    for chart, count in shapes.items():
        assert count >= (3 if charts[chart]["type"] == "kpi" else 10), (chart, count)
    assert "ERR-" not in seen.page


@pytest.mark.slow
def test_the_browser_would_tell_of_a_request_and_an_error(tmp_path: Path) -> None:
    """The test above can fail."""
    page = tmp_path / "page.html"
    page.write_text('<img src="https://example.com/a.png"><script>console.error("no")</script>')
    seen = visit(page, tmp_path)
    assert seen.requests == {"https://example.com/a.png"}
    assert [complaint for complaint in seen.complaints if complaint.startswith('"no"')]


@pytest.mark.slow
def test_the_first_page_leads_to_the_boards(drawn: Dashboard) -> None:
    """And the picture of the overview is one."""
    links = re.findall(r'href="(\w+\.html)"', (drawn.folder / "index.html").read_text())
    assert sorted(links) == [f"{name}.html" for name in BOARDS]
    assert all((drawn.folder / link).exists() for link in links)
    assert (drawn.folder / "overview.png").read_bytes().startswith(b"\x89PNG")


@pytest.fixture
def server(drawn: Dashboard) -> Iterator[str]:
    """The dashboard, served; its address."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = str(free.getsockname()[1])
    script = str(ROOT / "scripts" / "dashboard.py")
    arguments = ["serve", "--warehouse", str(drawn.warehouse), "--port", port]
    with subprocess.Popen([sys.executable, script, *arguments]) as process:
        try:
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def fetch(address: str, patience: float) -> str:
    """A page of the server.

    Args:
        address: the page's.
        patience: seconds until the server must have answered.
    """
    until = time.monotonic() + patience
    while True:
        try:
            with urlopen(address, timeout=patience) as answer:
                return answer.read().decode()
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


@pytest.mark.slow
def test_the_server_filters_and_leaves_the_warehouse_free(drawn: Dashboard, server: str) -> None:
    """A page with a filter has its figures; a build may write meanwhile."""
    [[customers]] = drawn.mart("select count(*) from customer_engagement where plan = 'starter'")
    assert f">{customers:,}<" in fetch(f"{server}/overview/?plan=starter", patience=180)
    assert f"Customer {CUSTOMER} on" in fetch(
        f"{server}/customer/?customer_id={CUSTOMER}", patience=60
    )
    with duckdb.connect(str(drawn.warehouse)) as connection:
        connection.execute("create table marts.written_meanwhile as select 1 as one")


def test_without_a_warehouse_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one sentence."""
    monkeypatch.setenv("CUSTOMER_ENGAGEMENT_DUCKDB", str(tmp_path / "none.duckdb"))
    assert dashboard.main(["draw"]) == 1
    assert "run `make build` first" in capsys.readouterr().err
