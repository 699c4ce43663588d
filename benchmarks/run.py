"""Run builders in fresh processes, measure them, and compare the tables they wrote.

So far it knows the yardstick; another builder is a row in `BUILDERS`. A builder is a command that
reads the two Parquet files and leaves one DuckDB file; every run of it is a process of its own, and
what it used is what the kernel says of that process and its children.

Usage:
    python benchmarks/run.py bench --events 1000000 [--repeat 3] [--folder DIR]
    python benchmarks/run.py compare left.duckdb right.duckdb [--tables a,b]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from generate import generate

HERE = Path(__file__).resolve().parent
# Columns that say under what a row was built; the yardstick leaves them out.
PROVENANCE = {"config_version", "data_loaded_until", "source"}
COMPARED = [
    "int_interactions",
    "int_customer_event_days",
    "int_customer_event_windows",
    "int_customer_scores",
    "int_score_benchmarks",
    "customer_score_contributions",
    "customer_normalized_scores",
    "customer_segments",
    "engagement_ratios",
]


@dataclass(frozen=True)
class Files:
    """What a builder reads."""

    events: Path
    customers: Path


@dataclass
class Usage:
    """What one run used."""

    wall: float
    cpu: float
    memory_mb: float
    disk_mb: float
    phases: list[dict] = field(default_factory=list)


def yardstick_command(files: Files, warehouse: Path, threads: int, memory_limit: str) -> list[str]:
    """The command that builds the yardstick."""
    return [
        sys.executable,
        str(HERE / "yardstick.py"),
        *("--events-file", str(files.events)),
        *("--customers-file", str(files.customers)),
        *("--warehouse", str(warehouse)),
        *("--threads", str(threads)),
        *("--memory-limit", memory_limit),
    ]


BUILDERS = {"yardstick": yardstick_command}


def measure(command: list[str], warehouse: Path) -> Usage:
    """Run a builder in a process of its own.

    Args:
        command: the builder's command; the last line it prints may be a JSON list of phases.
        warehouse: the DuckDB file that it leaves.

    Returns:
        Wall seconds, CPU seconds and peak memory of the process and the children it waited for,
        and the size of the file.

    Raises:
        RuntimeError: the builder failed.
    """
    warehouse.unlink(missing_ok=True)
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(command, stdout=output, text=True)
        # wait4 gives this child's own figures; getrusage(RUSAGE_CHILDREN) the maximum of them all.
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - started
        output.seek(0)
        lines = output.read().splitlines()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    last = lines[-1] if lines else ""
    phases = json.loads(last) if last.startswith("[") else []
    # A builder that measures its phases resets its peak in between, and the kernel's figure with it.
    peaks = [used.ru_maxrss / 1024, *(phase["memory_mb"] for phase in phases)]
    return Usage(
        wall=wall,
        cpu=used.ru_utime + used.ru_stime,
        memory_mb=max(peaks),
        disk_mb=warehouse.stat().st_size / 1e6,
        phases=phases,
    )


def differences(left: Path, right: Path, tables: list[str] | None = None) -> Iterator[str]:
    """Compare two warehouses, table by table, row by row, whatever their order and schemas.

    Values are compared after a cast to the right side's type, so that an enum equals its text; a
    decimal equals another only to the last digit.

    Args:
        left: a DuckDB file.
        right: a DuckDB file, whose columns say what is compared.
        tables: names of tables; default: those of `COMPARED`.

    Yields:
        One sentence a difference; nothing where all is equal.
    """
    with duckdb.connect() as connection:
        for name, path in (("left_side", left), ("right_side", right)):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        for table in tables or COMPARED:
            found = {
                side: connection.execute(
                    "select schema_name, column_name, data_type from duckdb_columns()"
                    " where database_name = ? and table_name = ? order by column_index",
                    [side, table],
                ).fetchall()
                for side in ("left_side", "right_side")
            }
            if not all(found.values()):
                yield f"{table}: missing on one side"
                continue
            left_columns, right_columns = (
                {column: data_type for _, column, data_type in rows if column not in PROVENANCE}
                for rows in found.values()
            )
            if set(left_columns) != set(right_columns):
                yield f"{table}: columns differ: {sorted(set(left_columns) ^ set(right_columns))}"
            for column in sorted(set(left_columns) & set(right_columns)):
                types = left_columns[column], right_columns[column]
                if types[0] != types[1] and not types[0].startswith("ENUM"):
                    yield f"{table}.{column}: {types[0]} is not {types[1]}"
            shared = [column for column in right_columns if column in left_columns]
            casts = ", ".join(f'cast("{x}" as {right_columns[x]}) as "{x}"' for x in shared)
            selects = [f'select {casts} from {x}."{found[x][0][0]}"."{table}"' for x in found]
            # Equal counts and equal sums of row hashes: cheap at any size. Only where they differ
            # the rows themselves are looked for.
            totals = [
                connection.execute(
                    f"select count(*), sum(cast(hash(all_rows) as hugeint)) from ({x}) as all_rows"
                ).fetchone()
                for x in selects
            ]
            if totals[0] == totals[1]:
                continue
            for first, second, side in ((0, 1, "left"), (1, 0, "right")):
                extra = f"({selects[first]}) except all ({selects[second]})"
                count = connection.execute(f"select count(*) from ({extra})").fetchone()[0]
                sample = connection.execute(f"{extra} limit 1").fetchone()
                if count:
                    yield f"{table}: {count:,} rows only on the {side}, such as {sample}"


def bench(options: argparse.Namespace) -> int:
    """Build in turn, several times, and print what it took.

    Args:
        options: the command line.

    Returns:
        0 when all builders wrote the same rows, else 1.
    """
    folder = options.folder or Path(tempfile.mkdtemp(prefix="bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    events = folder / f"events_{options.events}_{options.seed}.parquet"
    customers = events.with_suffix(".customers.parquet")
    if not (events.exists() and customers.exists()):
        generate(options.events, events, seed=options.seed, threads=options.threads)
    files = Files(events, customers)
    usages: dict[str, list[Usage]] = {name: [] for name in BUILDERS}
    warehouses = {name: folder / f"{name}.duckdb" for name in BUILDERS}
    for _ in range(options.repeat):
        for name, command_of in BUILDERS.items():
            command = command_of(files, warehouses[name], options.threads, options.memory_limit)
            usages[name].append(measure(command, warehouses[name]))
    print("| builder | wall s | CPU s | peak MB | disk MB | rows / s |")
    print("|---|---|---|---|---|---|")
    for name, runs in usages.items():
        wall = statistics.median(run.wall for run in runs)
        print(
            f"| {name} | {wall:.1f} | {statistics.median(run.cpu for run in runs):.1f}"
            f" | {max(run.memory_mb for run in runs):.0f} | {runs[-1].disk_mb:.0f}"
            f" | {options.events / wall:,.0f} |"
        )
    for name, runs in usages.items():
        best = min(runs, key=lambda run: run.cpu)
        for phase in best.phases:
            print(
                f"  {name:10} {phase['name']:16} {phase['wall']:8.1f} s wall"
                f" {phase['cpu']:8.1f} s CPU {phase['memory_mb']:8,} MB"
            )
    found = [
        f"{name}: {sentence}"
        for name in list(BUILDERS)[1:]
        for sentence in differences(warehouses["yardstick"], warehouses[name])
    ]
    if len(BUILDERS) > 1:
        print("\n".join(found) or "All builders wrote the same rows.")
    return 1 if found else 0


def compare(options: argparse.Namespace) -> int:
    """Print how two warehouses differ.

    Args:
        options: the command line.

    Returns:
        0 when they don't, else 1.
    """
    tables = options.tables.split(",") if options.tables else None
    found = list(differences(options.left, options.right, tables))
    print("\n".join(found) or "The same rows.")
    return 1 if found else 0


def main() -> int:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("bench", help="build in turn, measure, compare")
    command.add_argument("--events", type=int, default=1_000_000)
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--repeat", type=int, default=3)
    command.add_argument("--threads", type=int, default=2)
    command.add_argument("--memory-limit", default="4GB")
    command.add_argument("--folder", type=Path, help="kept; default: a new temporary one")
    command.set_defaults(run=bench)
    command = commands.add_parser("compare", help="compare two warehouses")
    command.add_argument("left", type=Path)
    command.add_argument("right", type=Path)
    command.add_argument("--tables")
    command.set_defaults(run=compare)
    options = parser.parse_args()
    return options.run(options)


if __name__ == "__main__":
    sys.exit(main())
