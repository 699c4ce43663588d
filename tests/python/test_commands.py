"""The two commands, as the README has them, on a fresh clone."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from projects import ROOT


def run(*command: str, folder: Path) -> str:
    """Run a command as a newcomer would, without this project's own settings in the environment.

    Args:
        command: its words.
        folder: where it runs.

    Returns:
        What it printed.
    """
    own = re.compile(r"DBT_|CUSTOMER_ENGAGEMENT_|UV_|VIRTUAL_ENV|MAKE")
    environment = {name: value for name, value in os.environ.items() if not own.match(name)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.slow
def test_a_fresh_clone_builds_and_prints_what_the_readme_shows(tmp_path: Path) -> None:
    """`make build`, and then plain dbt, with nothing but what the clone installs."""
    clone = tmp_path / "clone"
    run("git", "clone", "--quiet", str(ROOT), str(clone), folder=tmp_path)
    printed = run("make", "build", folder=clone)
    readme = (clone / "README.md").read_text()
    shown = re.search(r"<!-- output: make summary -->\n```text\n(.*?)\n```", readme, re.DOTALL)
    assert shown and shown[1] in "\n".join(line.rstrip() for line in printed.splitlines())
    assert (clone / "customer_engagement.duckdb").exists()
    listed = run(
        ".tools/bin/uv", "run", "dbt", "--quiet", "list", "--select", "marts", folder=clone
    )
    assert "customer_engagement.marts.customer_engagement" in listed
    assert "make build" in run("make", "help", folder=clone)


def test_a_build_that_fails_says_so() -> None:
    """The command's exit code and last line tell, without a stack of calls."""
    failed = subprocess.run(
        ["python", "scripts/build.py", "--vars", "{history_periods: 0}"],
        cwd=ROOT,
        env=os.environ | {"PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    assert failed.returncode == 1
    assert "history_periods is '0': write a whole number of at least 1." in failed.stdout
    assert failed.stderr.endswith("The build failed; dbt's messages above say where.\n")
    assert "Traceback" not in failed.stdout + failed.stderr
