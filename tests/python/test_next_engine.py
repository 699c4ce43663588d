"""Other releases of dbt, on DuckDB, build the tables that the one of today builds."""

import os
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest
from projects import ROOT, Project, copied_example

ENGINE = ROOT / ".tools" / "dbt-v2"
ENGINE_DBT = ENGINE / "bin" / "dbt-core-experimental-parser"
OLDER_DBT = ROOT / ".tools" / "dbt-1.11" / "bin" / "dbt"
DATA_ONLY = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
COMMON_TABLES = """
    select schema_name, table_name
    from duckdb_tables()
    where database_name = 'this' and schema_name <> 'seeds'
    order by all
"""
# Hashes of the models' files, which each engine makes in its own way.
COMPARED = "columns(lambda name: not ends_with(name, 'version'))"


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that names DuckDB's library to the engine."""
    libraries = list(ENGINE.glob("node_modules/@duckdb/node-bindings-*/libduckdb.*"))
    assert libraries, "DuckDB's library isn't there: make .tools/dbt-v2/.driver"
    folder = tmp_path_factory.mktemp("driver")
    (folder / "duckdb.toml").write_text(
        'manifest_version = 1\nname = "DuckDB"\n[ADBC]\nversion = "1.1.0"\n'
        f'[Driver]\nentrypoint = "duckdb_adbc_init"\nshared = "{libraries[0]}"\n'
    )
    return folder


def run(dbt: Path, project: Project, *arguments: str, **variables: str) -> None:
    """Run a command of another release, which must succeed.

    Args:
        dbt: the release's program.
        project: its folder, warehouse and environment.
        arguments: as on the command line.
        variables: of the environment, on top.
    """
    assert dbt.exists(), "run `make test-all`, which installs it"
    environment = {
        **{name: text for name, text in os.environ.items() if name != "DBT_WARN_ERROR_OPTIONS"},
        **project.environment(),
        **variables,
    }
    done = subprocess.run(
        [dbt, *arguments], cwd=project.folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def build(project: Project, driver: Path, *arguments: str) -> None:
    """Build a project's warehouse with the next engine.

    Args:
        project: its folder, warehouse and environment.
        driver: the folder that names DuckDB's library.
        arguments: as on the command line.
    """
    run(ENGINE_DBT, project, "build", *DATA_ONLY, *arguments, ADBC_DRIVER_PATH=str(driver))


def check_same(this: Path, that: Path, at_least: int) -> None:
    """Compare the tables of two warehouses, row for row.

    Args:
        this: the one whose tables are listed.
        that: what they should be.
        at_least: how many tables there are, at least.
    """
    with duckdb.connect() as connection:
        connection.execute(f"attach '{this}' as this (read_only)")
        connection.execute(f"attach '{that}' as that (read_only)")
        tables = connection.sql(COMMON_TABLES).fetchall()
        assert len(tables) >= at_least
        for schema, name in tables:
            one, other = (
                f'select {COMPARED} from {warehouse}."{schema}"."{name}"'
                for warehouse in ("this", "that")
            )
            differing = connection.sql(
                f"({one} except all {other}) union all ({other} except all {one})"
            )
            assert not differing.fetchall(), (schema, name)


@pytest.mark.slow
def test_the_sample_is_the_same(sample: Project, driver: Path, tmp_path: Path) -> None:
    """Every table of the sample company, row for row, after a move to an earlier date and back."""
    project = Project(ROOT, tmp_path)
    for arguments in ((), ("--vars", '{"as_of_date": "2026-06-20"}'), ()):
        build(project, driver, *arguments)
    # This process may hold the sample's own.
    check_same(project.warehouse, shutil.copy(sample.warehouse, tmp_path / "that.duckdb"), 60)


@pytest.fixture(scope="module")
def minimal(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The smallest example, which installs this project as a package, built with today's dbt."""
    project = copied_example(tmp_path_factory.mktemp("minimal"))
    for arguments in (("deps",), ("build", *DATA_ONLY)):
        done = project.dbt(*arguments)
        assert done.success, done.messages
    with project.connect() as connection:
        connection.execute("force checkpoint")
    return project


@pytest.mark.slow
def test_a_package_is_the_same_with_an_older_dbt(minimal: Project, tmp_path: Path) -> None:
    """On a second run too; and this project itself is understood."""
    project = copied_example(tmp_path)
    run(OLDER_DBT, project, "deps")
    for _ in range(2):
        run(OLDER_DBT, project, "build", *DATA_ONLY)
    that = shutil.copy(minimal.warehouse, tmp_path / "that.duckdb")
    check_same(project.warehouse, that, 50)
    run(OLDER_DBT, Project(ROOT, tmp_path / "itself"), "parse")
