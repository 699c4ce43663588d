"""Build the yardstick: what a DuckDB expert would write by hand for the same tables.

It runs `yardstick/*.sql` in the order of their names, each file one phase, from the two Parquet
files and the project's seeds to one DuckDB file. Nothing of dbt's is used.

Usage:
    python benchmarks/yardstick.py --events-file events.parquet --customers-file customers.parquet
        --warehouse yardstick.duckdb [--threads 2] [--memory-limit 4GB] [--statements]

The last line it prints is a JSON list: name, wall seconds, CPU seconds and peak memory of every
phase (peak memory only where the kernel lets a process reset its own).
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path

import duckdb
import yaml

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "seeds"
PROJECT = HERE.parent / "dbt_project.yml"


def kept_dates() -> int:
    """How many as-of dates the project keeps, one a day."""
    return yaml.safe_load(PROJECT.read_text(encoding="utf-8"))["vars"]["history_periods"]


def cpu_seconds() -> float:
    """CPU seconds of this process so far, all threads, user and system."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def reset_peak_memory() -> None:
    """Start the kernel's high-water mark anew, where there is one."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        pass


def peak_memory_mb() -> float:
    """The high-water mark of resident memory since the last reset, in MB."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(x.split()[1]) / 1024 for x in status.splitlines() if x.startswith("VmHWM"))


class Meter:
    """Wall, CPU and peak memory from its creation on."""

    def __init__(self) -> None:
        """Start measuring."""
        reset_peak_memory()
        self.wall, self.cpu = time.perf_counter(), cpu_seconds()

    def read(self, name: str) -> dict[str, float | str]:
        """What was used so far, under a name."""
        return {
            "name": name,
            "wall": round(time.perf_counter() - self.wall, 2),
            "cpu": round(cpu_seconds() - self.cpu, 2),
            "memory_mb": round(peak_memory_mb()),
        }


def build(
    events: Path,
    customers: Path,
    warehouse: Path,
    threads: int = 2,
    memory_limit: str = "4GB",
    statements: bool = False,
) -> list[dict[str, float | str]]:
    """Write every table of the yardstick.

    Args:
        events: the interactions file.
        customers: the customers file.
        warehouse: the DuckDB file; an old one is replaced.
        threads: threads that DuckDB may use.
        memory_limit: DuckDB's memory limit.
        statements: whether to print every statement's cost to stderr.

    Returns:
        What every phase cost.
    """
    warehouse.unlink(missing_ok=True)
    phases = []
    connection = duckdb.connect(
        str(warehouse),
        config={
            "threads": threads,
            "memory_limit": memory_limit,
            "preserve_insertion_order": False,
            "storage_compatibility_version": "latest",
            "temp_directory": f"{warehouse}.tmp",
        },
    )
    connection.execute("set variable kept_dates = $value", {"value": kept_dates()})
    for name, value in (("events", events), ("customers", customers), ("seeds", SEEDS)):
        connection.execute(f"set variable {name} = $value", {"value": str(value)})
    for file in sorted((HERE / "yardstick").glob("*.sql")):
        phase = Meter()
        costs = []
        for statement in connection.extract_statements(file.read_text(encoding="utf-8")):
            meter = Meter() if statements else phase
            connection.execute(statement)
            if statements:
                lines = statement.query.strip().splitlines()
                cost = meter.read(next(line for line in lines if not line.startswith("--")))
                costs.append(cost["memory_mb"])
                if cost["cpu"] > 0.01:
                    print(
                        "  {cpu:6.2f} {wall:6.2f} {memory_mb:5} {name}".format_map(cost),
                        file=sys.stderr,
                    )
        phases.append(phase.read(file.stem))
        if costs:
            phases[-1]["memory_mb"] = max(costs)
            print(
                "{cpu:8.2f} {wall:6.2f} {memory_mb:5} {name}".format_map(phases[-1]),
                file=sys.stderr,
            )
    phase = Meter()
    connection.close()
    phases.append(phase.read("write to disk"))
    return phases


def main() -> None:
    """Read the command line, build, print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--events-file", type=Path, required=True)
    parser.add_argument("--customers-file", type=Path, required=True)
    parser.add_argument("--warehouse", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory-limit", default="4GB")
    parser.add_argument("--statements", action="store_true", help="print every statement's cost")
    options = parser.parse_args()
    phases = build(
        options.events_file,
        options.customers_file,
        options.warehouse,
        options.threads,
        options.memory_limit,
        options.statements,
    )
    print(json.dumps(phases))


if __name__ == "__main__":
    main()
