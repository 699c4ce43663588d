"""Installed as a package: beside a user's own names, configured by them, and upgraded."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from company import contents
from dbt.contracts.graph.manifest import Manifest
from projects import ROOT, Project, copied_example
from pytest import TempPathFactory

PACKAGE = "customer_engagement"
MODELS = [path.stem for path in sorted((ROOT / "models").rglob("*.sql"))]
SEEDS = [path.stem for path in sorted((ROOT / "seeds").glob("*.csv"))]
REPLACED = "stg_settings__fit_points"
SAMPLE = re.compile("stg_(?!settings__)|int_crm_customers|int_support_ticket_changes")
# dbt asks the root project's macro of this name for the schema of its own nodes.
OURS_BY_DESIGN = {"generate_schema_name"}
DATA_ONLY = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
USERS_SCHEMA = """
{% macro generate_schema_name(name, node) %}{{ name }}_of_mine{% endmacro %}
"""
USERS_DISPATCHED = """
{% macro default__is_bot_user_agent(user_agent) %}decided by {{ user_agent }}{% endmacro %}
{% macro probe() %}{{ print(customer_engagement.is_bot_user_agent("mine")) }}{% endmacro %}
"""


def edit(file: Path, *changes: tuple[str, str]) -> None:
    """Replace texts of a file, which must be there."""
    text = file.read_text()
    for old, new in changes:
        assert old in text, f"{old!r} is not in {file.name}"
        text = text.replace(old, new)
    file.write_text(text)


def installed(project: Project) -> Project:
    """Install the packages of a project, which must succeed."""
    done = project.dbt("deps")
    assert done.success, done.messages
    return project


def build(project: Project, *arguments: str) -> dict[str, list[tuple]]:
    """Build a project, and return the rows of every table, by name."""
    done = project.dbt("build", *DATA_ONLY, *arguments)
    assert done.success, done.messages
    with project.connect() as connection:
        return contents(connection)


def refusal(project: Project) -> str:
    """What dbt says of a project that it refuses, warnings being none, in one line."""
    lenient = ("--warn-error-options", '{"error": []}')
    done = project.dbt("run", "--select", "int_as_of_dates", *lenient)
    assert not done.success
    assert set(done.statuses.values()) <= {"skipped", "error"}
    return " ".join(done.messages.split())


def own_macros() -> list[str]:
    """This project's macros, but for those that dbt asks for, and an engine's way of one."""
    texts = "".join(path.read_text() for path in (ROOT / "macros").rglob("*.sql"))
    names = set(re.findall(r"\{%-? macro (\w+)\(", texts)) - OURS_BY_DESIGN
    return sorted(name for name in names if "__" not in name)


@pytest.fixture(scope="module")
def beside_namesakes(tmp_path_factory: TempPathFactory) -> Manifest:
    """A user's project with a model and a macro for each name of ours, that moves all of ours."""
    scratch = tmp_path_factory.mktemp("namesakes")
    project = copied_example(scratch)
    models, macros = project.folder / "models", project.folder / "macros"
    macros.mkdir()
    names = sorted({*MODELS, *SEEDS} - {"event_weights"})
    for name in names:
        (models / f"{name}.sql").write_text("select 1 as mine")
    # This one takes the place of ours, whose yml then describes it.
    names.remove(REPLACED)
    described = [
        {"name": name, "description": "Mine.", "columns": [{"name": "mine"}]} for name in names
    ]
    (models / "mine.yml").write_text(yaml.safe_dump({"models": described}))
    stop = '{{ exceptions.raise_compiler_error("a macro of the user") }}'
    lines = [f"{{% macro {name}() %}}{stop}{{% endmacro %}}\n" for name in own_macros()]
    (macros / "mine.sql").write_text("".join(lines) + USERS_SCHEMA)
    settings = yaml.safe_load((project.folder / "dbt_project.yml").read_text())
    moved = {"+database": "elsewhere", "+schema": "moved", "+tags": ["moved"]}
    settings["models"][PACKAGE] = moved | {
        "+materialized": "table",
        "+contract": {"enforced": False},
    }
    settings["models"][PACKAGE]["staging"] = {"settings": {REPLACED: {"+enabled": False}}}
    settings["seeds"][PACKAGE] |= moved | {"+delimiter": ";"}
    (project.folder / "dbt_project.yml").write_text(yaml.safe_dump(settings))
    return installed(project).manifest()


def of_package(manifest: Manifest, kind: str) -> Iterator[tuple[str, object]]:
    """The package's nodes of a kind, by name, those that are off included."""
    off = [node for nodes in manifest.disabled.values() for node in nodes]
    for node in [*manifest.nodes.values(), *off]:
        if node.package_name == PACKAGE and node.resource_type == kind:
            yield node.name, node


def test_every_model_and_seed_can_be_moved(beside_namesakes: Manifest) -> None:
    """Database, schema, kind of table, contract, tags: the user's word holds for each."""
    models = dict(of_package(beside_namesakes, "model"))
    seeds = dict(of_package(beside_namesakes, "seed"))
    assert (sorted(models), sorted(seeds)) == (sorted(MODELS), SEEDS)
    for name, node in (models | seeds).items():
        assert node.database == "elsewhere", name
        # The user's own generate_schema_name wins over ours.
        assert node.schema == "moved_of_mine", name
        assert "moved" in node.config.tags, name
    for name, node in models.items():
        assert node.config.materialized == "table", name
        assert not node.config.contract.enforced, name
    assert {node.config.delimiter for node in seeds.values()} == {";"}


def test_no_name_of_the_users_meets_one_of_ours(beside_namesakes: Manifest) -> None:
    """Nothing of ours reads, tests or describes a model of theirs, but for what they named."""
    given = {f"model.my_app.{name}" for name in ("app_events", REPLACED)}
    given.add("seed.my_app.event_weights")
    read = {
        key for _, node in of_package(beside_namesakes, "model") for key in node.depends_on_nodes
    }
    assert read >= given
    for node in [*beside_namesakes.nodes.values(), *beside_namesakes.unit_tests.values()]:
        if node.package_name == PACKAGE:
            theirs = {key for key in node.depends_on_nodes if key.split(".")[1] != PACKAGE}
            assert theirs <= given, node.unique_id
        elif node.resource_type == "model" and node.unique_id not in given:
            assert (node.description, list(node.columns)) == ("Mine.", ["mine"]), node.unique_id
            assert node.depends_on_nodes == [], node.unique_id


def test_the_sample_is_off(beside_namesakes: Manifest) -> None:
    """No model or source of it is there, nor a board, sync or metric of this project's own."""
    found = [key for key, node in beside_namesakes.nodes.items() if node.package_name == PACKAGE]
    assert "model.customer_engagement.activation_scores" in found
    assert not [key for key in found if SAMPLE.match(key.split(".")[2])]
    assert any(SAMPLE.match(name) for name in MODELS)
    manifest = beside_namesakes
    kinds = (
        manifest.sources,
        manifest.exposures,
        manifest.metrics,
        manifest.semantic_models,
        manifest.saved_queries,
    )
    assert [len(nodes) for nodes in kinds] == [0] * len(kinds)


def test_everything_can_be_switched_off(tmp_path: Path) -> None:
    """No model, seed or test of the package is left; its macros are there, and overridden."""
    project = copied_example(tmp_path)
    (project.folder / "macros").mkdir()
    (project.folder / "macros" / "mine.sql").write_text(USERS_DISPATCHED)
    settings = yaml.safe_load((project.folder / "dbt_project.yml").read_text())
    for kind in ("models", "seeds", "data_tests"):
        settings.setdefault(kind, {})[PACKAGE] = {"+enabled": False}
    (project.folder / "dbt_project.yml").write_text(yaml.safe_dump(settings))
    nodes = installed(project).manifest().nodes.values()
    assert not [node.unique_id for node in nodes if node.package_name == PACKAGE]
    assert [node.name for node in nodes if node.resource_type == "model"] == ["app_events"]
    assert project.dbt("run-operation", "probe").printed.strip() == "decided by mine"


def released(repository: Path, worktree: Path, tag: str) -> None:
    """Commit what lies in a folder, tag it, and bring it to a repository.

    Args:
        repository: a bare one.
        worktree: a folder that is a clone of it.
        tag: the release's name.
    """
    author = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.com")
    for command in (
        ("add", "--all", "--force"),
        (*author, "commit", "--quiet", "--message", tag),
        (*author, "tag", tag),
        ("push", "--quiet", str(repository), "HEAD", tag),
    ):
        subprocess.run(["git", "-C", str(worktree), *command], check=True, capture_output=True)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: TempPathFactory) -> Path:
    """A bare repository with two releases: v0.1.0, this one, and v0.2.0, two models apart."""
    scratch = tmp_path_factory.mktemp("repository")
    bare, worktree = scratch / "customer_engagement.git", scratch / "worktree"
    subprocess.run(["git", "init", "--quiet", "--bare", str(bare)], check=True)
    subprocess.run(["git", "init", "--quiet", str(worktree)], check=True)
    # What a package is made of, as it lies here.
    for name in ("dbt_project.yml", "models", "macros", "seeds", "tests/singular"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (worktree / name).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, worktree / name)
    released(bare, worktree, "v0.1.0")
    door = worktree / "models" / "intermediate" / "interactions" / "int_raw_interactions.sql"
    edit(
        door,
        (
            "{{ clean_text('event_type') }}",
            "replace({{ clean_text('event_type') }}, 'project_added', 'login')",
        ),
    )
    scores = worktree / "models" / "marts" / "scores" / "customer_normalized_scores.sql"
    edit(scores, ("levels.z_score,", "nullif(levels.z_score, levels.z_score) as z_score,"))
    released(bare, worktree, "v0.2.0")
    return bare


def pinned(repository: Path, tag: str) -> str:
    """How packages.yml asks for a release."""
    return f"git: file://{repository}\n    revision: {tag}"


@pytest.fixture(scope="module")
def grown(repository: Path, tmp_path_factory: TempPathFactory) -> Project:
    """The smallest example, built with the first release."""
    project = copied_example(tmp_path_factory.mktemp("grown"), pinned(repository, "v0.1.0"))
    build(installed(project))
    return project


def test_a_release_is_upgraded_by_its_tag(grown: Project, repository: Path) -> None:
    """The next run finds the changed models: the tables are those of a full refresh."""
    assert not (grown.folder / "dbt_packages" / PACKAGE).is_symlink()
    points = "select sum(raw_score) from main_marts.customer_scores"
    before = grown.rows(points)
    (grown.folder / "packages.yml").write_text(f"packages:\n  - {pinned(repository, 'v0.2.0')}\n")
    found = build(installed(grown))
    assert grown.rows(points) != before
    expected = build(grown, "--full-refresh")
    assert set(found) == set(expected)
    assert not [table for table in expected if found[table] != expected[table]]
    assert len(found["main_marts.customer_scores"]) > 10


def test_the_seed_of_the_user_is_read(grown: Project) -> None:
    """Theirs in place of ours, where ours is off; every other one is ours, in our schema."""
    weights = grown.rows(
        "select event_type, weight from main_staging.stg_settings__event_weights order by weight"
    )
    assert [(name, float(weight)) for name, weight in weights] == [
        ("login", 1),
        ("feature_used", 2),
        ("project_added", 5),
    ]
    tables = grown.rows(
        "select table_name from duckdb_tables() where schema_name = 'main_seeds' order by all"
    )
    assert [name for (name,) in tables] == [name for name in SEEDS if name != "event_weights"]


def test_a_clash_is_said(grown: Project) -> None:
    """Two tables of one name, two ymls for one seed, a model that is taken for ours."""
    models, settings = grown.folder / "models", grown.folder / "dbt_project.yml"
    model = models / "customer_segments.sql"
    model.write_text("{{ config(schema='marts') }} select 1 as mine")
    said = refusal(grown)
    assert "dbt found two resources with the database representation" in said
    assert (
        "model.my_app.customer_segments" in said
        and "model.customer_engagement.customer_segments" in said
    )

    described = grown.folder / "seeds" / "event_weights.yml"
    described.write_text("seeds: [{name: event_weights, description: Mine.}]")
    said = refusal(grown)
    described.unlink()
    assert "dbt found two schema.yml entries for the same resource named event_weights" in said
    assert "To fix this, remove" in said

    model.write_text("select 1 as mine")
    flag = "require_ref_searches_node_package_before_root: "
    edit(settings, (flag + "true", flag + "false"))
    said = refusal(grown)
    edit(settings, (flag + "false", flag + "true"))
    model.unlink()
    assert "Your customer_segments would be read for the package's of the same name: set" in said
    assert f"{flag}true under flags in your dbt_project.yml." in said
