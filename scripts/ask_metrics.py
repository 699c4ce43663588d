"""Ask the semantic layer: the `mf` command line as it is, but for two things.

`mf` looks for a newer release of itself each time it starts; a question about customers needs no
network. And it expects dbt's target folder at its usual place; here dbt's own setting counts.
"""

import os
import sys
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt_metricflow.cli import main
from dbt_metricflow.cli.cli_configuration import CLIConfiguration
from dbt_metricflow.cli.dbt_connectors.dbt_config_accessor import dbtArtifacts
from metricflow_semantic_interfaces.protocols import SemanticManifest
from metricflow_semantics.model.dbt_manifest_parser import (
    parse_manifest_from_dbt_generated_manifest,
)

ROOT = Path(__file__).parents[1]


def semantic_manifest(project_root: Path = ROOT) -> SemanticManifest:
    """What dbt wrote of the semantic layer when it last parsed the project.

    Args:
        project_root: the project's folder.

    Returns:
        The semantic models, metrics and saved queries. Where there are none yet, dbt parses first.
    """
    target = project_root / os.environ.get("DBT_TARGET_PATH", "target")
    written = target / "semantic_manifest.json"
    if not written.exists():
        parsed = dbtRunner().invoke(["--quiet", "parse", "--project-dir", str(project_root)])
        if not parsed.success:
            sys.exit(str(parsed.exception))
    return parse_manifest_from_dbt_generated_manifest(written.read_text())


def configured(logs: bool = True) -> CLIConfiguration:
    """MetricFlow on this project and the warehouse of the profile.

    Args:
        logs: whether it writes a log file beside dbt's.

    Returns:
        What each of its commands takes.
    """
    os.environ.setdefault("DBT_PROFILES_DIR", str(ROOT / "profiles"))
    dbtArtifacts.build_semantic_manifest_from_dbt_project_root = staticmethod(semantic_manifest)
    configuration = CLIConfiguration()
    configuration.setup(dbt_project_path=ROOT, configure_file_logging=logs)
    return configuration


if __name__ == "__main__":
    main.UpdateChecker.check = lambda *_: None
    main.cli(prog_name="make metric", obj=configured())
