"""dbt's next engine, on DuckDB, builds the tables that the one of today builds."""

import os
import subprocess
from pathlib import Path

import duckdb
import pytest
from company import Company, contents, step, visit
from projects import ROOT, Project, TinyProject
from test_incremental import check_same

ENGINE = ROOT / ".tools" / "dbt-v2"
DATA_ONLY = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
COMMON_TABLES = """
    select schema_name, table_name
    from duckdb_tables()
    where database_name = 'this' and schema_name <> 'seeds'
    order by all
"""
# Hashes of the models' files, which each engine makes in its own way.
COMPARED = "columns(column -> not ends_with(column, 'version'))"


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
    """Every table of the sample company, row for row, also after a second run."""
    project = Project(ROOT, tmp_path)
    for _ in range(2):
        build(project, driver)
        with duckdb.connect() as connection:
            connection.execute(f"attach '{project.warehouse}' as this (read_only)")
            connection.execute(f"attach '{sample.warehouse}' as that (read_only)")
            tables = connection.sql(COMMON_TABLES).fetchall()
            assert len(tables) > 70
            for schema, name in tables:
                table = f'"{schema}"."{name}"'
                differing = connection.sql(
                    f"(select {COMPARED} from this.{table} except all"
                    f" select {COMPARED} from that.{table})"
                    f" union all (select {COMPARED} from that.{table} except all"
                    f" select {COMPARED} from this.{table})"
                )
                assert not differing.fetchall(), table


@pytest.mark.slow
def test_increments_equal_a_full_refresh(tiny: TinyProject, driver: Path, tmp_path: Path) -> None:
    """The law holds there: late, repeated and removed rows, another weight, an earlier date."""
    company = Company(tiny)
    folder = tmp_path / "grown"
    for change in (
        step(visit("i1", "ann", 9), visit("i2", "bob", 9), visit("i3", "ann", 12)),
        step(visit("i4", "eve", 9), visit("i1", "bob", 9), customers={"ann": ("pro", 8)}),
        step(removed={0}, weight=3, as_of_day=12),
    ):
        company.take(change)
        tables = []
        for place in (folder, tmp_path / f"refreshed{company.loads}"):
            place.mkdir(exist_ok=True)
            tiny.warehouse = place / "warehouse.duckdb"
            build(tiny, driver, "--vars", company.variables)
            with tiny.connect() as connection:
                tables.append(contents(connection))
        check_same(*tables, company.loads)
