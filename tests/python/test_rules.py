"""The conventions of the project, checked from its manifest, its catalogue and its files."""

import json
import re
import subprocess
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
    r"target\.type|adapter\.type\(|\b(duckdb|postgres|spark|snowflake|bigquery|databricks)\b",
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


@pytest.mark.parametrize("path", MODELS, ids=relative)
def test_a_model_is_short_and_has_its_yml_beside_it(path: Path) -> None:
    """One model, one yml, at most 120 lines of at most 140 characters, but for checks."""
    listed = yaml.safe_load(path.with_suffix(".yml").read_text())["models"]
    assert [model["name"] for model in listed] == [path.stem]
    lines = path.read_text().splitlines()
    assert len(lines) <= 120
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


def test_descriptions_start_with_the_grain_and_are_written_once(sample: Project) -> None:
    """One row a ...; no model's description stands twice; columns use doc blocks alone."""
    models = own_nodes(sample, "model")
    for node in models.values():
        assert node["description"].startswith("One row a"), node["name"]
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


def test_every_column_is_listed_and_described(sample: Project, sample_tables) -> None:
    """The yml lists what the warehouse has, no more and no less."""
    built = sample_tables.sql(
        "select schema_name, table_name, list(column_name) from duckdb_columns()"
        " where schema_name in ('staging', 'intermediate', 'marts', 'seeds')"
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
        undescribed = [
            name for name, column in node["columns"].items() if not column["description"]
        ]
        assert not undescribed, (node["name"], undescribed)


def test_every_mart_has_a_contract_and_a_tested_key(sample: Project) -> None:
    """Enforced by dbt, and unique by a test."""
    tests = own_nodes(sample, "test").values()
    keyed = {
        test["attached_node"]
        for test in tests
        if (test.get("test_metadata") or {}).get("name") == "unique_key"
    }
    marts = {
        key: node for key, node in own_nodes(sample, "model").items() if "marts" in node["fqn"]
    }
    assert {node["name"] for node in marts.values()} >= {
        "customer_scores",
        "customer_score_contributions",
        "customer_normalized_scores",
        "customer_segments",
        "engagement_ratios",
        "engagement_metrics",
        "customer_engagement",
    }
    for key, node in marts.items():
        assert node["config"]["contract"]["enforced"], node["name"]
        assert key in keyed, node["name"]


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


def test_layers_read_only_the_layers_below(sample: Project) -> None:
    """Staging reads sources and seeds, intermediate no marts, and each model has a layer's name.

    An ephemeral model is a part of the mart that it is inlined into, and may read marts as it may.
    """
    nodes = manifest_of(sample)["nodes"]
    check = "model.customer_engagement.int_settings_problems"
    for node in own_nodes(sample, "model").values():
        layer = node["fqn"][1]
        prefix = {"staging": "stg_", "intermediate": "int_", "marts": ""}[layer]
        assert node["name"].startswith(prefix) and (prefix or node["name"][:4] not in ("stg_",))
        for parent in node["depends_on"]["nodes"]:
            if parent == check or parent not in nodes:
                continue
            kind, parent_layer = nodes[parent]["resource_type"], nodes[parent]["fqn"][1]
            if layer == "staging":
                assert kind == "seed", (node["name"], parent)
            else:
                assert kind == "model", (node["name"], parent)
                may_read_marts = layer == "marts" or node["config"]["materialized"] == "ephemeral"
                assert may_read_marts or parent_layer != "marts", (node["name"], parent)


def test_no_more_than_a_dozen_vars_and_each_in_the_readme() -> None:
    """Each var has a line in the README, and is declared in one place."""
    declared = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]
    readme = (ROOT / "README.md").read_text()
    assert len(declared) <= 12
    for name in declared:
        assert f"`{name}`" in readme, name
    used = set(re.findall(r"\bvar\(['\"](\w+)", "".join(path.read_text() for path in SOURCES)))
    assert used == set(declared)


def test_versions_of_tables_name_the_release() -> None:
    """A macro can't read dbt_project.yml, so the release stands in two places."""
    release = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["version"]
    assert f"return('{release}')" in (ROOT / "macros/incremental/partitions.sql").read_text()


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
