"""Ask the semantic layer: the `mf` command line as it is, without its call to a package registry.

`mf` looks for a newer release of itself each time it starts; a question about customers needs no
network. Where nothing was parsed yet, dbt parses the project first.
"""

import os
import sys
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt_metricflow.cli import main

ROOT = Path(__file__).parents[1]


def ask(arguments: list[str]) -> None:
    """Run one command of MetricFlow on this project; it ends the process.

    Args:
        arguments: as of `mf`, e.g. `["query", "--metrics", "customers"]`.
    """
    os.chdir(ROOT)
    os.environ.setdefault("DBT_PROFILES_DIR", str(ROOT / "profiles"))
    if not (ROOT / "target" / "semantic_manifest.json").exists():
        parsed = dbtRunner().invoke(["--quiet", "parse"])
        if not parsed.success:
            sys.exit(str(parsed.exception))
    main.UpdateChecker.check = lambda *_: None
    main.cli(args=arguments, prog_name="make metric")


if __name__ == "__main__":
    ask(sys.argv[1:])
