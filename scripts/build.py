"""Run the main job in one process: build everything with dbt, publish it, print the summary.

Readers open the published copy, never the warehouse itself: a copy is swapped in whole, and only
after the build and its tests have passed.
"""

import gc
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import click
import duckdb
from dbt.cli import requires
from dbt.cli.main import cli, dbtRunner
from warehouse import Stopped

HOLDER = re.compile(r"lock is held in (?:(?P<program>.+) \()?PID (?P<process>\d+)")


@click.command("warehouse", params=cli.commands["build"].params)
@click.pass_context
@requires.postflight
@requires.preflight
@requires.profile
def warehouse_of_profile(
    context: click.Context, **_: Any
) -> tuple[tuple[Path, dict[str, Any]] | None, bool]:
    """Find the warehouse as `dbt build` would, with the same arguments.

    Args:
        context: dbt has put the profile into it.

    Returns:
        The file and DuckDB's options for opening it, or None where the target has no file on this
        machine; and that the command succeeded.
    """
    credentials = context.obj["profile"].credentials
    if credentials.type != "duckdb" or credentials.remote or credentials.path == ":memory:":
        return None, True
    if urlparse(credentials.path).scheme:
        return None, True
    return (Path(credentials.path).absolute(), credentials.config_options or {}), True


cli.add_command(warehouse_of_profile)


def held(warehouse: Path, options: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """Open the warehouse, so that no other process can.

    Args:
        warehouse: its file.
        options: what dbt opens it with; with the same, dbt's connections join this one.

    Returns:
        A connection, which the caller closes.

    Raises:
        Stopped: another process has the warehouse open, or it can't be opened at all.
    """
    try:
        return duckdb.connect(str(warehouse), config=options)
    except duckdb.Error as problem:
        if "Could not set lock" not in str(problem):
            raise Stopped(f"The warehouse {warehouse} can't be opened: {problem}") from problem
        holder = HOLDER.search(str(problem))
        who = "another program"
        if holder:
            who = f"{Path(holder['program'] or who).name} (process {holder['process']})"
        raise Stopped(
            f"The warehouse {warehouse} is busy: {who} has it open; wait until it is done, "
            "or close it, and run this again."
        ) from problem


def publish(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> Path:
    """Swap a copy of the warehouse in for the published one.

    The copy keeps the file's name, since views in it carry that name. Whoever has the old copy open
    keeps reading it. Nobody can write into the copy.

    Args:
        connection: keeps other processes out of the warehouse while it is copied.
        warehouse: its file.

    Returns:
        The published file.

    Raises:
        Stopped: there is no room for the copy, say; the published file is what it was.
    """
    published = warehouse.parent / "published" / warehouse.name
    unfinished = published.with_name(f"{warehouse.name}.unfinished")
    try:
        connection.execute("checkpoint")
        published.parent.mkdir(exist_ok=True)
        unfinished.unlink(missing_ok=True)
        # A process of its own: the system drops DuckDB's lock when this one closes the file.
        copied = subprocess.run(["cp", warehouse, unfinished], stderr=subprocess.PIPE, text=True)
        if copied.returncode:
            raise OSError(copied.stderr.strip())
        unfinished.chmod(0o444)
        flush(unfinished)
        os.replace(unfinished, published)
        flush(published.parent)
    except (OSError, duckdb.Error) as problem:
        unfinished.unlink(missing_ok=True)
        raise Stopped(
            f"The build succeeded but isn't published, readers keep the copy they had: {problem}"
        ) from problem
    return published


def flush(path: Path) -> None:
    """Wait until a file or the entries of a folder are on the disk.

    Raises:
        OSError: they can't be written.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def build(dbt: dbtRunner, dbt_arguments: list[str]) -> None:
    """Build the project, data tests included.

    Args:
        dbt: the runner.
        dbt_arguments: passed on to `dbt build`.

    Raises:
        Stopped: a model, a seed or a test failed.
    """
    # Unit tests say nothing of this data; `make test` runs them.
    built = dbt.invoke(["build", "--exclude-resource-type", "unit_test", *dbt_arguments])
    if not built.success:
        reason = f"{built.exception}\n\n" if built.exception else ""
        raise Stopped(f"{reason}The build failed; dbt's messages above say where.")


def build_and_publish(dbt: dbtRunner, dbt_arguments: list[str]) -> None:
    """Build the project and, where its warehouse is a file, publish a copy.

    Args:
        dbt: the runner.
        dbt_arguments: passed on to `dbt build`.

    Raises:
        Stopped: what went wrong.
    """
    found = dbt.invoke(["--quiet", "warehouse", *dbt_arguments])
    if not found.success:
        raise Stopped(str(found.exception))
    if found.result is None:
        build(dbt, dbt_arguments)
        return
    warehouse, options = found.result
    with held(warehouse, options) as connection:
        build(dbt, dbt_arguments)
        print(f"\nPublished: {publish(connection, warehouse)}")


def main(dbt_arguments: list[str]) -> int:
    """Build the project, publish it and print its summary.

    Args:
        dbt_arguments: passed on to `dbt build`, e.g. `--full-refresh`.

    Returns:
        The exit code: 0 when everything succeeded, tests included, else 1.
    """
    # dbt keeps all that it parsed: to look through it again and again takes a tenth of its time.
    gc.set_threshold(200_000, 50, 100)
    dbt = dbtRunner()
    try:
        build_and_publish(dbt, dbt_arguments)
    except Stopped as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    summary = dbt.invoke(["--quiet", "run-operation", "engagement_summary"])
    return 0 if summary.success else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
