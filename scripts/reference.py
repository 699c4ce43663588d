"""The reference in docs/reference, written from dbt's manifest: marts, seeds, macros, relations.

`readme.py` fills the pages' blocks with what these functions return; `make reference` does so after
dbt has parsed the project, and needs no warehouse.
"""

import json
import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from dbt.cli.main import dbtRunner

ROOT = Path(__file__).parents[1]
PACKAGE = "customer_engagement"
# Columns that may lead nowhere: an occasion of the history's first days may start no action.
OPTIONAL = {("playbook_occasions", "action_id")}
MACRO = re.compile(
    r"\{#-\n(?P<docstring>(?:(?!-#\}).)*)\n-#\}\n"
    r"\{%-? (?P<kind>macro|test) (?P<name>\w+)\((?P<arguments>[^)]*)\)",
    re.DOTALL,
)


@cache
def parsed(written: Path) -> dict[str, Any]:
    """dbt's manifest.

    Args:
        written: the file; where there is none yet, dbt parses the project first.

    Raises:
        RuntimeError: the project can't be parsed.
    """
    if not written.exists():
        result = dbtRunner().invoke(["--quiet", "parse", "--project-dir", str(ROOT)])
        if not result.success:
            raise RuntimeError(f"dbt parse failed: {result.exception}")
    return json.loads(written.read_text())


def manifest() -> dict[str, Any]:
    """What dbt wrote when it last parsed the project."""
    return parsed(ROOT / os.environ.get("DBT_TARGET_PATH", "target") / "manifest.json")


def one_line(text: str) -> str:
    """A text for a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def table(heads: list[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown.

    Args:
        heads: the names of its columns.
        rows: the cells of each row.
    """
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def nodes(kind: str) -> list[dict[str, Any]]:
    """The project's nodes of one resource type, by name."""
    found = [node for node in manifest()["nodes"].values() if node["resource_type"] == kind]
    own = [node for node in found if node["package_name"] == PACKAGE]
    return sorted(own, key=lambda node: node["name"])


def areas() -> dict[str, list[dict[str, Any]]]:
    """The marts by the folder that they lie in, those of no folder first."""
    found: dict[str, list[dict[str, Any]]] = {"overview": []}
    for node in nodes("model"):
        if node["fqn"][1] == "marts":
            area = node["fqn"][2] if len(node["fqn"]) > 3 else "overview"
            found.setdefault(area, []).append(node)
    return {"overview": found.pop("overview"), **dict(sorted(found.items()))}


def tests_of(node: dict[str, Any]) -> list[dict[str, Any]]:
    """The generic tests of a node: name, column and arguments of each."""
    return [
        {"name": test["test_metadata"]["name"], "column": test["column_name"]}
        | {"arguments": test["test_metadata"]["kwargs"]}
        for test in nodes("test")
        if test.get("attached_node") == node["unique_id"]
    ]


def keys_of(node: dict[str, Any]) -> list[list[str]]:
    """The columns of each tested key of a model, the shortest key first."""
    keys = [test["arguments"]["columns"] for test in tests_of(node) if test["name"] == "unique_key"]
    return sorted(keys, key=lambda key: (len(key), key))


def checks_of(node: dict[str, Any]) -> dict[str, str]:
    """What the data tests of single columns say, by column."""
    said = {"not_null": "never null", "unique": "unique"}
    checks: dict[str, list[str]] = {}
    for test in tests_of(node):
        if test["name"] == "accepted_values":
            values = ", ".join(f"`{value}`" for value in test["arguments"]["values"])
            checks.setdefault(test["column"], []).append(f"One of {values}.")
        elif test["column"]:
            words = said[test["name"]]
            checks.setdefault(test["column"], []).append(f"{words.capitalize()}.")
    return {column: " ".join(sentences) for column, sentences in checks.items()}


def mart(node: dict[str, Any]) -> str:
    """A section about one mart: its grain, key, conditions and columns."""
    lines = [f"### {node['name']}\n", f"{one_line(node['description'])}\n"]
    for key in keys_of(node):
        lines.append(f"Unique: {', '.join(f'`{column}`' for column in key)}.\n")
    for test in tests_of(node):
        if test["name"] == "holds":
            lines.append(f"Holds in each row: `{one_line(test['arguments']['condition'])}`.\n")
    checks = checks_of(node)
    rows = (
        (
            f"`{name}`",
            column["data_type"],
            f"{one_line(column['description'])} {checks.get(name, '')}".strip(),
        )
        for name, column in node["columns"].items()
    )
    return "\n".join([*lines, table(["column", "type", "meaning"], rows)])


def marts() -> str:
    """Every mart, by area."""
    sections = []
    for area, found in areas().items():
        sections.append(f"## {area.capitalize()}\n")
        sections += [mart(node) for node in found]
    return "\n".join(sections)


def seed_checks() -> dict[str, list[str]]:
    """What stops a run, by seed: the sentences that the checks' unit tests expect."""
    found: dict[str, list[str]] = {}
    for test in sorted(manifest()["unit_tests"].values(), key=lambda test: test["unique_id"]):
        checks, _, seed = test["model"].partition("int_settings_problems")
        for row in [] if checks else test["expect"]["rows"]:
            file = row.get("seed_file", f"{seed.removeprefix('_')}.csv")
            sentences = found.setdefault(file.removesuffix(".csv"), [])
            if row["problem"] not in sentences:
                sentences.append(row["problem"])
    return found


def seed_columns() -> str:
    """Every seed: its columns, their types, and what stops a run."""
    sections, checks = [], seed_checks()
    for node in nodes("seed"):
        types = node["config"]["column_types"]
        rows = (
            (f"`{name}`", types.get(name, ""), one_line(column["description"]))
            for name, column in node["columns"].items()
        )
        sections += [f"## {node['name']}\n", f"{one_line(node['description'])}\n"]
        sections.append(table(["column", "type", "meaning"], rows))
        if sentences := checks.get(node["name"]):
            sections.append("A run stops where\n")
            sections.append("\n".join(f"- {one_line(text)}" for text in sentences) + "\n")
    return "\n".join(sections)


def documented(docstring: str) -> str:
    """The docstring of a macro in Markdown: its sentences, then its arguments as a list."""
    lines: list[str] = []
    for line in docstring.splitlines():
        line = line.removeprefix("  ")
        if line.startswith(("Args:", "Returns:", "Errors:")) and lines[-1:] != [""]:
            lines.append("")
        if argument := re.match(r"  (\w+) \((.*?)\): (.*)", line):
            line = f"- `{argument[1]}` ({argument[2]}): {argument[3]}"
        lines += ["Takes:", ""] if line == "Args:" else [line]
    return "\n".join(lines) + "\n"


def public_macros() -> dict[str, list[str]]:
    """The names of the macros that a user calls or overrides, by how.

    A macro is for commands where its docstring gives the command, for models where the sample's
    sources take their SQL from it, for tests where it is one; and may be overridden where it
    dispatches.
    """
    own = {
        macro["name"]: macro
        for macro in manifest()["macros"].values()
        if macro["package_name"] == PACKAGE
    }
    called = {
        key.rsplit(".", 1)[1]
        for node in nodes("model")
        if node["fqn"][1] == "staging" and "settings" not in node["fqn"]
        for key in node["depends_on"]["macros"]
        if key.startswith(f"macro.{PACKAGE}.")
    }
    files = {ROOT / macro["original_file_path"] for macro in own.values()}
    docstrings = {
        match["name"]: match["docstring"]
        for path in files
        for match in MACRO.finditer(path.read_text())
    }
    return {
        "commands": [
            name for name in sorted(docstrings) if f"run-operation {name}`" in docstrings[name]
        ],
        "models": sorted(
            name for name in called & set(docstrings) if "Returns: SQL" in docstrings[name]
        ),
        "tests": sorted(name.removeprefix("test_") for name in own if name.startswith("test_")),
        "overrides": sorted(
            name
            for name, macro in own.items()
            if name in docstrings and "adapter.dispatch(" in macro["macro_sql"]
        ),
    }


HOW = {
    "commands": "Commands: `dbt run-operation customer_engagement.<name>`",
    "models": "In your models: `{{ customer_engagement.<name>(...) }}`",
    "tests": "Tests, in your yml: `customer_engagement.<name>`",
    "overrides": "What you may override, with `<adapter>__<name>` in your own project",
}


def macros() -> str:
    """The macros that a user may call or override, each with its docstring."""
    found = {
        match["name"]: match
        for path in sorted((ROOT / "macros").rglob("*.sql"))
        for match in MACRO.finditer(path.read_text())
    }
    sections, told = [], set()
    for how, names in public_macros().items():
        sections.append(f"## {HOW[how]}\n")
        if again := [f"`{name}`" for name in names if name in told]:
            sections.append(f"Those above: {', '.join(again)}.\n")
        for name in (name for name in names if name not in told):
            told.add(name)
            match = found[name]
            arguments = " ".join(match["arguments"].split())
            sections.append(f"### {name}({arguments})\n\n{documented(match['docstring'])}")
    return "\n".join(sections)


def hubs() -> dict[str, str]:
    """What a column leads to: the mart of which the column is the whole key, by column.

    Beside the marts with a key of one column there is `account_scores`, since it holds one date.
    """
    found: dict[str, str] = {}
    for node in (node for area in areas().values() for node in area):
        for key in keys_of(node):
            own = [column for column in key if column != "as_of_date"]
            if len(key) == 1 or own == ["account_id"]:
                found.setdefault(own[0], node["name"])
    return found


def relations(area: str) -> list[tuple[str, str, str, bool]]:
    """How the marts of an area lead to others: hub, mart, column, and whether a hub has one row."""
    return [
        (hub, node["name"], column, [column] in keys_of(node))
        for node in areas()[area]
        for column, hub in hubs().items()
        if column in node["columns"] and node["name"] != hub
    ]


def diagram(area: str) -> str:
    """The marts of an area that lead to others, in Mermaid, and a list of those that don't."""
    led = relations(area)
    linked = {name for relation in led for name in relation[:2]}
    lines, alone = ["```mermaid", "erDiagram", "    direction LR"], []
    for node in areas()[area]:
        keys = keys_of(node)
        if node["name"] not in linked:
            alone.append(f"`{node['name']}` ({', '.join(keys[0])})")
            continue
        foreign = {column for _, name, column, _ in led if name == node["name"]}
        lines.append(f"    {node['name']} {{")
        for name, column in node["columns"].items():
            marks = ["PK"] if any(name in key for key in keys) else []
            marks += ["FK"] if name in foreign else []
            if marks:
                kind = re.sub(r"\W+", "_", column["data_type"]).strip("_")
                lines.append(f"        {kind} {name} {', '.join(marks)}")
        lines.append("    }")
    for hub, name, column, single in led:
        one = "|o" if (name, column) in OPTIONAL else "||"
        lines.append(f"    {hub} {one}--{'o|' if single else 'o{'} {name} : {column}")
    sections = ["\n".join([*lines, "```", ""])] if led else []
    if alone:
        sections.append(
            "\n".join(["On their own, each with its key:\n", *map("- {}".format, alone), ""])
        )
    return "\n".join(sections)


def entity_relations() -> str:
    """A diagram for each area of the marts."""
    return "\n".join(f"## {area.capitalize()}\n\n{diagram(area)}" for area in areas())
