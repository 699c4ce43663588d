"""Write what the built warehouse holds as two pages that ask nothing of other machines.

`make docs` writes `target/docs/dbt.html`, dbt's own documentation of every model, column and test,
and `target/docs/lineage.html`, which shows the columns that a column is made from.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from warehouse import ROOT, Stopped, built_warehouse

# dbt's own files, apart, so that `dbt build` and this don't write over each other.
ARTIFACTS = "artifacts"
DBT = Path(sys.executable).with_name("dbt")
COLIBRI = ROOT / ".tools" / "colibri" / "bin" / "colibri"


def run(tool: Path, *arguments: str, **settings: str) -> None:
    """Run a tool in the project's folder.

    Args:
        tool: its program.
        arguments: as on the command line.
        settings: variables of its environment, beside this process's.

    Raises:
        Stopped: it isn't installed, or it failed.
    """
    if not tool.exists():
        raise Stopped(f"There is no {tool} yet; `make docs` installs it.")
    done = subprocess.run([tool, *arguments], cwd=ROOT, env=os.environ | settings)
    if done.returncode:
        raise Stopped(f"`{tool.name} {arguments[0]}` failed; its messages above say why.")


def describe(warehouse: Path, folder: Path) -> Path:
    """Let dbt describe the project and what the warehouse holds of it.

    Args:
        warehouse: its file.
        folder: where the page goes.

    Returns:
        The folder of dbt's manifest and catalogue.

    Raises:
        Stopped: dbt failed, or nothing has been built yet.
    """
    artifacts = folder / ARTIFACTS
    run(
        *(DBT, "docs", "generate", "--static", "--quiet"),
        CUSTOMER_ENGAGEMENT_DUCKDB=str(warehouse),
        DBT_PROFILES_DIR=str(ROOT / "profiles"),
        DBT_TARGET_PATH=str(artifacts),
        # The page would load a tracker, too.
        DBT_SEND_ANONYMOUS_USAGE_STATS="false",
    )
    described = json.loads((artifacts / "catalog.json").read_text())["nodes"]
    if not any(table["metadata"]["schema"] == "marts" for table in described.values()):
        raise Stopped(f"{warehouse} has no marts yet; run `make build` first.")
    os.replace(artifacts / "static_index.html", folder / "dbt.html")
    return artifacts


def trace(artifacts: Path, folder: Path) -> None:
    """Draw which column is made from which.

    Args:
        artifacts: the folder of dbt's manifest and catalogue.
        folder: where the page goes.

    Raises:
        Stopped: the tool failed.
    """
    files = [f"--{kind}={artifacts / kind}.json" for kind in ("manifest", "catalog")]
    output = artifacts / "lineage"
    run(COLIBRI, "generate", "--disable-telemetry", f"--output-dir={output}", *files)
    os.replace(output / "index.html", folder / "lineage.html")


def main(arguments: list[str]) -> int:
    """Write both pages.

    Args:
        arguments: as on the command line.

    Returns:
        The exit code: 0 when both were written, else 1.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "target" / "docs")
    folder = parser.parse_args(arguments).folder.absolute()
    try:
        warehouse = built_warehouse()
        folder.mkdir(parents=True, exist_ok=True)
        trace(describe(warehouse, folder), folder)
    except Stopped as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    print(f"\nOpen {folder / 'dbt.html'} and {folder / 'lineage.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
