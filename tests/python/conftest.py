"""Fixtures: dbt in process, the sample warehouse built once, and a tiny project to break."""

import fcntl
import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from projects import ROOT, Project, TinyProject
from pytest import MonkeyPatch, TempPathFactory
from repeated_work import remember


@pytest.fixture(scope="session", autouse=True)
def strict_dbt(tmp_path_factory: TempPathFactory) -> Iterator[None]:
    """Make warnings of dbt errors, but for tests of severity warn; spare it what it knows."""
    of_this_run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        of_this_run = of_this_run.parent
    TinyProject.parsed = of_this_run / "parsed"
    with MonkeyPatch.context() as patch:
        # A project is parsed the same wherever its warehouse lies.
        keys = [key for key in DuckDBCredentials._connection_keys(None) if key != "path"]
        patch.setattr(DuckDBCredentials, "_connection_keys", lambda _: keys)
        allowed = '["LogTestResult", "RunResultWarning", "RunResultWarningMessage"]'
        patch.setenv("DBT_WARN_ERROR_OPTIONS", f'{{"error": "all", "warn": {allowed}}}')
        patch.setenv("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
        patch.setenv("DBT_PROFILES_DIR", str(ROOT / "profiles"))
        remember(patch)
        # As in scripts/build.py.
        gc.set_threshold(200_000, 50, 100)
        yield


@pytest.fixture(scope="session")
def sample(tmp_path_factory: TempPathFactory) -> Project:
    """The sample company's warehouse, built once, every test of the project included.

    The first worker that asks for it builds it, the others wait; each takes a copy.
    """
    scratch = tmp_path_factory.mktemp("sample") / "of_this_worker"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return built_sample(scratch)
    common = tmp_path_factory.getbasetemp().parent / "sample"
    with (common.with_suffix(".lock")).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (common / "complete").exists():
            shutil.rmtree(common, ignore_errors=True)
            built_sample(common)
            (common / "complete").touch()
        shutil.copytree(common, scratch)
    return Project(ROOT, scratch)


def built_sample(scratch: Path) -> Project:
    """Build the sample company's warehouse, whole in its one file.

    Args:
        scratch: where the warehouse and dbt's own files go.
    """
    project = Project(ROOT, scratch)
    scratch.mkdir()
    built = project.dbt("build")
    assert built.success, built.messages
    # dbt leaves its connection open; a log that it writes out later would be missing in a copy.
    with project.connect() as connection:
        connection.execute("force checkpoint")
    return project


@pytest.fixture(scope="session")
def catalog(sample: Project, tmp_path_factory: TempPathFactory) -> Path:
    """The folder of dbt's own files about the built sample, its catalogue included.

    `manifest.json` and `run_results.json` are those of the build, with compiled SQL;
    `catalog.json` says what the warehouse holds. The first worker that asks for it writes it.
    """
    own = sample.scratch / "target" / "catalog.json"
    common = tmp_path_factory.getbasetemp().parent / "catalog.json"
    with common.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if "PYTEST_XDIST_WORKER" in os.environ and common.exists():
            shutil.copy(common, own)
        else:
            # Without a compilation the build's manifest stays.
            written = sample.dbt("docs", "generate", "--no-compile")
            assert written.success, written.messages
            shutil.copy(own, common)
    return own.parent


@pytest.fixture(scope="session")
def sample_tables(sample: Project) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the sample warehouse."""
    with sample.connect() as connection:
        yield connection


@pytest.fixture
def tiny(tmp_path: Path) -> TinyProject:
    """A copy of the tiny project, which installs this one as a package, for a test to change."""
    return copy_tiny_project(tmp_path)


@pytest.fixture(scope="module")
def shared_tiny(tmp_path_factory: TempPathFactory) -> TinyProject:
    """One copy for all tests of a module, parsed once."""
    return copy_tiny_project(tmp_path_factory.mktemp("shared"))


def copy_tiny_project(scratch: Path) -> TinyProject:
    """Copy the tiny project and install this one into it.

    Args:
        scratch: where the copy, its data and its warehouse go.
    """
    folder = scratch / "tiny"
    shutil.copytree(Path(__file__).parent / "tiny_project", folder)
    relative = os.path.relpath(ROOT, folder)
    (folder / "packages.yml").write_text(f"packages:\n  - local: {relative}\n")
    project = TinyProject(folder, scratch)
    project.write_events([])
    project.write_customers([])
    assert project.dbt("deps").success
    return project
