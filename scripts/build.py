"""Run the main job: build everything with dbt, then print the summary, in one process."""

import sys

from dbt.cli.main import dbtRunner


def main(dbt_arguments: list[str]) -> int:
    """Build the project and print its summary.

    Args:
        dbt_arguments: passed on to `dbt build`, e.g. `--full-refresh`.

    Returns:
        The exit code: 0 when the build succeeded, tests included, else 1.
    """
    dbt = dbtRunner()
    # Unit tests say nothing of this data; `make test` runs them.
    built = dbt.invoke(["build", "--exclude-resource-type", "unit_test", *dbt_arguments])
    if built.exception:
        print(f"\n{built.exception}", file=sys.stderr)
    if not built.success:
        print("\nThe build failed; dbt's messages above say where.", file=sys.stderr)
        return 1
    summary = dbt.invoke(["--quiet", "run-operation", "engagement_summary"])
    return 0 if summary.success else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
