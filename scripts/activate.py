"""Send what the published warehouse knows to other tools: the syncs of syncs/, run by drt.

`make activate-plan` shows what would be sent and changes nothing; `make activate` shows it, then
sends it. Addresses, passwords and tokens come from the environment.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import psycopg2
import yaml
from warehouse import ROOT, Stopped, existing, published_warehouse

SYNCS = ROOT / "syncs"


def chosen_syncs(names: list[str]) -> dict[str, dict[str, Any]]:
    """Read the syncs to run.

    Args:
        names: which; none for all.

    Returns:
        What the file of each says, by its name.

    Raises:
        Stopped: there is no such sync.
    """
    known = {path.stem: path for path in sorted(SYNCS.glob("*.yml"))}
    for name in names:
        if name not in known:
            raise Stopped(f"There is no sync {name}; the syncs are {', '.join(known)}.")
    return {name: yaml.safe_load(known[name].read_text()) for name in names or known}


def check_environment(name: str) -> None:
    """Stop where a variable that a sync reads from the environment is not set.

    Args:
        name: the sync.

    Raises:
        Stopped: which are missing.
    """
    text = (SYNCS / f"{name}.yml").read_text()
    read = dict.fromkeys(re.findall(r"\$\{(\w+)\}|_env: (\w+)", text))
    variables = [braced or named for braced, named in read]
    missing = [variable for variable in variables if not os.environ.get(variable)]
    if missing:
        them = "it" if len(missing) == 1 else "them"
        raise Stopped(
            f"Set {' and '.join(missing)} in the environment: syncs/{name}.yml needs {them}."
        )


def check_table(name: str, destination: dict[str, Any]) -> None:
    """Stop where the database that a sync writes to doesn't answer, or lacks its table.

    Args:
        name: the sync.
        destination: where it writes to.

    Raises:
        Stopped: what is wrong, without the address, which holds a password.
    """
    variable, table = destination["connection_string_env"], destination["table"]
    try:
        connection = psycopg2.connect(os.environ[variable], connect_timeout=10)
    except psycopg2.OperationalError as problem:
        said = " ".join(str(problem).split())
        raise Stopped(f"The database of {variable} can't be opened: {said}") from None
    except psycopg2.ProgrammingError:
        form = "postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
        raise Stopped(f"{variable} is no address of a database, such as {form}.") from None
    with connection, connection.cursor() as cursor:
        cursor.execute("select to_regclass(%s) is not null", [table])
        (exists,) = cursor.fetchone()
    connection.close()
    if not exists:
        raise Stopped(
            f"The database of {variable} has no table {table}; make it with"
            f' `psql "${variable}" -f syncs/{name}.sql`.'
        )


def write_workspace(syncs: dict[str, dict[str, Any]], warehouse: Path, folder: Path) -> None:
    """Make the folder in which drt runs: its project, the syncs, and the rows to send.

    drt opens its source for writing and so would keep others from the published copy: it gets a
    file with the rows of the activation models alone, which a plan and its run share.

    Args:
        syncs: those to run, by name.
        warehouse: the file that the rows come from.
        folder: what is made; drt's own state in it stays.

    Raises:
        Stopped: the warehouse lacks a model that a sync reads.
    """
    shutil.rmtree(folder / "syncs", ignore_errors=True)
    (folder / "syncs").mkdir(parents=True)
    (folder / ".drt").mkdir(exist_ok=True)
    shutil.copy(ROOT / "drt_project.yml", folder)
    rows = folder / "rows.duckdb"
    rows.unlink(missing_ok=True)
    # drt looks for it in the home folder only.
    profile = {"published": {"type": "duckdb", "database": rows.name}}
    (folder / ".drt" / "profiles.yml").write_text(yaml.safe_dump(profile))
    with duckdb.connect(str(rows)) as connection:
        # A view knows its warehouse by the name of its file.
        connection.execute(f"attach '{warehouse}' as \"{warehouse.stem}\" (read_only)")
        for name, sync in syncs.items():
            shutil.copy(SYNCS / f"{name}.yml", folder / "syncs")
            schema, table = re.search(r"\bfrom (\w+)\.(\w+)", sync["model"]).groups()
            model = f"{schema}.{table}"
            connection.execute(f"create schema if not exists {schema}")
            try:
                connection.execute(f'create table {model} as from "{warehouse.stem}".{model}')
            except duckdb.CatalogException:
                raise Stopped(
                    f"{warehouse} has no {model}: run `make build`, with the model enabled."
                ) from None


def drt(folder: Path, *arguments: str) -> bool:
    """Run drt, which tells nobody else; the reason why rows failed is shown for the first of them.

    Args:
        folder: its workspace.
        arguments: as on the command line.

    Returns:
        Whether it succeeded.
    """
    environment = {"COLUMNS": "120", **os.environ, "HOME": str(folder), "DO_NOT_TRACK": "1"}
    tool = Path(sys.executable).with_name("drt")
    reasons = set()
    with subprocess.Popen(
        [tool, *arguments], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    ) as running:
        for line in running.stdout:
            of_a_row = re.match(r" +row \d+: (.*)", line)
            if of_a_row is None or of_a_row[1] not in reasons:
                print(line, end="", flush=True)
            if of_a_row:
                reasons.add(of_a_row[1])
    return running.returncode == 0


def plan(name: str, sync: dict[str, Any], folder: Path) -> None:
    """Show what a sync would do: row by row where its destination is a table, else how many rows.

    Args:
        name: the sync.
        sync: what its file says.
        folder: drt's workspace.

    Raises:
        Stopped: drt can't tell.
    """
    if "table" in sync["destination"]:
        shown = drt(folder, "plan", name, "--out", f"{name}.json")
    else:
        print(f"Plan for sync '{name}'", flush=True)
        shown = drt(folder, "run", "--select", name, "--dry-run")
    if not shown:
        raise Stopped(f"Nothing was sent: there is no plan for {name}; drt says above why.")


def send(name: str, sync: dict[str, Any], folder: Path) -> bool:
    """Run a sync as planned; where a table has changed since, drt refuses.

    Args:
        name: the sync.
        sync: what its file says.
        folder: drt's workspace.

    Returns:
        Whether everything arrived.
    """
    if "table" in sync["destination"]:
        return drt(folder, "apply", f"{name}.json", "--auto-approve")
    return drt(folder, "run", "--select", name, "--verbose")


def main(arguments: list[str]) -> int:
    """Plan the syncs, and send unless only the plan was asked for.

    Args:
        arguments: as on the command line.

    Returns:
        The exit code: 0 when everything was planned and, if asked for, sent; else 1.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["plan", "run"])
    parser.add_argument("syncs", nargs="*", help="default: all")
    parser.add_argument("--warehouse", type=Path, help="default: the published copy")
    parser.add_argument("--folder", type=Path, default=ROOT / "target" / "activation")
    given = parser.parse_args(arguments)
    try:
        syncs = chosen_syncs(given.syncs)
        warehouse = existing(given.warehouse) if given.warehouse else published_warehouse()
        write_workspace(syncs, warehouse, given.folder)
        for name, sync in syncs.items():
            check_environment(name)
            if "connection_string_env" in sync["destination"]:
                check_table(name, sync["destination"])
        for name, sync in syncs.items():
            plan(name, sync, given.folder)
        if given.command == "plan":
            return 0
        failed = [name for name, sync in syncs.items() if not send(name, sync, given.folder)]
        if failed:
            raise Stopped(f"Not everything was sent by {', '.join(failed)}; drt says above why.")
    except Stopped as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
