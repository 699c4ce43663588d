"""dbt's next engine, on DuckDB, builds the tables that the one of today builds."""

import os
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest
from projects import ROOT, Project

ENGINE = ROOT / ".tools" / "dbt-v2"
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


def build(project: Project, driver: Path, *arguments: str) -> None:
    """Build a project's warehouse with the next engine.

    Args:
        project: its folder, warehouse and environment.
        driver: the folder that names DuckDB's library.
        arguments: as on the command line.
    """
    environment = {
        **{name: text for name, text in os.environ.items() if name != "DBT_WARN_ERROR_OPTIONS"},
        **project.environment(),
        "ADBC_DRIVER_PATH": str(driver),
    }
    done = subprocess.run(
        [ENGINE / "bin" / "dbt-core-experimental-parser", "build", *DATA_ONLY, *arguments],
        cwd=project.folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_sample_is_the_same(sample: Project, driver: Path, tmp_path: Path) -> None:
    """Every table of the sample company, row for row, after a move to an earlier date and back."""
    project = Project(ROOT, tmp_path)
    for arguments in ((), ("--vars", '{"as_of_date": "2026-06-20"}'), ()):
        build(project, driver, *arguments)
    # This process may hold the sample's own.
    that = shutil.copy(sample.warehouse, tmp_path / "that.duckdb")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{project.warehouse}' as this (read_only)")
        connection.execute(f"attach '{that}' as that (read_only)")
        tables = connection.sql(COMMON_TABLES).fetchall()
        assert len(tables) > 70
        for schema, name in tables:
            this, that = (
                f'select {COMPARED} from {warehouse}."{schema}"."{name}"'
                for warehouse in ("this", "that")
            )
            differing = connection.sql(
                f"({this} except all {that}) union all ({that} except all {this})"
            )
            assert not differing.fetchall(), (schema, name)
