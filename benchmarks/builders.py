"""Run the yardstick and dbt, each command in a process of its own, and measure it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE / "project"
PROFILES = HERE.parent / "profiles"


class BuilderFailed(Exception):
    """A builder's process ended with an error; the text is the end of what it printed."""


@dataclass(frozen=True)
class Usage:
    """What one process used.

    Attributes:
        wall: seconds.
        cpu: seconds, user and system, of all threads.
        memory_mb: peak of the resident memory, in MiB.
        disk_mb: size of the warehouse's file afterwards, in MB.
        phases: what the builder says of its parts: dicts with `name` and `wall` (seconds), and with
            `cpu`, `memory_mb` or `model` where it knows them.
    """

    wall: float
    cpu: float
    memory_mb: float
    disk_mb: float = 0.0
    phases: list[dict] = field(default_factory=list)

    def net_of(self, startup: Usage) -> Usage:
        """The same without what a start costs.

        Args:
            startup: what a process took that only started.
        """
        return replace(self, wall=self.wall - startup.wall, cpu=self.cpu - startup.cpu)


def measure(
    command: list[str],
    warehouse: Path,
    environment: dict[str, str] | None = None,
    folder: Path | None = None,
) -> tuple[Usage, list[str]]:
    """Run a command in a process of its own.

    Args:
        command: the words.
        warehouse: the DuckDB file that it writes; Python's bytecode is kept beside it, so that a
            start costs the same wherever Python may not write.
        environment: more variables for its environment; default: none.
        folder: where it runs; default: here.

    Returns:
        What the process and the children it waited for used, by the kernel's account, and the lines
        that it printed.

    Raises:
        BuilderFailed: it ended with an error.
    """
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DBT_", "CUSTOMER_ENGAGEMENT_", "PYTHONDONTWRITEBYTECODE"))
    }
    bytecode = {"PYTHONPYCACHEPREFIX": str(warehouse.resolve().parent / "bytecode")}
    variables = inherited | bytecode | (environment or {})
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env=variables, cwd=folder
        )
        # wait4 gives this child's own figures; getrusage(RUSAGE_CHILDREN) the maximum of them all.
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        lines = output.read().splitlines()
    if process.returncode:
        end = "\n".join(lines[-30:])
        raise BuilderFailed(f"{' '.join(command)} ended with {process.returncode}\n{end}")
    usage = Usage(
        wall=wall,
        cpu=used.ru_utime + used.ru_stime,
        memory_mb=used.ru_maxrss / 1024,
        disk_mb=warehouse.stat().st_size / 1e6 if warehouse.exists() else 0.0,
    )
    return usage, lines


def remove_warehouse(warehouse: Path) -> None:
    """Remove a DuckDB file and what it may have left beside it."""
    warehouse.unlink(missing_ok=True)
    Path(f"{warehouse}.wal").unlink(missing_ok=True)
    shutil.rmtree(f"{warehouse}.tmp", ignore_errors=True)


def warm_up_yardstick(warehouse: Path) -> None:
    """Let Python compile what the yardstick imports, as `Dbt` does for dbt.

    Args:
        warehouse: the DuckDB file that will be written.

    Raises:
        BuilderFailed: it doesn't start.
    """
    measure([sys.executable, str(HERE / "yardstick.py"), "--help"], warehouse)


def build_yardstick(
    events: Path, customers: Path, warehouse: Path, threads: int, memory_limit: str
) -> Usage:
    """Build the yardstick from nothing.

    Args:
        events: the interactions, one file.
        customers: the customers, one file.
        warehouse: the DuckDB file; an old one is replaced.
        threads: threads that DuckDB may use.
        memory_limit: DuckDB's memory limit.

    Returns:
        What it used; its phases are its own account.

    Raises:
        BuilderFailed: it ended with an error.
    """
    remove_warehouse(warehouse)
    command = [
        *(sys.executable, str(HERE / "yardstick.py")),
        *("--events-file", str(events)),
        *("--customers-file", str(customers)),
        *("--warehouse", str(warehouse)),
        *("--threads", str(threads)),
        *("--memory-limit", memory_limit),
    ]
    usage, lines = measure(command, warehouse)
    phases = json.loads(lines[-1])
    # It resets its peak before each phase, and the kernel's figure with it.
    peak = max(usage.memory_mb, *(phase["memory_mb"] for phase in phases))
    return replace(usage, memory_mb=peak, phases=phases)


class Dbt:
    """The project of `project/`, with a warehouse, target and log folder of its own.

    Args:
        folder: where they go.
        data: the folder with `events/*.parquet` and `customers/*.parquet`.
        threads: models that are built at once; DuckDB takes the machine's cores.
        memory_limit: DuckDB's memory limit.
        target: of the profile.
        variables: what that target reads of the environment, by name; default: none.
    """

    def __init__(
        self,
        folder: Path,
        data: Path,
        threads: int,
        memory_limit: str,
        target: str = "duckdb",
        variables: dict[str, str] | None = None,
    ) -> None:
        """Install the package and parse once, so that no measured run has to.

        Raises:
            BuilderFailed: the project doesn't parse.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.warehouse = folder / "dbt.duckdb"
        self.target = folder / "target"
        # A changed variable would make dbt parse anew: these stay the same for all its runs.
        self.environment = {
            "BENCHMARK_DATA": str(data.resolve()),
            "CUSTOMER_ENGAGEMENT_DUCKDB": str(self.warehouse.resolve()),
            "CUSTOMER_ENGAGEMENT_MEMORY": memory_limit,
            "CUSTOMER_ENGAGEMENT_THREADS": str(threads),
            "DBT_LOG_PATH": str((folder / "logs").resolve()),
            "DBT_PROFILES_DIR": str(PROFILES),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DBT_TARGET_PATH": str(self.target.resolve()),
            "DBT_USE_COLORS": "false",
            **(variables or {}),
        }
        self.dbt_target = target
        self.run("deps")
        self.run("parse")

    def run(self, *arguments: str) -> Usage:
        """Run one dbt command and measure it.

        Args:
            arguments: as on the command line.

        Returns:
            What it used.

        Raises:
            BuilderFailed: dbt ended with an error.
        """
        command = [
            str(Path(sys.executable).with_name("dbt")),
            *arguments,
            "--target",
            self.dbt_target,
        ]
        return measure(command, self.warehouse, self.environment, PROJECT)[0]

    def start(self) -> Usage:
        """What dbt takes to start and to read its parsed project: `dbt list`."""
        return self.run("list")

    def build(self, select: str = "*") -> Usage:
        """Build seeds and models on the warehouse as it is; without one, from nothing.

        Args:
            select: which of them, as dbt takes it; default: all.

        Returns:
            What it used, and each node's seconds as a phase: `name` is the folder, `model` the node.

        Raises:
            BuilderFailed: dbt ended with an error.
        """
        usage = self.run(
            "build", "--select", select, "--exclude-resource-type", "test", "unit_test"
        )
        results = json.loads((self.target / "run_results.json").read_text(encoding="utf-8"))
        manifest = json.loads((self.target / "manifest.json").read_text(encoding="utf-8"))
        phases = [
            {
                "name": phase_of(manifest["nodes"][result["unique_id"]]),
                "model": manifest["nodes"][result["unique_id"]]["name"],
                "wall": result["execution_time"],
            }
            for result in results["results"]
        ]
        return replace(usage, phases=phases)

    def test(self) -> Usage:
        """Run the data tests on the warehouse.

        Raises:
            BuilderFailed: a test failed.
        """
        return self.run("test", "--exclude-resource-type", "unit_test")

    def remove(self) -> None:
        """Remove the warehouse, so that the next build starts from nothing."""
        remove_warehouse(self.warehouse)


def phase_of(node: dict) -> str:
    """The phase that a node of dbt's manifest is counted in: its folder, or seeds, or hooks.

    Args:
        node: an entry of the manifest's `nodes`.
    """
    if node["resource_type"] == "seed":
        return "seeds"
    if node["resource_type"] == "operation":
        return "hooks"
    folders = [x for x in node["fqn"][1:-1] if x != "intermediate"]
    return "/".join(folders) or "staging"
