"""Run dbt in this process on a project of its own warehouse, and look at what it built."""

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from hashlib import sha256
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import msgpack
from dbt.cli.main import dbtRunner, dbtRunnerResult
from dbt.contracts.graph.manifest import Manifest
from pytest import MonkeyPatch

ROOT = Path(__file__).parents[2]

EVENT_COLUMNS = {
    "interaction_id": "varchar",
    "customer_id": "varchar",
    "event_type": "varchar",
    "occurred_at": "timestamp",
    "loaded_at": "timestamp",
    "anonymous_id": "varchar",
    "content_id": "varchar",
    "campaign_id": "varchar",
    "quantity": "decimal(18, 4)",
    "amount": "decimal(18, 4)",
}
# Options with another value of which dbt parses everything anew.
PARSED_ANEW = ("--vars", "--profile", "--target")
CUSTOMER_COLUMNS = {"customer_id": "varchar", "created_at": "timestamp", "plan": "varchar"}


@dataclass
class Outcome:
    """What one dbt command did.

    Attributes:
        success: whether dbt says so.
        messages: the error messages, of the command and of each node that failed.
        statuses: status of each node that ran, by name.
        printed: what the command wrote to standard output.
    """

    success: bool
    messages: str
    statuses: dict[str, str] = field(default_factory=dict)
    printed: str = ""


class Project:
    """A dbt project with a warehouse, target and log folder of its own.

    Args:
        folder: the project's folder.
        scratch: where the warehouse and dbt's own files go.
    """

    def __init__(self, folder: Path, scratch: Path) -> None:
        """Remember where things are; nothing is built yet."""
        self.folder = folder
        self.scratch = scratch
        self.warehouse = scratch / "warehouse.duckdb"

    def environment(self) -> dict[str, str]:
        """The environment variables that point dbt to this project's own files."""
        return {
            "CUSTOMER_ENGAGEMENT_DUCKDB": str(self.warehouse),
            "DBT_PROJECT_DIR": str(self.folder),
            "DBT_TARGET_PATH": str(self.scratch / "target"),
            "DBT_LOG_PATH": str(self.scratch / "logs"),
        }

    def dbt(self, *arguments: str, manifest: Manifest | None = None) -> Outcome:
        """Run one dbt command.

        Args:
            arguments: as on the command line, e.g. `"build", "--select", "customer_scores"`.
            manifest: the parsed project, which dbt changes; default: dbt parses it.

        Returns:
            What happened.
        """
        printed = StringIO()
        with redirect_stdout(printed):
            result = self._invoke("--quiet", *arguments, manifest=manifest)
        results = getattr(result.result, "results", None) or []
        nodes = [outcome for outcome in results if hasattr(outcome, "node")]
        messages = [str(result.exception or "")]
        messages += [str(node.message) for node in nodes if node.status in ("error", "fail")]
        return Outcome(
            success=result.success,
            messages="\n".join(messages),
            statuses={node.node.name: str(node.status) for node in nodes},
            printed=printed.getvalue(),
        )

    def manifest(self, *arguments: str) -> Manifest:
        """The project as dbt parses it now.

        Args:
            arguments: of the parse, as on the command line, e.g. vars that switch models on.
        """
        parsed = self._invoke("--quiet", "parse", "--no-write-json", *arguments, manifest=None)
        assert parsed.success, parsed.exception
        return parsed.result

    def _invoke(self, *arguments: str, manifest: Manifest | None) -> dbtRunnerResult:
        before = os.getcwd()
        try:
            with MonkeyPatch.context() as patch:
                for name, value in self.environment().items():
                    patch.setenv(name, value)
                return dbtRunner(manifest=manifest).invoke(list(arguments))
        finally:
            os.chdir(before)

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Open the warehouse; the caller closes it."""
        return duckdb.connect(str(self.warehouse))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query on the warehouse."""
        with self.connect() as connection:
            return connection.sql(query).fetchall()


def copied_example(scratch: Path, packages: str | None = None) -> Project:
    """A copy of the smallest example, which installs this project as a package.

    Args:
        scratch: where the copy and its warehouse go.
        packages: the entry of packages.yml; default: this checkout.
    """
    folder = scratch / "minimal"
    left_out = shutil.ignore_patterns("dbt_packages", ".env")
    shutil.copytree(ROOT / "examples" / "minimal", folder, ignore=left_out)
    installed_from = packages or f"local: {os.path.relpath(ROOT, folder)}"
    (folder / "packages.yml").write_text(f"packages:\n  - {installed_from}\n")
    return Project(folder, scratch)


class TinyProject(Project):
    """The tiny project: its events, customers and seeds are what the test writes.

    Attributes:
        parsed: a folder of what dbt kept of the copies that were parsed; the next one with the same
            settings is parsed from there, but for the files that differ.
    """

    parsed: Path

    def environment(self) -> dict[str, str]:
        """As any project's, its own profile, and where the test's data lies."""
        own = {"DBT_PROFILES_DIR": str(self.folder), "TINY_DATA": str(self.scratch)}
        return super().environment() | own

    def _invoke(self, *arguments: str, manifest: Manifest | None) -> dbtRunnerResult:
        options = [pair for pair in pairwise(arguments) if pair[0] in PARSED_ANEW]
        settings = f"{(self.folder / 'dbt_project.yml').read_text()}{options}"
        kept = self.parsed / f"{sha256(settings.encode()).hexdigest()}.msgpack"
        own = self.scratch / "target" / "partial_parse.msgpack"
        if kept.exists() and not own.exists():
            own.parent.mkdir(exist_ok=True)
            own.write_bytes(self._moved_here(kept.read_bytes()))
        result = super()._invoke(*arguments, manifest=manifest)
        if own.exists() and not kept.exists():
            # Whole at once, since another worker may look for it.
            kept.parent.mkdir(exist_ok=True)
            unfinished = kept.with_suffix(f".{os.getpid()}")
            shutil.copy(own, unfinished)
            unfinished.rename(kept)
        return result

    def _moved_here(self, parsed: bytes) -> bytes:
        """What dbt kept of another copy, as if of this one: seeds are read from where it says."""
        kept = msgpack.unpackb(parsed, strict_map_key=False)
        for node in kept["nodes"].values():
            if node["package_name"] == "tiny" and "root_path" in node:
                node["root_path"] = str(self.folder)
        for name, file in kept["files"].items():
            if name.startswith("tiny://"):
                file["path"]["project_root"] = str(self.folder)
        return msgpack.packb(kept)

    def write_events(self, events: Iterable[dict[str, Any]], table: str = "events") -> None:
        """Write the raw interactions.

        Args:
            events: a dict an interaction; without `loaded_at` it was loaded on 1 July 2026.
            table: the file's name, for a source that a test adds.
        """
        rows = []
        for number, event in enumerate(events):
            row = {"interaction_id": f"i{number}", "loaded_at": None, **event}
            if row["loaded_at"] is None:
                row["loaded_at"] = "2026-07-01 05:00:00"
            rows.append(row)
        self._write(table, EVENT_COLUMNS, rows)

    def write_customers(self, customers: Iterable[dict[str, Any]]) -> None:
        """Write the customer table, a dict a customer."""
        self._write("customers", CUSTOMER_COLUMNS, list(customers))

    def seed(self, name: str) -> Path:
        """The file of a seed."""
        return self.folder / "seeds" / f"{name}.csv"

    def add_subscriptions(self, query: str, columns: dict[str, str]) -> None:
        """Add a model of subscriptions, and name it as the one to read.

        Args:
            query: its SQL.
            columns: types, by name.
        """
        model = self.folder / "models" / "tiny_subscriptions.sql"
        model.write_text(query)
        described = {
            "name": model.stem,
            "description": "One row a period of a subscription that a test wrote.",
            "config": {"materialized": "view", "contract": {"enforced": True}},
            "columns": [{"name": name, "data_type": kind} for name, kind in columns.items()],
        }
        # Whatever is JSON is YAML.
        model.with_suffix(".yml").write_text(json.dumps({"models": [described]}))
        settings = self.folder / "dbt_project.yml"
        named = f"subscriptions_model: {model.stem}\n    customers_model:"
        settings.write_text(settings.read_text().replace("customers_model:", named))

    def edit_seed(self, name: str, old: str, new: str) -> None:
        """Replace a text of a seed, which must be there."""
        text = self.seed(name).read_text()
        assert old in text, f"{old!r} is not in {name}.csv"
        self.seed(name).write_text(text.replace(old, new))

    def _write(self, table: str, columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
        with duckdb.connect() as connection:
            # Through a file, since a statement a row takes a thousand times as long.
            lines = self.scratch / f"{table}.json"
            lines.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows))
            source = f"read_json('{lines}', columns = {columns}, format = 'newline_delimited')"
            target = self.scratch / f"{table}.parquet"
            connection.execute(f"copy (from {source}) to '{target}' (format parquet)")
