"""Build with the yardstick and with dbt in turn, measure both, and compare what they wrote.

Usage:
    python benchmarks/run.py bench --events 20000000 [--repeat 3] [--folder DIR] [--no-doubled]
    python benchmarks/run.py growth --sizes 1000000,5000000,20000000,100000000 [--repeat 1]
    python benchmarks/run.py compare yardstick.duckdb warehouse.duckdb [--tables a,b]

The tables on standard output are Markdown; what is being done goes to standard error.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from builders import (
    HERE,
    BuilderFailed,
    Dbt,
    Usage,
    build_yardstick,
    remove_warehouse,
    warm_up_yardstick,
)
from compare import differences, left_out
from data import LATER, prepare
from generate import DAYS

FULL = "full build"
TESTS = "data tests"
NOTHING = "nothing new"
EVENT = "late event 60 days back"
DAY = "one more day"
ROWS = "the day's late rows"
DELIVERY = "day and late rows at once"
STEPS = [FULL, NOTHING, EVENT, DAY, ROWS, DELIVERY]
START = "dbt list"
YARDSTICK = "yardstick"
Runs = dict[str, list[Usage]]


def memory_limit_for(events: int) -> str:
    """The memory limit of the targets: 4 GB up to 20 million events, 8 GB above."""
    return "4GB" if events <= 20_000_000 else "8GB"


def say(text: str) -> None:
    """Tell the one who waits what was done."""
    print(text, file=sys.stderr, flush=True)


def table(headers: list[str], rows: list[list[object]]) -> None:
    """Print a Markdown table and an empty line."""
    print(f"| {' | '.join(headers)} |")
    print(f"|{'---|' * len(headers)}")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |")
    print()


def middle(runs: list[Usage], name: str) -> float:
    """The median of a figure over the runs.

    Args:
        runs: at least one.
        name: an attribute of `Usage`.
    """
    return statistics.median(getattr(run, name) for run in runs)


@contextmanager
def working_folder(kept: Path | None) -> Iterator[Path]:
    """The folder for data and warehouses: the one that was named, or one that is removed again."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        yield Path(name)


class Bench:
    """Data of one size, and both builders on it.

    Args:
        folder: where data and warehouses go.
        events: rows in all, the held-back ones included.
        options: the command line.
        days: length of the history.
    """

    def __init__(
        self, folder: Path, events: int, options: argparse.Namespace, days: int = DAYS
    ) -> None:
        """Generate and cut the data, install and parse dbt's project; nothing of it is measured."""
        self.threads = options.threads
        self.memory_limit = options.memory_limit or memory_limit_for(events)
        self.name = f"{events:,} events, {days} days"
        say(f"{self.name}: data, dbt deps and dbt parse")
        folder = folder / f"{events}_{days}_{options.seed}"
        self.data = prepare(
            folder / "data", events, days, options.seed, self.threads, self.memory_limit
        )
        self.dbt = Dbt(folder, self.data.folder, self.threads, self.memory_limit)
        self.yardstick = folder / "yardstick.duckdb"
        warm_up_yardstick(self.yardstick)
        self.before = folder / "before.duckdb"
        self.runs: Runs = defaultdict(list)
        self.found: list[str] = []
        self.notes: list[str] = []

    def step(self, name: str, run: Callable[[], Usage]) -> None:
        """Run something, keep what it used, and say so."""
        usage = run()
        self.runs[name].append(usage)
        say(f"{self.name}: {name}: {usage.wall:.1f} s, {usage.cpu:.1f} CPU s")

    def build_yardstick(self, events: Path) -> Usage:
        """Build the yardstick on a file of interactions."""
        return build_yardstick(
            events, self.data.customers, self.yardstick, self.threads, self.memory_limit
        )

    def build_yardstick_on_base(self) -> None:
        """Measure the yardstick, from nothing, on the base."""
        self.step(YARDSTICK, lambda: self.build_yardstick(self.data.base))

    def build_base(self) -> None:
        """Measure a start of dbt, and build its warehouse from nothing, on the base."""
        self.step(START, self.dbt.start)
        self.data.deliver()
        self.dbt.remove()
        self.step(FULL, self.dbt.build)

    def build_nothing_new_and_late_event(self) -> None:
        """Two runs that change little or nothing, one after the other."""
        self.step(NOTHING, self.dbt.build)
        self.data.deliver("late_event")
        self.step(EVENT, self.dbt.build)

    def build_day(self) -> None:
        """One more day, after the late event: the as-of date moves on by one."""
        self.data.deliver("late_event", "day")
        self.step(DAY, self.dbt.build)

    def build_late_rows(self, last: bool) -> None:
        """The late rows after their day, and, on the warehouse before it, at once with it.

        Args:
            last: whether to compare both ends with a yardstick of all files.
        """
        if last:
            self.build_yardstick(self.data.everything)
        self.data.deliver(*LATER)
        self.step(ROWS, self.dbt.build)
        if last:
            self.compare(f"{NOTHING}, {EVENT}, {DAY}, {ROWS}")
        self.go_back()
        self.step(DELIVERY, self.dbt.build)
        if last:
            self.compare(f"{NOTHING}, {EVENT}, {DELIVERY}")

    def remember(self) -> None:
        """Keep a copy of dbt's warehouse."""
        shutil.copyfile(self.dbt.warehouse, self.before)

    def go_back(self) -> None:
        """Put the copy in the warehouse's place."""
        self.dbt.remove()
        shutil.copyfile(self.before, self.dbt.warehouse)

    def compare(self, after: str) -> None:
        """Compare dbt's warehouse with the yardstick.

        Args:
            after: the steps that led to it.
        """
        say(f"{self.name}: compare, after {after}")
        found = differences(self.yardstick, self.dbt.warehouse)
        self.found += [f"After {after}: {sentence}" for sentence in found]
        notes = left_out(self.yardstick, self.dbt.warehouse)
        self.notes += [sentence for sentence in notes if sentence not in self.notes]

    def clean(self) -> None:
        """Remove the warehouses; the data stays."""
        for warehouse in (self.yardstick, self.dbt.warehouse, self.before):
            remove_warehouse(warehouse)

    def start(self) -> Usage:
        """What dbt's start took, the median of the run."""
        runs = self.runs[START]
        return Usage(middle(runs, "wall"), middle(runs, "cpu"), middle(runs, "memory_mb"))

    def net(self, name: str) -> list[Usage]:
        """The runs of a step without dbt's start; the yardstick's as they are.

        Args:
            name: of the step.
        """
        if name == YARDSTICK:
            return self.runs[name]
        start = self.start()
        return [run.net_of(start) for run in self.runs[name]]

    def rows_of(self, name: str) -> int:
        """How many raw rows are new to a step."""
        files = {EVENT: ["late_event"], DAY: ["day"], ROWS: ["late_rows"]}
        files[DELIVERY] = ["day", "late_rows"]
        if name in (FULL, YARDSTICK):
            return self.data.events
        return sum(self.data.rows[x] for x in files.get(name, []))

    def print_costs(self) -> None:
        """Print what every step took: medians over the runs, with the range of the wall time."""
        rows = []
        for name in [YARDSTICK, FULL, TESTS, *STEPS[1:], START]:
            runs = self.runs[name]
            walls = [run.wall for run in runs]
            net = [] if name == START else self.net(name)
            new = self.rows_of(name)
            disk = "" if name in (START, TESTS) else f"{max(run.disk_mb for run in runs):,.0f}"
            spread = f" ({min(walls):.1f} to {max(walls):.1f})" if len(walls) > 1 else ""
            rows.append(
                [
                    name,
                    f"{new:,}" if new else "",
                    f"{statistics.median(walls):.1f}{spread}",
                    f"{middle(runs, 'cpu'):.1f}",
                    f"{middle(net, 'wall'):.1f}" if net else "",
                    f"{middle(net, 'cpu'):.1f}" if net else "",
                    f"{max(run.memory_mb for run in runs):,.0f}",
                    disk,
                    f"{new / middle(net, 'wall'):,.0f}" if name in (FULL, YARDSTICK) else "",
                ]
            )
        headers = ["step", "new rows", "wall s (range)", "CPU s", "net wall s", "net CPU s"]
        table([*headers, "peak MB", "disk MB", "rows / s"], rows)

    def print_phases(self) -> None:
        """Print the phases of both builders, and the ten slowest models of the full build."""
        runs = self.runs[YARDSTICK]
        best = min(runs, key=lambda run: run.cpu)
        table(
            ["yardstick's phase", "wall s", "CPU s", "peak MB"],
            [
                [x["name"], f"{x['wall']:.1f}", f"{x['cpu']:.1f}", f"{x['memory_mb']:,}"]
                for x in best.phases
            ],
        )
        best_runs = {name: min(self.runs[name], key=lambda run: run.cpu) for name in STEPS}
        for key, header, limit in (("name", "dbt's phase", 0), ("model", "slowest models", 10)):
            seconds = {name: defaultdict(float) for name in STEPS}
            for name, run in best_runs.items():
                for phase in run.phases:
                    seconds[name][phase[key]] += phase["wall"]
            keys = sorted(seconds[FULL], key=lambda x: -seconds[FULL][x])[: limit or None]
            table(
                [f"{header}: wall s", *STEPS],
                [[x, *(f"{seconds[name].get(x, 0):.1f}" for name in STEPS)] for x in keys],
            )

    def print_targets(self, doubled: list[Usage]) -> bool:
        """Print the targets and whether they were met.

        Args:
            doubled: net runs of one more day on a history twice as long; empty: not measured.

        Returns:
            Whether all those that were measured were met.
        """
        full, yardstick, day = self.net(FULL), self.net(YARDSTICK), self.net(DAY)
        judged = [
            (f"{FULL} / {YARDSTICK}, {title}", middle(full, name), middle(yardstick, name), 1.5)
            for name, title in (("cpu", "CPU"), ("wall", "wall"))
        ]
        judged += [
            (f"{DAY} / {FULL}, {title}", middle(day, name), middle(full, name), 0.05)
            for name, title in (("cpu", "CPU"), ("wall", "wall"))
        ]
        if doubled:
            judged += [
                (
                    f"{DAY}, history doubled / not, {title}",
                    middle(doubled, name),
                    middle(day, name),
                    1.2,
                )
                for name, title in (("cpu", "CPU"), ("wall", "wall"))
            ]
        judged.append((f"{NOTHING}, wall s", middle(self.net(NOTHING), "wall"), 1.0, 3.0))
        rows, all_met = [], True
        for title, value, base, allowed in judged:
            ratio = value / base if base > 0 else float("inf")
            all_met = all_met and ratio <= allowed
            met = "met" if ratio <= allowed else f"missed: {ratio / allowed:.1f} times the target"
            rows.append([title, f"{allowed:g}", f"{ratio:.3g}", met])
        # A step that needs more ends the run.
        rows.append(["memory limit of all steps", self.memory_limit, self.memory_limit, "met"])
        table(["target, net of dbt's start", "at most", "this run", ""], rows)
        return all_met

    def print_findings(self) -> None:
        """Print how the warehouses differ, or that they don't, and what wasn't compared."""
        print("\n".join([*(self.found or ["Both wrote the same rows."]), *self.notes]))


def print_machine(options: argparse.Namespace, memory_limit: str) -> None:
    """Print where and how the figures were made.

    Args:
        options: the command line.
        memory_limit: DuckDB's memory limit.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HERE, capture_output=True, text=True
    ).stdout.strip()
    packages = ", ".join(f"{x} {version(x)}" for x in ("duckdb", "dbt-core", "dbt-duckdb"))
    print(
        f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, {packages},"
        f" commit {commit or 'unknown'}; {options.threads} threads, memory limit {memory_limit};"
        f" medians of {options.repeat} runs.\n"
    )


def bench(options: argparse.Namespace) -> int:
    """Build in turn, several times, and print what it took.

    Args:
        options: the command line.

    Returns:
        0 when both wrote the same rows, else 1; a missed target is printed and no error.

    Raises:
        BuilderFailed: a builder ended with an error.
    """
    with working_folder(options.folder) as folder:
        size = Bench(folder, options.events, options, options.days)
        for number in range(options.repeat):
            last = number + 1 == options.repeat
            size.build_yardstick_on_base()
            size.build_base()
            if last:
                size.compare(FULL)
            size.step(TESTS, size.dbt.test)
            size.build_nothing_new_and_late_event()
            size.remember()
            size.build_day()
            size.build_late_rows(last)
            size.data.deliver()
        size.clean()
        doubled = measure_doubled(folder, options) if options.doubled else None
    print(f"### {size.name}\n")
    print_machine(options, size.memory_limit)
    size.print_costs()
    size.print_targets(doubled.net(DAY) if doubled else [])
    size.print_phases()
    size.print_findings()
    return 1 if size.found else 0


def measure_doubled(folder: Path, options: argparse.Namespace) -> Bench:
    """Measure one more day on a history twice as long: the same customers, twice the events.

    Args:
        folder: where data and warehouses go.
        options: the command line.

    Returns:
        The bench, with runs of dbt's start, one full build, and one more day as often as asked.

    Raises:
        BuilderFailed: a builder ended with an error.
    """
    size = Bench(folder, options.events * 2, options, options.days * 2)
    size.data.deliver()
    size.dbt.remove()
    size.step(FULL, size.dbt.build)
    size.remember()
    for _ in range(options.repeat):
        size.step(START, size.dbt.start)
        size.data.deliver("day")
        size.step(DAY, size.dbt.build)
        size.data.deliver()
        size.go_back()
    size.clean()
    return size


def growth(options: argparse.Namespace) -> int:
    """Build one size after another and print how the cost of an event grows.

    A size whose builder fails has a row that says so; the sizes after it are still built.

    Args:
        options: the command line.

    Returns:
        0 when both wrote the same rows at every size, else 1.
    """
    rows, failures, found, notes = [], [], [], []
    first: dict[str, float] = {}
    with working_folder(options.folder) as folder:
        for events in sorted(int(x) for x in options.sizes.split(",")):
            size = Bench(folder, events, options)
            failed_before = len(failures)
            for number in range(options.repeat):
                last = number + 1 == options.repeat
                try:
                    size.build_yardstick_on_base()
                except BuilderFailed as error:
                    failures.append(f"{size.name}: {error}")
                try:
                    size.build_base()
                    if last and len(failures) == failed_before:
                        size.compare(FULL)
                    size.build_nothing_new_and_late_event()
                    size.build_day()
                except BuilderFailed as error:
                    failures.append(f"{size.name}: {error}")
            size.clean()
            if not options.folder:
                shutil.rmtree(size.data.folder)
            found += [f"{size.name}: {sentence}" for sentence in size.found]
            notes += [f"{size.name}: {sentence}" for sentence in size.notes]
            for name in (YARDSTICK, FULL, DAY, NOTHING):
                if not size.runs[name]:
                    rows.append([f"{events:,}", size.memory_limit, name, "not built", *[""] * 5])
                    continue
                runs = size.net(name)
                cost = middle(runs, "cpu") / size.data.events * 1e6
                if events >= 5_000_000:
                    first.setdefault(name, cost)
                grown = name in first and name in (YARDSTICK, FULL)
                rows.append(
                    [
                        f"{events:,}",
                        size.memory_limit,
                        name,
                        f"{middle(runs, 'wall'):.1f}",
                        f"{middle(runs, 'cpu'):.1f}",
                        f"{cost:.2f}" if name in (YARDSTICK, FULL) else "",
                        f"{cost / first[name]:.2f}" if grown else "",
                        f"{max(run.memory_mb for run in runs):,.0f}",
                        f"{max(run.disk_mb for run in runs):,.0f}",
                    ]
                )
    print("### How the cost grows\n")
    print_machine(options, options.memory_limit or "4GB up to 20 million events, 8GB above")
    headers = ["events", "limit", "step", "net wall s", "net CPU s", "CPU µs / event"]
    table([*headers, "of the first from 5 M (target: 1.2)", "peak MB", "disk MB"], rows)
    same = ["Both wrote the same rows at every size."]
    print("\n".join([*(failures + found or same), *notes]))
    return 1 if failures or found else 0


def compare(options: argparse.Namespace) -> int:
    """Print how two warehouses differ.

    Args:
        options: the command line.

    Returns:
        0 when they don't, else 1.
    """
    tables = options.tables.split(",") if options.tables else None
    found = list(differences(options.left, options.right, tables))
    print("\n".join([*(found or ["The same rows."]), *left_out(options.left, options.right)]))
    return 1 if found else 0


def main() -> int:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("bench", help="build in turn, measure, compare")
    command.add_argument("--events", type=int, default=1_000_000)
    command.add_argument("--days", type=int, default=DAYS, help="length of the history")
    command.add_argument(
        "--doubled",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="also measure one more day on a history twice as long",
    )
    command.add_argument("--repeat", type=int, default=3)
    command.set_defaults(run=bench)
    growing = commands.add_parser("growth", help="build one size after another")
    growing.add_argument("--sizes", default="1000000,5000000,20000000,100000000")
    growing.add_argument("--repeat", type=int, default=1)
    growing.set_defaults(run=growth)
    for each in (command, growing):
        each.add_argument("--seed", type=int, default=1)
        each.add_argument("--threads", type=int, default=2)
        each.add_argument("--memory-limit", help="default: 4GB up to 20 million events, else 8GB")
        each.add_argument(
            "--folder", type=Path, help="keeps the data; default: a temporary one, removed"
        )
    command = commands.add_parser("compare", help="compare two warehouses")
    command.add_argument("left", type=Path, help="the yardstick")
    command.add_argument("right", type=Path)
    command.add_argument("--tables")
    command.set_defaults(run=compare)
    options = parser.parse_args()
    try:
        return options.run(options)
    except BuilderFailed as error:
        say(str(error))
        return 2


if __name__ == "__main__":
    sys.exit(main())
