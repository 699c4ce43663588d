"""Let dbt build on a Spark cluster, and compare its tables with those of DuckDB."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import comparison
import duckdb
from projects import ROOT
from pyhive import hive
from spark_cluster import SparkCluster

sys.path.insert(0, str(ROOT / "scripts"))
import load  # noqa: E402


def variables(cluster: SparkCluster, schema: str, file_format: str = "iceberg") -> dict[str, str]:
    """What the profile that users have reads from the environment.

    Args:
        cluster: a running one.
        schema: what its schemas' names begin with.
        file_format: what kind of tables.
    """
    return {
        "SPARK_HOST": "127.0.0.1",
        "SPARK_PORT": str(cluster.port),
        "CUSTOMER_ENGAGEMENT_SCHEMA": schema,
        "CUSTOMER_ENGAGEMENT_FILE_FORMAT": file_format,
        "CUSTOMER_ENGAGEMENT_THREADS": "2",
    }


def check_same_tables(
    cluster: SparkCluster,
    warehouse: Path,
    scratch: Path,
    schema_of: Callable[[str], str],
    built: set[str],
) -> set[str]:
    """Compare the tables of a warehouse with the cluster's, row for row.

    Args:
        cluster: they were built there, too.
        warehouse: DuckDB's file, whole.
        scratch: where files may lie, of the cluster's too.
        schema_of: gives the cluster's name of a schema of DuckDB's.
        built: what there is to compare.

    Returns:
        The names of the compared tables that aren't empty.

    Raises:
        AssertionError: one differs, as `comparison.check_same_tables` says.
    """
    # The day that stands for none is of the year 1.
    session = load.SPARK_SESSION | {
        "set:hiveconf:spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED"
    }
    with hive.connect("127.0.0.1", cluster.port, configuration=session) as there:
        cursor = there.cursor()

        def fetch(
            connection: duckdb.DuckDBPyConnection, schema: str, table: str, types: dict[str, str]
        ) -> None:
            """Bring a table of the cluster into the schema `server` of DuckDB, through files."""
            columns = ", ".join(map(load.backquoted, types))
            source = f"{schema_of(schema)}.{load.backquoted(table)}"
            rows = scratch / "rows"
            cursor.execute(
                f"insert overwrite directory '{rows.as_uri()}' using parquet"
                f" select {columns} from {source}"
            )
            described = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
            connection.execute(f'create table server."{table}" ({described})')
            # Of a table without rows there is no file.
            if list(rows.glob("*.parquet")):
                connection.execute(f"insert into server.\"{table}\" from '{rows}/*.parquet'")
            shutil.rmtree(rows)

        return comparison.check_same_tables(warehouse, scratch, fetch, built)
