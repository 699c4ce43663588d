"""Build the same events on DuckDB, a Postgres server and Spark clusters, and measure each.

Usage:
    python benchmarks/engines.py --events 1000000 [--engines duckdb,postgres,spark:1,spark:2]
        [--select +customer_segments]

The servers are this run's own, on this machine, as in the tests; `spark:2` is a cluster of two
workers with a core each. The table on standard output is Markdown; what is being done goes to
standard error. The exit code is 0 where all engines give the same totals, 1 where not, 2 where one
failed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import psutil
from builders import BuilderFailed, Dbt, Usage
from data import Data, prepare
from run import memory_limit_for, print_machine, say, table, working_folder

ROOT = Path(__file__).resolve().parents[1]
for folder in ("tests/python", "scripts"):
    sys.path.insert(0, str(ROOT / folder))
import load  # noqa: E402
from postgres_server import ROOMY, PostgresServer  # noqa: E402
from spark_cluster import SparkCluster  # noqa: E402

SCHEMA = "engagement"
# What all engines must agree on, to the last digit.
TOTALS = """
    select
        count(*),
        count(distinct as_of_date),
        sum(engagement_index),
        sum(band_rank),
        sum(case when trend = 'declining' then 1 else 0 end),
        sum(case when at_risk then 1 else 0 end)
    from {schema}_marts.customer_segments
"""
# A real cluster's: large statements, compiled, and split into more than two tasks.
SPARK = {
    "spark.driver.memory": "5g",
    "spark.executor.memory": "3g",
    "spark.executor.extraJavaOptions": "-XX:+UseSerialGC",
    "spark.sql.codegen.factoryMode": "FALLBACK",
    "spark.sql.codegen.wholeStage": "true",
    "spark.sql.shuffle.partitions": "16",
}


@dataclass
class Server:
    """Where dbt builds.

    Attributes:
        target: of the profile.
        variables: what the profile reads of the environment.
        totals: asks the built warehouse.
        load: brings a folder of extracts into it; None where dbt reads the files.
        processes: its own, and those they start; none where dbt is the engine.
        shuffled_mb: what its tasks have written for others to read since it started; None where
            there are no such tasks.
    """

    target: str
    variables: dict[str, str]
    totals: Callable[[], tuple[Any, ...]]
    load: Callable[[Path], Any] | None = None
    processes: tuple[psutil.Process, ...] = ()
    shuffled_mb: Callable[[], float] | None = None


@contextmanager
def duckdb_file(warehouse: Path) -> Iterator[Server]:
    """The engine within dbt.

    Args:
        warehouse: its file.
    """

    def totals() -> tuple[Any, ...]:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return connection.sql(TOTALS.format(schema="main")).fetchone()

    yield Server("duckdb", {}, totals)


@contextmanager
def postgres() -> Iterator[Server]:
    """A server that is gone afterwards."""
    import psycopg2

    with PostgresServer(ROOMY) as server:

        def totals() -> tuple[Any, ...]:
            with psycopg2.connect(server.dsn) as connection, connection.cursor() as cursor:
                cursor.execute(TOTALS.format(schema=SCHEMA))
                return cursor.fetchone()

        parent = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
        processes = (psutil.Process(parent),)
        yield Server("postgres", server.variables, totals, load.load_postgres, processes)


@contextmanager
def spark(workers: int) -> Iterator[Server]:
    """A cluster that is gone afterwards.

    Args:
        workers: how many, of a core each.
    """
    from pyhive import hive

    with (
        tempfile.TemporaryDirectory() as log,
        SparkCluster(
            workers,
            SPARK | {"spark.eventLog.enabled": "true", "spark.eventLog.dir": f"file://{log}"},
            worker_memory="4g",
        ) as cluster,
    ):

        def totals() -> tuple[Any, ...]:
            with hive.connect("127.0.0.1", cluster.port) as connection:
                cursor = connection.cursor()
                cursor.execute(TOTALS.format(schema=SCHEMA))
                return cursor.fetchone()

        variables = {"SPARK_HOST": "127.0.0.1", "SPARK_PORT": str(cluster.port)}
        processes = tuple(map(psutil.Process, cluster.process_ids))
        yield Server(
            *("spark", variables, totals, load.load_spark, processes),
            lambda: shuffled_mb(Path(log)),
        )


def shuffled_mb(log: Path) -> float:
    """What the tasks of a cluster have written for tasks of a later stage, in MB.

    Args:
        log: the folder of Spark's event log.
    """
    written = 0
    for path in log.iterdir():
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith('{"Event":"SparkListenerTaskEnd"') and line.endswith("\n"):
                    metrics = json.loads(line).get("Task Metrics") or {}
                    written += metrics.get("Shuffle Write Metrics", {}).get(
                        "Shuffle Bytes Written", 0
                    )
    return written / 1e6


def opened(engine: str, warehouse: Path) -> Any:
    """The server of an engine's name.

    Args:
        engine: `duckdb`, `postgres` or `spark:` and the number of workers.
        warehouse: DuckDB's file.

    Raises:
        ValueError: there is no such engine.
    """
    name, _, workers = engine.partition(":")
    if name == "duckdb":
        return duckdb_file(warehouse)
    if name == "postgres":
        return postgres()
    if name == "spark":
        return spark(int(workers or 2))
    raise ValueError(f"{engine} is none of duckdb, postgres and spark:WORKERS.")


class Watched:
    """CPU seconds and peak memory of processes and all that they start, while a block runs.

    A process that ended counts with its parent's waited-for children. Memory is what the processes
    have in common, counted once each (the proportional set size), looked at twice a second.

    Args:
        parents: the processes.
    """

    def __init__(self, parents: tuple[psutil.Process, ...]) -> None:
        """Remember them; nothing is counted yet."""
        self.parents = parents
        self.cpu = 0.0
        self.memory_mb = 0.0
        self._is_over = threading.Event()

    def __enter__(self) -> Watched:
        """Begin to look."""
        self._before = self._cpu()
        self._looking = threading.Thread(target=self._look)
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and sum up."""
        self._is_over.set()
        self._looking.join()
        self.cpu = self._cpu() - self._before

    def _processes(self) -> Iterator[psutil.Process]:
        for parent in self.parents:
            yield parent
            yield from parent.children(recursive=True)

    def _cpu(self) -> float:
        seconds = 0.0
        for process in self._processes():
            try:
                used = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            seconds += used.user + used.system + used.children_user + used.children_system
        return seconds

    def _look(self) -> None:
        while not self._is_over.wait(0.5):
            pss = 0
            for process in self._processes():
                try:
                    pss += process.memory_full_info().pss
                except psutil.NoSuchProcess:
                    continue
            self.memory_mb = max(self.memory_mb, pss / 2**20)


class EngineBench:
    """One engine, built from nothing and moved on by a day.

    Args:
        engine: its name, as `opened` takes it.
        folder: where files go.
        data: the events.
        options: the command line.
        memory_limit: DuckDB's.
    """

    def __init__(
        self, engine: str, folder: Path, data: Data, options: argparse.Namespace, memory_limit: str
    ) -> None:
        """Remember it; nothing runs yet."""
        self.engine = engine
        self.folder = folder
        self.data = data
        self.options = options
        self.memory_limit = memory_limit
        self.rows: list[list[object]] = []
        self.totals: tuple[Any, ...] = ()

    def run(self) -> None:
        """Load, build, deliver a day, load, build.

        Raises:
            BuilderFailed: dbt ended with an error.
        """
        with opened(self.engine, self.folder / "dbt.duckdb") as server:
            variables = server.variables | {"CUSTOMER_ENGAGEMENT_SCHEMA": SCHEMA}
            dbt = Dbt(
                self.folder,
                self.data.folder,
                self.options.threads,
                self.memory_limit,
                server.target,
                variables if server.load else {},
            )
            start = dbt.start()
            for step, later in (("full build", ()), ("one more day", ("day",))):
                self.data.deliver(*later)
                self.bring(server)
                before = server.shuffled_mb() if server.shuffled_mb else 0
                with Watched(server.processes) as watched:
                    usage = dbt.build(self.options.select)
                shuffled = f"{server.shuffled_mb() - before:,.0f}" if server.shuffled_mb else ""
                self.note(step, usage.net_of(start), watched, shuffled)
            self.totals = server.totals()

    def bring(self, server: Server) -> None:
        """Load what is delivered, where dbt doesn't read the files.

        Args:
            server: the engine.
        """
        if not server.load:
            return
        extracts = self.folder / "extracts"
        extracts.mkdir(exist_ok=True)
        for name in ("events", "customers"):
            files = duckdb.sql(f"from read_parquet('{self.data.folder / name}/*.parquet')")
            files.write_parquet(str(extracts / f"{name}.parquet"))
        with environment(server.variables):
            server.load(extracts)

    def note(self, step: str, usage: Usage, watched: Watched, shuffled: str) -> None:
        """Keep a row of the table, and say it.

        Args:
            step: what was done.
            usage: dbt's process, net of its start.
            watched: the engine's processes.
            shuffled: MB, where there is such a thing.
        """
        slowest = max(usage.phases, key=lambda phase: phase["wall"])
        memory = max(usage.memory_mb, watched.memory_mb)
        row = [self.engine, step, f"{usage.wall:.0f}", f"{usage.cpu + watched.cpu:.0f}"]
        row += [f"{watched.cpu:.0f}" if watched.parents else "", f"{memory:,.0f}", shuffled]
        row += [f"{slowest['model']} ({slowest['wall']:.0f} s)"]
        self.rows.append(row)
        say(f"{self.engine}: {step}: {usage.wall:.0f} s, {usage.cpu + watched.cpu:.0f} CPU s")


@contextmanager
def environment(variables: dict[str, str]) -> Iterator[None]:
    """Set variables of this process for a block.

    Args:
        variables: texts by name.
    """
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def main() -> int:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--engines", default="duckdb,postgres,spark:1,spark:2")
    parser.add_argument("--select", default="*", help="as dbt takes it; with customer_segments")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory-limit", help="DuckDB's; default: 4GB up to 20 million events")
    parser.add_argument("--folder", type=Path, help="keeps the data; default: a temporary one")
    options = parser.parse_args()
    options.repeat = 1
    memory_limit = options.memory_limit or memory_limit_for(options.events)
    benches = []
    with working_folder(options.folder) as folder:
        data = prepare(
            folder / "data",
            options.events,
            seed=options.seed,
            threads=options.threads,
            memory_limit=memory_limit,
        )
        for engine in options.engines.split(","):
            own = folder / engine.replace(":", "_")
            bench = EngineBench(engine, own, data, options, memory_limit)
            try:
                bench.run()
            except BuilderFailed as error:
                say(f"{engine}: {error}")
                return 2
            benches.append(bench)
    print(f"### {options.events:,} events on several engines\n")
    print_machine(options, memory_limit)
    headers = [
        "engine",
        "step",
        "net wall s",
        "CPU s",
        "of which the server's",
        "peak MB",
        "shuffled MB",
    ]
    table([*headers, "slowest model"], [row for bench in benches for row in bench.rows])
    found = {tuple(map(str, bench.totals)) for bench in benches}
    print("All have the same totals." if len(found) == 1 else f"The totals differ: {found}")
    return 0 if len(found) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
