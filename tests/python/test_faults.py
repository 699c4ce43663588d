"""Faults: builds that are killed, that fail, that find no room, no source or another build."""

import multiprocessing
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import duckdb
import pytest
from company import Company, contents, step, visit
from dbt.cli.main import dbtRunner
from projects import ROOT, TinyProject
from pytest import MonkeyPatch, TempPathFactory

sys.path.insert(0, str(ROOT / "scripts"))
import build  # noqa: E402

# A build starts in a copy of a process that has imported dbt already, which takes seconds.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["dbt.cli.main", "dbt.adapters.duckdb"])
MODELS_ONLY = ["--no-write-json", "--exclude-resource-type", "test"]
ONE_SEED = ["--select", "event_types"]
BEFORE = step(visit("i1", "ann", 9), visit("i2", "bob", 9), visit("i3", "ann", 12))
# A late event, a repeated id, an id that comes back, a row taken away and a weight edited.
NEWS = step(
    {**visit("i4", "eve", 9), "event_type": "login"},
    visit("i1", "bob", 9),
    visit("i1", "ann", 13),
    removed={0},
    weight=3,
)
MINUTE = 60  # seconds


def plain_dbt(arguments: list[str]) -> int:
    """Run dbt as on the command line.

    Returns:
        The exit code.
    """
    return 0 if dbtRunner().invoke(arguments).success else 1


def run_job(
    command: Callable[[list[str]], int],
    arguments: list[str],
    folder: Path,
    environment: dict[str, str],
    output: Path,
) -> None:
    """What the process of a job does: a command in a process group of its own.

    Args:
        command: takes its arguments and returns an exit code.
        arguments: of the command.
        folder: where it runs.
        environment: all of its environment variables.
        output: file for what it prints, errors included.
    """
    os.setpgrp()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    with open(output, "w") as printed:
        os.dup2(printed.fileno(), 1)
        os.dup2(printed.fileno(), 2)
    sys.exit(command(arguments))


class Job:
    """A build in a process of its own, from its start on.

    Args:
        tiny: the project.
        arguments: of the command.
        path: folder of programs that come before the system's.
        command: what runs; `scripts/build.py` unless told.
    """

    def __init__(
        self,
        tiny: TinyProject,
        *arguments: str,
        path: Path | None = None,
        command: Callable[[list[str]], int] = build.main,
    ) -> None:
        """Start it."""
        # A relative path, as in the profile's default.
        warehouse = {"CUSTOMER_ENGAGEMENT_DUCKDB": tiny.warehouse.name}
        environment = os.environ | tiny.environment() | warehouse
        if path:
            environment["PATH"] = f"{path}:{environment['PATH']}"
        self.output = tiny.scratch / f"output{time.monotonic_ns()}.txt"
        self.process: BaseProcess = PROCESSES.Process(
            target=run_job,
            args=(command, list(arguments), tiny.scratch, environment, self.output),
        )
        self.process.start()

    def end(self) -> int:
        """Wait until it is over.

        Returns:
            The exit code; the negative number of the signal for a process that was killed.
        """
        self.process.join(5 * MINUTE)
        assert self.process.exitcode is not None, "the build hangs"
        return self.process.exitcode

    def kill(self) -> None:
        """Kill it, and what it started, at once."""
        os.killpg(self.process.pid, 9)
        assert self.end() == -9, f"it was over before:\n{self.printed()}"

    def wait_until(self, happened: Callable[[], bool]) -> None:
        """Wait for something that the build does."""
        deadline = time.monotonic() + 2 * MINUTE
        while not happened():
            assert self.process.is_alive(), self.printed()
            assert time.monotonic() < deadline, self.printed()
            time.sleep(0.005)

    def printed(self) -> str:
        """What it has printed so far."""
        return self.output.read_text()


@dataclass
class Faulty:
    """A tiny project with news since its last build.

    Attributes:
        tiny: the project.
        built: the warehouse of before the news.
        nodes: how many nodes a build has.
        undisturbed: the rows of every table and view of a warehouse built from nothing, with the
            news.
    """

    tiny: TinyProject
    built: Path
    nodes: int
    undisturbed: dict[str, list[tuple]]

    @property
    def published(self) -> Path:
        """The published copy."""
        return self.tiny.warehouse.parent / "published" / self.tiny.warehouse.name

    def restore(self) -> None:
        """Go back to a warehouse, and a published copy of it, of before the news."""
        for path in self.tiny.warehouse.parent.glob("*.duckdb*"):
            path.unlink()
        shutil.rmtree(self.published.parent, ignore_errors=True)
        shutil.copy(self.built, self.tiny.warehouse)
        self.published.parent.mkdir()
        shutil.copy(self.built, self.published)

    def fails(self, *arguments: str, path: Path | None = None) -> str:
        """Run a build that fails, and leaves the published copy alone.

        Returns:
            What it printed.
        """
        before = identity(self.published)
        failing = Job(self.tiny, *arguments, path=path)
        assert failing.end() == 1, failing.printed()
        assert identity(self.published) == before
        return failing.printed()

    def succeeds(self, *arguments: str) -> None:
        """Run a build to its end, which swaps what it built in for the published copy."""
        before = self.published.stat().st_ino
        job = Job(self.tiny, *arguments)
        assert job.end() == 0, job.printed()
        assert self.published.read_bytes() == self.tiny.warehouse.read_bytes()
        assert os.listdir(self.published.parent) == [self.published.name]
        assert self.published.stat().st_ino != before


def identity(file: Path) -> tuple[int, int, bytes]:
    """What tells that nobody has touched or swapped a file: inode, time and bytes."""
    stat = file.stat()
    return stat.st_ino, stat.st_mtime_ns, file.read_bytes()


def rows(file: Path) -> dict[str, list[tuple]]:
    """The rows of every table and view of a warehouse, which is only read."""
    with duckdb.connect(str(file), read_only=True) as connection:
        return contents(connection)


@pytest.fixture(scope="module")
def shared_faulty(shared_tiny: TinyProject, tmp_path_factory: TempPathFactory) -> Faulty:
    """One project for the tests of this module, built before and with the news."""
    company = Company(shared_tiny)
    company.take(BEFORE)
    job = Job(shared_tiny, *MODELS_ONLY)
    assert job.end() == 0, job.printed()
    built = tmp_path_factory.mktemp("built") / shared_tiny.warehouse.name
    shared_tiny.warehouse.rename(built)
    company.take(NEWS)
    job = Job(shared_tiny, *MODELS_ONLY)
    assert job.end() == 0, job.printed()
    nodes = max(int(count) for count in re.findall(r" of (\d+) START ", log(shared_tiny)))
    undisturbed = rows(shared_tiny.warehouse)
    assert undisturbed["main_marts.customer_engagement"]
    return Faulty(shared_tiny, built, nodes, undisturbed)


@pytest.fixture
def faulty(shared_faulty: Faulty) -> Faulty:
    """The project, with the warehouse and the published copy of before the news."""
    shared_faulty.restore()
    return shared_faulty


def log(tiny: TinyProject) -> str:
    """What dbt has logged since the log was removed."""
    file = tiny.scratch / "logs" / "dbt.log"
    return file.read_text() if file.exists() else ""


KILLS = [pytest.param(number, marks=[pytest.mark.slow] * (number >= 3)) for number in range(20)]


@pytest.mark.parametrize("number", KILLS)
def test_a_killed_build_is_mended_by_the_next(faulty: Faulty, number: int) -> None:
    """Killed at a random node, the next build ends where an undisturbed one does."""
    chance = random.Random(number)
    node, seconds = chance.randint(1, faulty.nodes), chance.uniform(0, 0.2)
    before = identity(faulty.published)
    (faulty.tiny.scratch / "logs" / "dbt.log").unlink()
    job = Job(faulty.tiny, *MODELS_ONLY)
    job.wait_until(lambda: f" {node} of {faulty.nodes} START " in log(faulty.tiny))
    time.sleep(seconds)
    job.kill()
    # A kill after the last node may find the new copy already swapped in, whole.
    assert identity(faulty.published) == before or rows(faulty.published) == faulty.undisturbed
    faulty.succeeds(*MODELS_ONLY)
    mended = rows(faulty.tiny.warehouse)
    assert set(mended) == set(faulty.undisturbed)
    assert not [table for table in mended if mended[table] != faulty.undisturbed[table]]


def program(folder: Path, name: str, lines: str) -> Path:
    """Write a program that takes the place of one of the system's.

    Args:
        folder: where it goes; created.
        name: of the program.
        lines: of shell.

    Returns:
        The folder, for the PATH.
    """
    folder.mkdir()
    (folder / name).write_text(f"#!/bin/sh\n{lines}\n")
    (folder / name).chmod(0o755)
    return folder


HALF = 'head -c 100000 "$1" > "$2"'


def test_a_build_killed_while_it_publishes_leaves_the_old_copy(
    faulty: Faulty, tmp_path: Path
) -> None:
    """Half a copy is never the published one, and the next build clears it away."""
    before, half = identity(faulty.published), tmp_path / "half"
    slow = program(tmp_path / "bin", "cp", f'{HALF}\ntouch "{half}"\nsleep 60')
    job = Job(faulty.tiny, *ONE_SEED, path=slow)
    job.wait_until(half.exists)
    job.kill()
    assert identity(faulty.published) == before
    assert len(os.listdir(faulty.published.parent)) == 2
    faulty.succeeds(*ONE_SEED)


def test_a_full_disk_leaves_the_old_copy(faulty: Faulty, tmp_path: Path) -> None:
    """One sentence says why; no half copy takes up what room there is."""
    full = program(tmp_path / "bin", "cp", f'{HALF}\nexec "$(command -p -v cp)" "$1" /dev/full')
    printed = faulty.fails(*ONE_SEED, path=full)
    last = printed.splitlines()[-1]
    assert last.startswith("The build succeeded but isn't published, readers keep the copy they")
    assert last.endswith("No space left on device")
    assert "Traceback" not in printed
    assert os.listdir(faulty.published.parent) == [faulty.published.name]


def test_a_data_test_that_fails_keeps_the_build_from_readers(faulty: Faulty) -> None:
    """Every model is built, one test fails, and readers see nothing of it."""
    singular = faulty.tiny.folder / "tests" / "nobody_has_a_problem.sql"
    singular.parent.mkdir()
    singular.write_text("select 'a problem' as problem")
    printed = faulty.fails(*ONE_SEED, "nobody_has_a_problem")
    shutil.rmtree(singular.parent)
    assert "PASS=2 WARN=0 ERROR=1" in printed
    assert printed.endswith("The build failed; dbt's messages above say where.\n")


def test_a_lost_source_leaves_readers_what_they_had(faulty: Faulty, tmp_path: Path) -> None:
    """The build fails at the model that reads the source; every published mart still answers."""
    lost = faulty.tiny.scratch / "events.parquet"
    shutil.move(lost, tmp_path)
    printed = faulty.fails("--select", "tiny_events+")
    with duckdb.connect(str(faulty.published), read_only=True) as reader:
        marts = reader.sql(
            "select table_name from information_schema.tables where table_schema = 'main_marts'"
        ).fetchall()
        read = {mart: reader.sql(f"from main_marts.{mart}").fetchall() for (mart,) in marts}
    shutil.move(tmp_path / lost.name, lost)
    assert "events.parquet" in printed
    assert len(read["customer_engagement"]) == 2
    assert read["customer_scores"] and read["engagement_ratios"]


READ = """
import duckdb, sys
with duckdb.connect(sys.argv[1], read_only=True) as reader:
    print(reader.sql("select label from main.event_types where event_type = 'visit'"))
"""


def test_a_reader_never_blocks_a_build_and_keeps_its_rows(faulty: Faulty) -> None:
    """An open reader reads on in the old copy; who comes after the build reads the new one."""
    label = "select label from main.event_types where event_type = 'visit'"
    old = rows(faulty.published)
    with duckdb.connect(str(faulty.published), read_only=True) as reader:
        assert reader.sql(label).fetchall() == [("Visit",)]
        faulty.tiny.edit_seed("event_types", "visit,Visit,", "visit,Call,")
        faulty.succeeds(*ONE_SEED)
        faulty.tiny.edit_seed("event_types", "visit,Call,", "visit,Visit,")
        assert contents(reader) == old
        later = [sys.executable, "-c", READ, str(faulty.published)]
        assert "Call" in subprocess.run(later, capture_output=True, text=True).stdout
    assert faulty.published.stat().st_mode & 0o222 == 0


HOLD = """
import duckdb, sys
with duckdb.connect(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(faulty: Faulty) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the warehouse open."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(faulty.tiny.warehouse)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.stdin.close()


def test_a_busy_warehouse_is_said_to_be_busy(faulty: Faulty, holder: subprocess.Popen[str]) -> None:
    """The script says who has it open, and nothing else; plain dbt shows DuckDB's own error."""
    before = identity(faulty.tiny.warehouse)
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "build.py"],
        env=os.environ | faulty.tiny.environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"\nThe warehouse {faulty.tiny.warehouse} is busy: python")
    assert done.stderr.endswith(
        f" (process {holder.pid}) has it open; wait until it is done, or close it, "
        "and run this again.\n"
    )
    plain = Job(faulty.tiny, "build", *ONE_SEED, command=plain_dbt)
    assert plain.end() == 1
    assert f'Could not set lock on file "{faulty.tiny.warehouse}"' in plain.printed()
    assert f"(PID {holder.pid})" in plain.printed()
    assert identity(faulty.tiny.warehouse) == before


def test_of_two_builds_at_once_one_builds_and_one_says_busy(faulty: Faulty) -> None:
    """Started together, the second finds the warehouse busy, and nothing is harmed."""
    jobs = [Job(faulty.tiny, *MODELS_ONLY) for _ in range(2)]
    ends = [job.end() for job in jobs]
    assert sorted(ends) == [0, 1], [job.printed() for job in jobs]
    refused, done = jobs[ends.index(1)], jobs[ends.index(0)]
    assert refused.printed().count("\n") == 2
    assert "is busy: python" in refused.printed()
    assert f"(process {done.process.pid}) has it open" in refused.printed()
    assert rows(faulty.tiny.warehouse) == rows(faulty.published) == faulty.undisturbed


@pytest.mark.parametrize(
    ("path", "file"),
    [
        (":memory:", None),
        ("md:company", None),
        ("warehouse.duckdb", Path("warehouse.duckdb")),
        ("/data/warehouse.duckdb", Path("/data/warehouse.duckdb")),
    ],
)
def test_what_is_published_is_the_file_of_the_profile(
    monkeypatch: MonkeyPatch, tmp_path: Path, path: str, file: Path | None
) -> None:
    """A path counts from where the command runs, as for dbt; without a file there is nothing."""
    monkeypatch.setenv("CUSTOMER_ENGAGEMENT_DUCKDB", path)
    monkeypatch.setenv("DBT_PROJECT_DIR", str(ROOT))
    monkeypatch.setenv("DBT_LOG_PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    found = dbtRunner().invoke(["--quiet", "warehouse", "--full-refresh"])
    assert found.success
    assert found.result == (file and (tmp_path / file, {}))
