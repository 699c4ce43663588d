"""Draw the boards of charts/ from the published warehouse, or serve them with their filters.

`make dashboard` writes an HTML file a board, which asks nothing of any other machine, and the
picture of the overview for the README. `make serve` shows the boards in a browser.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import NoReturn

import yaml
from warehouse import ROOT, Stopped, published_warehouse

# Its own, so that `dbt build` and the dashboard don't parse the project over each other; dbt Charts
# takes none outside of the project.
TARGET = "target/charts"
# A band that nobody has isn't drawn.
EXPECTED = ("WARN-CATEGORY-COLOR-PIN-UNSEEN",)
INDEX = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Customer engagement</title>
<style>body {{ font: 16px/1.8 sans-serif; margin: 3rem }}</style>
<h1>Customer engagement</h1>
<ul>
{links}
</ul>
"""


def environment(warehouse: Path) -> dict[str, str]:
    """The environment in which dbt and dbt Charts read one warehouse, and tell nobody.

    Args:
        warehouse: its file.

    Returns:
        This process's environment and the settings.
    """
    return os.environ | {
        # dbt Charts takes a path that the profile reads from the environment as relative to the
        # project, even an absolute one.
        "CUSTOMER_ENGAGEMENT_DUCKDB": os.path.relpath(warehouse.resolve(), ROOT),
        "DBT_PROFILES_DIR": str(ROOT / "profiles"),
        "DBT_PROJECT_DIR": str(ROOT),
        "DBT_TARGET_PATH": TARGET,
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }


def run(*command: str, warehouse: Path) -> None:
    """Run a tool of this environment in the project's folder.

    Args:
        command: its words, the tool's name first.
        warehouse: the file that it reads.

    Raises:
        Stopped: it failed.
    """
    tool = Path(sys.executable).with_name(command[0])
    done = subprocess.run([tool, *command[1:]], cwd=ROOT, env=environment(warehouse))
    if done.returncode:
        raise Stopped(f"`{' '.join(command[:2])}` failed; its messages above say why.")


def enabled_boards() -> dict[str, str]:
    """The boards whose exposure is enabled: one that reads a channel which is off can't be drawn.

    Returns:
        The title of each by its name, in the order of models/exposures.yml.
    """
    manifest = json.loads((ROOT / TARGET / "manifest.json").read_text())
    listed = yaml.safe_load((ROOT / "models" / "exposures.yml").read_text())["exposures"]
    enabled = {exposure["name"] for exposure in manifest["exposures"].values()}
    return {board["name"]: board["label"] for board in listed if board["name"] in enabled}


def render(
    warehouse: Path, boards: Iterable[str], kind: str, output: str, customer: str = ""
) -> None:
    """Draw boards in one form, without the cache of an earlier run.

    Args:
        warehouse: the file that they read.
        boards: their names.
        kind: the form, such as html.
        output: the file, with `{stem}` for the board's name.
        customer: whom the customer's board is about; empty: the one whose index fell most.

    Raises:
        Stopped: a chart can't be drawn.
    """
    paths = [f"charts/{board}.yml" for board in boards]
    ignored = [word for code in EXPECTED for word in ("--ignore-warning", code)]
    options = ["--no-cache", "--format", kind, "--output", output, *ignored]
    options += ["--var", f"customer_id={customer}"]
    run("dct", "render", *paths, *options, warehouse=warehouse)


def write_index(folder: Path, boards: dict[str, str]) -> None:
    """Write the page that leads to the boards.

    Args:
        folder: where the boards' pages lie.
        boards: their titles by name.
    """
    links = [
        f'<li><a href="{name}.html">{escape(title)}</a></li>' for name, title in boards.items()
    ]
    (folder / "index.html").write_text(INDEX.format(links="\n".join(links)))


def draw(warehouse: Path, folder: Path, picture: Path, customer: str) -> None:
    """Write every board's page, the page that leads to them, and the overview's picture.

    Args:
        warehouse: the file that they read.
        folder: where the pages go.
        picture: where the picture goes.
        customer: whom the customer's board is about; empty: the one whose index fell most.

    Raises:
        Stopped: a chart can't be drawn.
    """
    folder.mkdir(parents=True, exist_ok=True)
    boards = enabled_boards()
    render(warehouse, boards, "html", str(folder.absolute() / "{stem}.html"), customer)
    render(warehouse, ["overview"], "png", str(picture.absolute()))
    write_index(folder, boards)
    print(f"\nOpen {folder / 'index.html'}")


def serve(warehouse: Path, port: str) -> NoReturn:
    """Become the server of the boards, so that whoever stops this process stops the server.

    Args:
        warehouse: the file that the boards read.
        port: where the server listens.
    """
    tool = Path(sys.executable).with_name("dct")
    os.chdir(ROOT)
    os.execve(tool, ["dct", "serve", "--no-cache", "--port", port], environment(warehouse))


def main(arguments: list[str]) -> int:
    """Draw the boards, or serve them until interrupted.

    Args:
        arguments: as on the command line.

    Returns:
        The exit code: 0 when everything was drawn, else 1.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["draw", "serve"])
    parser.add_argument("--warehouse", type=Path, help="default: the published copy")
    parser.add_argument("--folder", type=Path, default=ROOT / "target" / "dashboard")
    parser.add_argument("--picture", type=Path, default=ROOT / "docs" / "dashboard.png")
    parser.add_argument("--customer", default="", help="default: the one whose index fell most")
    parser.add_argument("--port", default="8080")
    given = parser.parse_args(arguments)
    try:
        warehouse = given.warehouse or published_warehouse()
        run("dbt", "--quiet", "parse", warehouse=warehouse)
        if given.command == "serve":
            serve(warehouse, given.port)
        draw(warehouse, given.folder, given.picture, given.customer)
    except Stopped as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
