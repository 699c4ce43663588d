"""A tiny company on a Spark cluster of the test's own: the numbers of the embedded warehouse."""

import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from company import DATA_ONLY, Company, step, visit
from projects import ROOT, Outcome, Project, TinyProject
from spark_cluster import SparkCluster
from spark_tables import check_same_tables, variables

sys.path.insert(0, str(ROOT / "scripts"))
import load  # noqa: E402

# A whole project is planned on the driver.
ROOMY = {"spark.driver.memory": "6g"}
# The whole takes Spark a quarter of an hour, whatever the number of rows.
SCORES = ("--select", "+customer_scores")
EVENTS = ("--select", "+int_customer_event_days", "+int_rejected_interactions")
# Ties, a row without a customer, a late one, an id that comes back, texts that need care.
FIRST = step(
    *(visit("i1", "ann", 9), visit("i2", "bob", 9), visit("i3", "ann", 12), visit("i3", "ann", 12)),
    {**visit("i4", "o'eve\\ é", 9), "event_type": "purchase", "amount": "12.3450"},
    {**visit("i5", None, 10), "anonymous_id": "d1"},
    {**visit("i6", "ann", 10), "occurred_at": None},
    customers={"ann": ("pro", 8), "bob": (None, 9)},
    as_of_day=12,
)
LATER = step(
    *(visit("i1", "bob", 11), visit("i7", "ann", 13)),
    {**visit("i8", "bob", 9), "event_type": "login"},
    {**visit("i9", "bob", 13), "occurred_at": None},
    customers={"ann": ("pro", 8), "bob": ("free", 9)},
    weight=3,
)


class SparkProject(TinyProject):
    """The tiny project with a cluster as its warehouse.

    Args:
        tiny: the project whose folder and data it shares.
        cluster: where the tables go.
        file_format: what kind of tables.

    Attributes:
        schema: what its schemas' names begin with.
    """

    def __init__(
        self, tiny: TinyProject, cluster: SparkCluster, file_format: str = "iceberg"
    ) -> None:
        """Remember where things are; nothing is built yet."""
        super().__init__(tiny.folder, tiny.scratch)
        self.cluster = cluster
        self.file_format = file_format
        self.schema = f"on_{file_format}"

    def environment(self) -> dict[str, str]:
        """As the tiny project's, with the profile that users have, and where the cluster is."""
        return (
            super().environment()
            | variables(self.cluster, self.schema, self.file_format)
            | {
                "DBT_PROFILES_DIR": str(ROOT / "profiles"),
                "DBT_TARGET_PATH": str(self.scratch / self.schema),
            }
        )

    def dbt(self, *arguments: str) -> Outcome:
        """Run one dbt command with the cluster as its target."""
        return super().dbt(*arguments, "--profile", "customer_engagement", "--target", "spark")

    def build(self, company: Company, *arguments: str) -> Outcome:
        """Load what the company has, and build from it.

        Args:
            company: whose data it shares.
            arguments: of `dbt build`.
        """
        assert load.main(["spark", str(self.scratch)]) == 0
        built = self.dbt("build", *arguments, *DATA_ONLY, "--vars", company.variables)
        assert built.success, built.messages
        return built


@pytest.fixture
def plain_cluster() -> Iterator[SparkCluster]:
    """A cluster that knows Spark's own tables alone, with one worker."""
    with SparkCluster(1, catalogue={}) as started:
        yield started


@pytest.fixture(scope="module")
def cluster() -> Iterator[SparkCluster]:
    """A master, two workers and the Thrift server."""
    with SparkCluster() as started:
        yield started


def compared_with_a_refresh(
    company: Company, project: SparkProject, scratch: Path, built: set[str]
) -> set[str]:
    """Compare what was built on a cluster with a full refresh on DuckDB.

    Args:
        company: with the data as it is now.
        project: on the cluster.
        scratch: where the refreshed warehouse goes.
        built: the names of what was built.

    Returns:
        The names of what was compared and isn't empty.
    """
    company.run(scratch / "refreshed")
    # This process may hold the warehouse, with a log that isn't in its file yet.
    with company.tiny.connect() as connection:
        connection.execute("force checkpoint")
    return check_same_tables(
        project.cluster,
        company.tiny.warehouse,
        scratch,
        lambda schema: schema.replace("main", project.schema, 1),
        built,
    )


def kill_once_it_wrote(cluster: SparkCluster, table: str, worker: str) -> bool:
    """Kill a worker as soon as a table is written to again.

    Args:
        cluster: a running one.
        table: its name, with the schema.
        worker: as `SparkCluster.kill` takes it.

    Returns:
        Whether it was: not where nobody writes within ten minutes.
    """
    read = len(cluster.log("thrift_server"))
    until = time.monotonic() + 600
    while time.monotonic() < until:
        if f"committed to table spark_catalog.{table} " in cluster.log("thrift_server")[read:]:
            cluster.kill(worker)
            return True
        time.sleep(0.5)
    return False


def test_without_a_server_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a sentence."""
    # A port on which nothing listens while this test has it.
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("SPARK_HOST", "127.0.0.1")
        monkeypatch.setenv("SPARK_PORT", str(taken.getsockname()[1]))
        assert load.main(["spark"]) == 1
    assert "Nothing was loaded into spark: " in capsys.readouterr().err


def test_the_project_is_parsed_for_it(tmp_path: Path) -> None:
    """By its adapter, which knows no databases; no server is asked."""
    project = Project(ROOT, tmp_path)
    parsed = project.dbt("parse", "--no-write-json", "--target", "spark")
    assert parsed.success, parsed.messages


@pytest.mark.cluster
def test_parquet_tables_are_replaced_by_partitions(
    tiny: TinyProject, plain_cluster: SparkCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No row can be deleted from them; with late rows they equal a full refresh on DuckDB."""
    company = Company(tiny)
    project = SparkProject(tiny, plain_cluster, "parquet")
    for name, text in project.environment().items():
        monkeypatch.setenv(name, text)
    names = set()
    for changes in (FIRST, LATER):
        company.take(changes)
        names |= set(project.build(company, *EVENTS).statuses)
    filled = compared_with_a_refresh(company, project, tmp_path, names)
    assert {"int_interactions", "int_rejected_interactions", "int_customer_event_days"} <= filled


@pytest.mark.cluster
def test_the_tiny_company_is_the_same_with_a_worker_killed(
    tiny: TinyProject, cluster: SparkCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scores and all that they are made from are those of a full refresh on DuckDB.

    They were built for an earlier date before, and one of the two workers was killed in the middle
    of the move: the build goes on with the other.
    """
    company = Company(tiny)
    project = SparkProject(tiny, cluster)
    for name, text in project.environment().items():
        monkeypatch.setenv(name, text)
    company.take(FIRST)
    names = set(project.build(company, *SCORES).statuses)
    company.take(LATER)
    with ThreadPoolExecutor() as aside:
        table = f"{project.schema}_intermediate.int_interactions"
        killed = aside.submit(kill_once_it_wrote, cluster, table, "worker_1")
        # Views are as they were.
        project.build(company, *SCORES, "--exclude", "config.materialized:view")
        assert killed.result()
    filled = compared_with_a_refresh(company, project, tmp_path, names)
    assert {"customer_scores", "int_interactions"} <= filled
    assert len(filled) > 20


@pytest.mark.whole_cluster
def test_the_sample_is_the_same(
    sample: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every data test passes, and every table and view is DuckDB's."""
    with SparkCluster(settings=ROOMY) as cluster:
        project = Project(ROOT, tmp_path)
        for name, text in (project.environment() | variables(cluster, "engagement")).items():
            monkeypatch.setenv(name, text)
        assert load.main(["spark"]) == 0
        built = project.dbt("build", "--target", "spark", "--exclude-resource-type", "unit_test")
        assert built.success, built.messages
        names = set(built.statuses)
        filled = check_same_tables(
            cluster, sample.warehouse, tmp_path, "engagement_{}".format, names
        )
    assert len(filled) > 60


def test_without_its_tools_it_says_how_to_get_them(tmp_path: Path) -> None:
    """And leaves nothing behind."""
    cluster = SparkCluster(tools=tmp_path)
    with pytest.raises(RuntimeError, match=r"make \.tools/spark/\.synced"):
        cluster.start()
    assert not cluster.folder.exists()
