"""Run dbt on an emulator of Snowflake: run by `.tools/clouds`' Python.

    .tools/clouds/bin/python tests/clouds/emulate_snowflake.py RAW DATABASE TABLES build ...

loads each Parquet file of the folder RAW into the schema `raw`, runs dbt with what follows, and
writes every table and view into the folder TABLES, a Parquet file each, named with its schema.
The emulator, fakesnow, executes Snowflake's SQL on DuckDB; its database lies in the folder
DATABASE, where a later run goes on with it. What it doesn't know of Snowflake is said here.
"""

import logging
import sys
import warnings
from pathlib import Path

import fakesnow
import snowflake.connector
from dbt.cli.main import dbtRunner
from duckdb import DuckDBPyConnection
from fakesnow import transforms
from sqlglot import exp

RELATIONS = """
    select table_schema, table_name
    from information_schema.tables
    where table_catalog = ? and table_schema like 'ENGAGEMENT%'
"""
known_to_decimal = transforms.to_decimal


def to_decimal(expression: exp.Expression) -> exp.Expression:
    """Read a number that is written with hexadecimal digits, too.

    Args:
        expression: any; `to_number(text, 'XX')` is changed.
    """
    if isinstance(expression, exp.ToNumber):
        digits = expression.args.get("format")
        if digits and set(digits.name) == {"X"}:
            prefixed = exp.Concat(expressions=[exp.Literal.string("0x"), expression.this])
            return exp.cast(prefixed, "bigint")
    return known_to_decimal(expression)


def plain_table(expression: exp.Expression) -> exp.Expression | None:
    """Make plain tables of temporary ones, which DuckDB keeps out of any schema.

    Args:
        expression: any; `create temporary table` is changed.
    """
    if isinstance(expression, exp.TemporaryProperty):
        return None
    return expression


def described(duck: DuckDBPyConnection, table: str) -> list[str]:
    """The names of a table's columns.

    Args:
        duck: the emulator's own connection.
        table: as DuckDB's `from` takes it.
    """
    return [name for name, *_ in duck.execute(f"describe from {table}").fetchall()]


def load(duck: DuckDBPyConnection, database: str, folder: Path) -> None:
    """Load a folder's files, with names in capitals, which Snowflake makes of names without quotes.

    Args:
        duck: the emulator's own connection.
        database: gets them, in its schema RAW.
        folder: holds the Parquet files; a table has its file's name.
    """
    duck.execute(f"create schema if not exists {database}.RAW")
    for file in sorted(folder.glob("*.parquet")):
        columns = (f'"{name}" as "{name.upper()}"' for name in described(duck, f"'{file}'"))
        table = f"{database}.RAW.{file.stem.upper()}"
        duck.execute(
            f"create or replace table {table} as select {', '.join(columns)} from '{file}'"
        )


def export(duck: DuckDBPyConnection, database: str, folder: Path) -> None:
    """Write what dbt built.

    Args:
        duck: the emulator's own connection.
        database: holds it.
        folder: gets the files.
    """
    folder.mkdir(exist_ok=True)
    for schema, name in duck.execute(RELATIONS, [database]).fetchall():
        table = f'{database}."{schema}"."{name}"'
        columns = (f'"{column}" as "{column.lower()}"' for column in described(duck, table))
        file = folder / f"{schema.lower()}.{name.lower()}.parquet"
        duck.execute(f"copy (select {', '.join(columns)} from {table}) to '{file}'")


def main(raw: str, place: str, tables: str, *arguments: str) -> int:
    """Load, run and write.

    Args:
        raw: folder of the raw rows.
        place: folder of the emulator's database.
        tables: folder that gets the tables.
        arguments: dbt's.

    Returns:
        The exit code: 1 where dbt fails; it says why.
    """
    transforms.to_decimal = to_decimal
    # In the place of what makes 64 bits of each whole number, which has 38 digits on Snowflake.
    transforms.integer_precision = plain_table
    # Of what it leaves out of a statement, such as whether a table is transient.
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    Path(place).mkdir(exist_ok=True)
    with fakesnow.patch(db_path=place):
        connection = snowflake.connector.connect(database="ANALYTICS")
        duck = connection._duck_conn
        load(duck, "ANALYTICS", Path(raw))
        succeeded = dbtRunner().invoke(["--quiet", *arguments]).success
        export(duck, "ANALYTICS", Path(tables))
    return 0 if succeeded else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
