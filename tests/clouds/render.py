"""Render what dbt would send to an engine, without the engine: run by `.tools/clouds`' Python.

    .tools/clouds/bin/python tests/clouds/render.py snowflake target/snowflake

writes a file of SQL a statement: `first/` has those of a first run, `next/` those that a later run,
when every table exists, has besides. A model has its query (`MODEL.sql`), what creates it
(`MODEL.create.sql`, for tables and views), its hooks (`MODEL.hook_1.sql`) and what it asks while
dbt compiles it (`MODEL.asks_1.sql`); a data test its query. The adapter is dbt's own; only what it
would learn from a connection is said here.
"""

import argparse
import gc
import pickle
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import agate
from dbt.adapters.contracts.connection import AdapterResponse, Connection, ConnectionState
from dbt.adapters.factory import get_adapter_class_by_name
from dbt.cli.main import dbtRunner
from dbt.clients.jinja import get_rendered
from dbt.context.providers import generate_runtime_model_context
from dbt.contracts.graph.manifest import Manifest
from dbt.task.compile import CompileRunner

STORED = ("table", "incremental", "view")
OFFLINE = ("--quiet", "--no-introspect", "--no-populate-cache", "--threads", "1")


def opened(_: type, connection: Connection) -> Connection:
    """Say of a connection that it is open.

    Args:
        connection: dbt's.
    """
    connection.state = ConnectionState.OPEN
    connection.handle = SimpleNamespace(close=lambda: None)
    return connection


class Rendering:
    """Where statements go, and what an engine that isn't there would answer.

    Args:
        folder: gets the files.
        has_tables: whether every table and view exists, as on a later run.
        known: statements that need no file any more; gets those that are written.
    """

    def __init__(self, folder: Path, has_tables: bool, known: set[str]) -> None:
        """Make the folder."""
        self.folder = folder
        self.known = known
        self.has_tables = has_tables
        self.node_name = ""
        self.asked = 0
        folder.mkdir(parents=True)

    def write(self, kind: str, sql: str) -> None:
        """Write a statement of the current node.

        Args:
            kind: what it is for; empty for the node's own query.
            sql: the statement; empty ones are left out.
        """
        if sql.strip() and sql not in self.known:
            self.known.add(sql)
            name = f"{self.node_name}.{kind}.sql" if kind else f"{self.node_name}.sql"
            (self.folder / name).write_text(sql.strip() + "\n")

    def answer(self, sql: str) -> tuple[AdapterResponse, agate.Table]:
        """Note a query that a macro asks; one partition is missing, and nothing is wrong.

        Args:
            sql: the query.
        """
        self.asked += 1
        self.write(f"asks_{self.asked}", sql)
        rows = [(date(2026, 6, 1), date(2026, 6, 30), 1)]
        is_of_partitions = "inputs_version" in sql
        names = ["first", "last", "timeless"]
        return AdapterResponse("OK"), agate.Table(rows if is_of_partitions else [], names)

    def stands_for(self, adapter_class: type) -> dict[str, Any]:
        """The methods of an adapter that would need a connection, by name.

        Args:
            adapter_class: the adapter's.
        """

        def get_relation(adapter: Any, database: str, schema: str, identifier: str) -> Any:
            if not self.has_tables:
                return None
            return adapter.Relation.create(database, schema, identifier, type="table")

        def execute(adapter: Any, sql: str, *_: Any, **__: Any) -> tuple[AdapterResponse, Any]:
            return self.answer(sql)

        return {
            "get_relation": get_relation,
            "execute": execute,
            # The contract is compared with the query's columns by an engine alone.
            "get_column_schema_from_query": lambda *_: [],
            "has_dbr_capability": lambda *_: True,
            "has_capability": lambda *_: True,
            "is_cluster": lambda *_: False,
        }

    def patch(self, adapter_class: type) -> None:
        """Put the stand-ins in the adapter's place for them, whichever of its classes that is.

        Args:
            adapter_class: the adapter's.
        """
        for name, method in self.stands_for(adapter_class).items():
            if hasattr(adapter_class, name):
                setattr(adapter_class, name, method)
        # Nothing of a connection is used, and some ask for real credentials before they open one.
        adapter_class.ConnectionManager.open = classmethod(opened)

    def compile(self, runner: CompileRunner, manifest: Manifest) -> Any:
        """Compile a node as dbt does, and write all that belongs to it.

        Args:
            runner: dbt's, with the node.
            manifest: the parsed project.
        """
        self.node_name, self.asked = runner.node.name, 0
        node = runner.compiler.compile_node(runner.node, manifest, {})
        if node.resource_type not in ("model", "test"):
            return node
        self.write("", node.compiled_code or "")
        if node.resource_type == "model" and node.config.materialized in STORED:
            context = generate_runtime_model_context(node, runner.config, manifest)
            context["compiled_code"] = context["sql"] = node.compiled_code
            hooks = [*node.config.pre_hook, *node.config.post_hook]
            for place, hook in enumerate(hooks, start=1):
                self.write(f"hook_{place}", get_rendered(hook.sql, context, node))
            if not self.has_tables:
                # Around a query of nothing: the model's own is in its own file.
                creates = "create_view_as(this, 'select 1')"
                if node.config.materialized != "view":
                    creates = "create_table_as(false, this, 'select 1')"
                self.write("create", get_rendered("{{ " + creates + " }}", context, node))
        return node


def main(arguments: list[str]) -> int:
    """Render both kinds of run.

    Args:
        arguments: the profile's target, and the folder that gets the files.

    Returns:
        The exit code: 1 where dbt can't parse or compile; it says why.
    """
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target")
    parser.add_argument("folder", type=Path)
    given = parser.parse_args(arguments)
    # As in scripts/build.py.
    gc.set_threshold(200_000, 50, 100)
    said = ("--target", given.target, "--target-path", str(given.folder / "target"))
    said += ("--log-path", str(given.folder))
    parsed = dbtRunner().invoke(["--quiet", "parse", "--no-write-json", *said])
    if not parsed.success:
        print(parsed.exception, file=sys.stderr)
        return 1
    manifest = pickle.dumps(parsed.result)
    known: set[str] = set()
    # Tests and views read the same, whichever run they follow.
    stored = "config.materialized:incremental config.materialized:table"
    resources = {"first": "resource_type:model resource_type:test", "next": stored}
    for kind, selected in resources.items():
        rendering = Rendering(given.folder / kind, kind == "next", known)
        rendering.patch(get_adapter_class_by_name(given.target))
        CompileRunner.compile = lambda runner, known, to=rendering: to.compile(runner, known)
        compiled = dbtRunner(manifest=pickle.loads(manifest)).invoke(
            ["compile", "--no-write-json", "--select", selected, *OFFLINE, *said]
        )
        if not compiled.success:
            print(compiled.exception, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
