"""The conventions of the project, checked from its manifest, its catalogue and its files."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml
from projects import ROOT, Project

MODELS = sorted((ROOT / "models").rglob("*.sql"))
MACROS = sorted((ROOT / "macros").rglob("*.sql"))
SOURCES = [*MODELS, *MACROS, *sorted((ROOT / "tests" / "singular").glob("*.sql"))]
NEXT_DBT = ROOT / ".tools" / "dbt-v2" / "bin" / "dbt-core-experimental-parser"
CLOCK = re.compile(r"\b(current_date|current_timestamp|getdate|sysdate|now\s*\()", re.IGNORECASE)
ENGINE = re.compile(
    r"target\.type|adapter\.type\(|\b(duckdb|postgres|spark|snowflake|bigquery|databricks|redshift|trino)\b",
    re.IGNORECASE,
)


def relative(path: Path) -> str:
    """A path as a reader of the project writes it."""
    return str(path.relative_to(ROOT))


@cache
def manifest_of(project: Project) -> dict:
    """The manifest that the sample's build wrote."""
    return json.loads((project.scratch / "target" / "manifest.json").read_text())


def own_nodes(project: Project, kind: str) -> dict[str, dict]:
    """The project's nodes of one resource type, by unique id."""
    nodes = manifest_of(project)["nodes"]
    return {key: node for key, node in nodes.items() if node["resource_type"] == kind}


def run_tool(name: str, *arguments: str, **environment: Path) -> str:
    """Run a tool of this environment in the project's folder, which must succeed.

    Args:
        name: the tool's.
        arguments: as on the command line.
        environment: variables on top of this process's.

    Returns:
        What it wrote.
    """
    done = subprocess.run(
        [Path(sys.executable).with_name(name), *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


@pytest.mark.parametrize("path", MODELS, ids=relative)
def test_a_model_has_its_yml_beside_it_and_no_long_lines(path: Path) -> None:
    """One model, one yml, lines of at most 140 characters, but for checks."""
    listed = yaml.safe_load(path.with_suffix(".yml").read_text())["models"]
    assert [model["name"] for model in listed] == [path.stem]
    lines = path.read_text().splitlines()
    long = [line for line in lines if len(line) > 140 and not line.lstrip().startswith('("')]
    assert not long


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_clock_no_engine_no_ordinals(path: Path) -> None:
    """A model is a function of its inputs, on any engine."""
    text = path.read_text()
    assert not CLOCK.search(text)
    assert not re.search(r"group by \d", text)
    if "engine" not in path.parts:
        assert not ENGINE.search(text)


@pytest.mark.parametrize("path", MACROS, ids=relative)
def test_every_macro_says_what_it_takes_and_gives(path: Path) -> None:
    """A docstring stands before each macro; a dispatched one's stands before its front."""
    text = path.read_text()
    fronts = [
        match
        for match in re.finditer(r"\{%-? (?:macro|test) (\w+)\(([^)]*)\)", text)
        if "__" not in match.group(1)
    ]
    assert fronts
    for match in fronts:
        documented = text[: match.start()].rstrip().endswith("-#}")
        assert documented, match.group(1)
        docstring = text[: match.start()].rpartition("{#-")[2]
        is_test = match.group(0).startswith("{% test")
        assert is_test or "Returns:" in docstring, match.group(1)
        names = re.findall(r"(?:^|, )([a-z_]+)(?==|,|$)", match.group(2))
        for name in names:
            assert f"    {name} (" in docstring, (match.group(1), name)


def test_descriptions_are_written_once(sample: Project) -> None:
    """No model's description stands twice; columns use doc blocks alone."""
    models = own_nodes(sample, "model")
    repeated = [
        text
        for text, count in Counter(node["description"] for node in models.values()).items()
        if count > 1
    ]
    assert not repeated
    for path in [*(ROOT / "models").rglob("*.yml"), *(ROOT / "seeds").glob("*.yml")]:
        for resource in (yaml.safe_load(path.read_text()) or {}).get("models", []):
            for column in resource["columns"]:
                assert column["description"].startswith("{{ doc('"), (path.name, column["name"])
    blocks = (ROOT / "models" / "columns.md").read_text()
    used = "".join(path.read_text() for path in (ROOT / "models").rglob("*.yml"))
    used += "".join(path.read_text() for path in (ROOT / "seeds").glob("*.yml"))
    for name in re.findall(r"\{% docs (\w+) %\}", blocks):
        assert f"doc('{name}')" in used, f"nothing uses the doc block {name}"


def test_every_column_is_listed(sample: Project, sample_tables) -> None:
    """The yml lists what the warehouse has, no more and no less."""
    built = sample_tables.sql(
        "select schema_name, table_name, list(column_name) from duckdb_columns()"
        " where schema_name in ('staging', 'intermediate', 'marts', 'activation', 'seeds')"
        " group by all"
    ).fetchall()
    columns = {(schema, name): set(names) for schema, name, names in built}
    for node in {**own_nodes(sample, "model"), **own_nodes(sample, "seed")}.values():
        if node["config"]["materialized"] == "ephemeral":
            compiled = sample.scratch / "target" / "compiled" / "customer_engagement"
            query = (compiled / node["original_file_path"]).read_text()
            found = set(sample_tables.sql(query).columns)
        else:
            found = columns[node["schema"], node["name"]]
        assert set(node["columns"]) == found, node["name"]


def test_the_conventions_that_the_manifest_tells(catalog: Path) -> None:
    """Names, layers, grains, contracts, keys and more: dbt-bouncer.yml, without exceptions."""
    assert not re.search(r"exclude|severity|selector", (ROOT / "dbt-bouncer.yml").read_text())
    said = run_tool("dbt-bouncer", "run", "--show-all-failures", DBT_PROJECT_DIR=catalog.parent)
    assert "All checks passed!" in said


def test_every_column_is_described(catalog: Path) -> None:
    """Of seeds, sources and models that are stored; dbt-bouncer knows the ephemeral ones."""
    report = catalog / "coverage.json"
    run_tool(
        *("dbt-coverage", "compute", "doc", "--cov-fail-under", "1"),
        *("--run-artifacts-dir", str(catalog), "--cov-report", str(report)),
    )
    assert json.loads(report.read_text())["total"] > 1000


def test_every_model_that_reads_data_stands_behind_the_check(sample: Project) -> None:
    """Broken seeds stop the run before a table is touched."""
    models = own_nodes(sample, "model")
    check = "model.customer_engagement.int_settings_problems"

    @cache
    def ancestors(key: str) -> frozenset[str]:
        parents = [parent for parent in models[key]["depends_on"]["nodes"] if parent in models]
        return frozenset(parents).union(*(ancestors(parent) for parent in parents))

    before_the_check = ancestors(check) | {check}
    for key, node in models.items():
        settings = node["name"].startswith("stg_settings__")
        assert settings or key in before_the_check or check in ancestors(key), node["name"]


def test_no_more_than_thirteen_vars_and_each_is_used() -> None:
    """And is declared in one place; the reference is written from there."""
    declared = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]
    assert len(declared) <= 13
    used = set(re.findall(r"\bvar\(['\"](\w+)", "".join(path.read_text() for path in SOURCES)))
    assert used == set(declared)


def test_versions_of_tables_name_the_release() -> None:
    """A macro can't read dbt_project.yml, so the release stands in two places."""
    release = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["version"]
    assert f"return('{release}')" in (ROOT / "macros/incremental/partitions.sql").read_text()


def test_what_runs_elsewhere_is_pinned_and_hooks_download_nothing() -> None:
    """GitHub's actions by commit, and they do what CI does; hooks are tools of this environment."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    used = [step["uses"] for step in steps if "uses" in step]
    assert used and all(re.search(r"@[0-9a-f]{40}$", action) for action in used)
    assert ".ci/run" in [step.get("run") for step in steps]
    run_tool("pre-commit", "validate-config")
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert [repository["repo"] for repository in hooks] == ["local"]
    for hook in hooks[0]["hooks"]:
        assert hook["language"] == "system"
        tool = Path(hook["entry"].split()[0])
        assert tool.parent == Path(".venv/bin")
        assert Path(sys.executable).with_name(tool.name).exists(), tool


def test_the_next_engine_of_dbt_parses_the_project_without_a_complaint(tmp_path: Path) -> None:
    """It refuses what dbt 1 passes over in silence: unknown keys, arguments and names."""
    assert NEXT_DBT.exists(), "run `make test`, which installs it"
    parsed = subprocess.run(
        [NEXT_DBT, "parse", "--profiles-dir", "profiles", "--target-path", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    said = parsed.stdout + parsed.stderr
    assert parsed.returncode == 0, said
    assert "warning" not in said.lower() and "error" not in said.lower(), said
