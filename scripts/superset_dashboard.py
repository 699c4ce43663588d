"""Show the marts in Apache Superset: start it, connect the published warehouse, make a dashboard.

`make superset` does this, prints the address and a password, and serves until it is interrupted;
`draw` takes the dashboard's picture instead. Superset lives in an environment of its own, listens
on this machine alone and keeps its own tables in target/superset, new at each start.
bi/superset/dashboard.yml says what is on the dashboard.
"""

import argparse
import io
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZipFile

import duckdb
import requests
import yaml
from warehouse import ROOT, Stopped, published_warehouse

BOARD = ROOT / "bi" / "superset" / "dashboard.yml"
INSTALLED = ROOT / ".tools" / "superset"
PROGRAMS = INSTALLED / "bin"
# Superset's own, empty but for its roles; to make them takes a minute.
TABLES = INSTALLED / "home" / "superset.db"
HOST = "127.0.0.1"
# Seconds.
PATIENCE = 180
DATABASE = "customer_engagement"
SCHEMA = "marts"
VERSION = {"version": "1.0.0"}
# The warehouse can't be changed, and a query can't reach files or other machines through it.
CONNECTION = {
    "read_only": True,
    "config": {
        "enable_external_access": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "lock_configuration": True,
    },
}


def identity(*names: str) -> str:
    """The identifier by which Superset knows a thing again, so that nothing is made twice.

    Args:
        names: its kind and its name.
    """
    return str(uuid5(NAMESPACE_URL, "/".join(("customer_engagement", "superset", *names))))


def read_board(path: Path = BOARD) -> dict[str, Any]:
    """What is on the dashboard.

    Args:
        path: the file that says it.
    """
    return yaml.safe_load(path.read_text())


def band_colors(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The bands' colours, by the words that the charts show.

    Args:
        connection: to the warehouse.

    Returns:
        Those in force last, as the seed score_bands has them.
    """
    query = """
        select
            band_rank || ' ' || replace(band, '_', ' '),
            last(color order by valid_from nulls first)
        from seeds.score_bands
        group by band, band_rank
    """
    return dict(connection.execute(query).fetchall())


def database_of(warehouse: Path) -> dict[str, Any]:
    """Superset's connection to a warehouse.

    Args:
        warehouse: its file.
    """
    return VERSION | {
        "uuid": identity("database"),
        "database_name": DATABASE,
        "sqlalchemy_uri": f"duckdb:///{warehouse.resolve()}",
        "expose_in_sqllab": True,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_csv_upload": False,
        "extra": {"engine_params": {"connect_args": CONNECTION}},
    }


def dataset_of(
    name: str, written: dict[str, Any], connection: duckdb.DuckDBPyConnection
) -> dict[str, Any]:
    """A dataset in Superset's words: its columns are the warehouse's, and those that are computed.

    Args:
        name: the mart's, or of the query.
        written: what the file says of it.
        connection: to the warehouse.
    """
    described = connection.sql(written.get("sql", f"select * from {SCHEMA}.{name}"))
    labels = {column: given["label"] for column, given in written.get("columns", {}).items()}
    columns = [
        {
            "column_name": column,
            "verbose_name": labels.get(column),
            "type": str(kind),
            "is_dttm": str(kind) in ("DATE", "TIMESTAMP"),
            "groupby": True,
            "filterable": True,
        }
        for column, kind in zip(described.columns, described.types, strict=True)
    ]
    columns += [
        {
            "column_name": column,
            "verbose_name": given["label"],
            "type": "VARCHAR",
            "expression": given["sql"],
            "groupby": True,
            "filterable": True,
        }
        for column, given in written.get("columns", {}).items()
        if "sql" in given
    ]
    metrics = [
        {
            "metric_name": metric,
            "verbose_name": given["label"],
            "expression": given["sql"],
            "d3format": given["format"],
        }
        for metric, given in written.get("metrics", {}).items()
    ]
    return VERSION | {
        "uuid": identity("dataset", name),
        "database_uuid": identity("database"),
        "table_name": name,
        "schema": SCHEMA,
        "main_dttm_col": written["date"],
        "sql": written.get("sql"),
        "columns": columns,
        "metrics": metrics,
    }


def query_of(written: dict[str, Any], date: str) -> dict[str, Any]:
    """What a chart asks of its dataset.

    Args:
        written: what the file says of the chart.
        date: the dataset's column of dates.
    """
    columns: list[Any] = [*written.get("columns", []), *written.get("groupby", [])]
    if grain := written.get("by_date"):
        axis = {"columnType": "BASE_AXIS", "expressionType": "SQL", "timeGrain": grain}
        columns.insert(0, axis | {"label": date, "sqlExpression": date})
    extras = {"where": f"({written['where']})"} if "where" in written else {}
    query = {
        "columns": columns,
        "extras": extras | ({"time_grain_sqla": grain} if grain else {}),
        "orderby": [[column, True] for column in written.get("order", [])],
        "row_limit": 10000,
    }
    # Without metrics Superset gives the rows as they are.
    return query | {"metrics": written["metrics"]} if "metrics" in written else query


def chart_of(name: str, written: dict[str, Any], dataset: dict[str, Any]) -> dict[str, Any]:
    """A chart in Superset's words.

    Args:
        name: the chart's in the file.
        written: what the file says of it.
        dataset: what the file says of its dataset.
    """
    metrics = written.get("metrics", [])
    shown: dict[str, Any] = {"row_limit": 10000, "adhoc_filters": [], "metrics": metrics}
    shown["groupby"] = written.get("groupby", [])
    if "where" in written:
        condition = {"expressionType": "SQL", "clause": "WHERE"}
        shown["adhoc_filters"] = [condition | {"sqlExpression": written["where"]}]
    if "by_date" in written:
        shown |= {"x_axis": dataset["date"], "time_grain_sqla": written["by_date"]}
    if len(metrics) == 1:
        shown |= {"metric": metrics[0]}
        shown.setdefault("y_axis_format", dataset["metrics"][metrics[0]]["format"])
    if "columns" in written:
        shown |= {"query_mode": "raw", "all_columns": written["columns"]}
        shown["order_by_cols"] = [json.dumps([column, True]) for column in written["order"]]
    shown |= written["params"]
    # What is on the axis isn't a series too.
    shown["groupby"] = [column for column in shown["groupby"] if column != shown.get("x_axis")]
    asked = {"queries": [query_of(written, dataset["date"])], "result_format": "json"}
    return VERSION | {
        "uuid": identity("chart", name),
        "dataset_uuid": identity("dataset", written["dataset"]),
        "slice_name": written["title"],
        "viz_type": shown["viz_type"],
        "params": shown,
        "query_context": json.dumps(asked | {"result_type": "full"}),
    }


def dashboard_of(board: dict[str, Any], colors: dict[str, str]) -> dict[str, Any]:
    """The dashboard in Superset's words.

    Args:
        board: what the file says.
        colors: the bands' colours.
    """
    position: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"id": "ROOT_ID", "type": "ROOT", "children": ["GRID_ID"]},
        "GRID_ID": {"id": "GRID_ID", "type": "GRID", "parents": ["ROOT_ID"], "children": []},
        "HEADER_ID": {"id": "HEADER_ID", "type": "HEADER", "meta": {"text": board["title"]}},
    }
    numbers = {name: number for number, name in enumerate(board["charts"], 1)}
    for number, row in enumerate(board["rows"]):
        row_id = f"ROW-{number}"
        above = ["ROOT_ID", "GRID_ID"]
        position["GRID_ID"]["children"].append(row_id)
        position[row_id] = {"id": row_id, "type": "ROW", "parents": above, "children": []}
        position[row_id]["meta"] = {"background": "BACKGROUND_TRANSPARENT"}
        for name, width in row["charts"].items():
            position[row_id]["children"].append(f"CHART-{name}")
            position[f"CHART-{name}"] = {
                "id": f"CHART-{name}",
                "type": "CHART",
                "children": [],
                "parents": [*above, row_id],
                "meta": {
                    # Superset puts its own number in for the identifier's.
                    "chartId": numbers[name],
                    "uuid": identity("chart", name),
                    "width": width,
                    "height": row["height"],
                },
            }
    return VERSION | {
        "uuid": identity("dashboard"),
        "dashboard_title": board["title"],
        "slug": board["slug"],
        "description": board["description"],
        "published": True,
        "position": position,
        "metadata": {"label_colors": colors | board["colors"]},
    }


def bundle_of(board: dict[str, Any], warehouse: Path) -> bytes:
    """The dashboard with all that it stands on, as a ZIP file that Superset imports.

    Args:
        board: what the file says.
        warehouse: the file that the charts read.
    """
    datasets = board["datasets"]
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        files = {f"databases/{DATABASE}": database_of(warehouse)} | {
            f"datasets/{DATABASE}/{name}": dataset_of(name, written, connection)
            for name, written in datasets.items()
        }
        colors = band_colors(connection)
    files |= {
        f"charts/{name}": chart_of(name, written, datasets[written["dataset"]])
        for name, written in board["charts"].items()
    }
    files["dashboards/dashboard"] = dashboard_of(board, colors)
    files["metadata"] = VERSION | {"type": "assets", "timestamp": "2026-01-01T00:00:00+00:00"}
    packed = io.BytesIO()
    with ZipFile(packed, "w") as bundle:
        for name, contents in files.items():
            bundle.writestr(f"bundle/{name}.yaml", yaml.safe_dump(contents, sort_keys=False))
    return packed.getvalue()


class Superset:
    """A Superset that listens on this machine, and its API.

    Attributes:
        address: where it listens.
        session: its administrator's, logged in once `log_in` was called.
    """

    def __init__(self, address: str) -> None:
        """Remember where it listens."""
        self.address = address
        self.session = requests.Session()

    def ask(self, method: str, path: str, **how: Any) -> Any:
        """Call the API.

        Args:
            method: such as GET.
            path: behind `/api/v1/`.
            how: as `requests` takes it.

        Returns:
            What it answered.

        Raises:
            Stopped: it refused.
        """
        answer = self.session.request(method, f"{self.address}/api/v1/{path}", **how)
        if not answer.ok:
            raise Stopped(f"Superset refuses {method} {path}: {answer.text[:2000]}")
        return answer.json()

    def log_in(self, name: str, password: str) -> None:
        """Log in as a user.

        Raises:
            Stopped: the name or the password is wrong.
        """
        who = {"username": name, "password": password, "provider": "db"}
        token = self.ask("POST", "security/login", json=who)["access_token"]
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.session.headers["X-CSRFToken"] = self.ask("GET", "security/csrf_token/")["result"]
        self.session.headers["Referer"] = self.address

    def load(self, bundle: bytes) -> None:
        """Make what a ZIP file holds, or bring it up to date where it is there already.

        Raises:
            Stopped: Superset doesn't take it.
        """
        self.ask("POST", "assets/import/", files={"bundle": ("bundle.zip", bundle)})

    def everything(self, kind: str) -> list[dict[str, Any]]:
        """All that there is of a kind: database, dataset, chart or dashboard."""
        return self.ask("GET", f"{kind}/", params={"q": "(page_size:100)"})["result"]


@contextmanager
def started(home: Path, port: int, name: str, password: str) -> Iterator[Superset]:
    """Superset, running on this machine alone until the block ends.

    Args:
        home: the folder of its own tables and log; what was there is lost.
        port: where it listens.
        name: of its administrator.
        password: of its administrator.

    Raises:
        Stopped: it isn't installed, or can't start.
    """
    if not TABLES.exists():
        raise Stopped("Superset isn't installed; run `make superset`, which installs it.")
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError as problem:
            raise Stopped(
                f"Port {port} can't be used ({problem}); choose another one."
            ) from problem
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    shutil.copy(TABLES, home)
    environment = os.environ | {
        "SUPERSET_HOME": str(home.resolve()),
        "SUPERSET_CONFIG_PATH": str(BOARD.with_name("superset_config.py")),
        "SUPERSET_SECRET_KEY": os.environ.get("SUPERSET_SECRET_KEY") or secrets.token_urlsafe(42),
        "SUPERSET_ADMIN": name,
        "SUPERSET_PASSWORD": password,
    }
    options = ["--bind", f"{HOST}:{port}", "--threads", "8", "--timeout", str(PATIENCE)]
    options += ["--no-control-socket", "--pythonpath", str(BOARD.parent)]
    serve = [PROGRAMS / "gunicorn", *options, "application:served()"]
    with (home / "log.txt").open("w") as log:
        how = {"cwd": ROOT, "env": environment, "stdout": log, "stderr": subprocess.STDOUT}
        with subprocess.Popen(serve, **how) as server:
            try:
                superset = Superset(f"http://{HOST}:{port}")
                wait(superset, server, home / "log.txt")
                superset.log_in(name, password)
                yield superset
            finally:
                server.terminate()


def wait(superset: Superset, server: subprocess.Popen, log: Path) -> None:
    """Wait until Superset answers.

    Raises:
        Stopped: it stopped, or took too long.
    """
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            if requests.get(f"{superset.address}/health", timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.5)
    raise Stopped(f"Superset doesn't answer at {superset.address}; {log} says why.")


def draw(superset: Superset, board: dict[str, Any], who: dict[str, str], picture: Path) -> Any:
    """Open the dashboard in a browser and take a picture of it.

    Args:
        superset: has the dashboard.
        board: what the file says of it.
        who: its administrator, as variables of the environment.
        picture: where the picture goes.

    Returns:
        What the page shows and asked for, as bi/superset/picture.py says.

    Raises:
        Stopped: the page can't be drawn.
    """
    # Without Superset's own menu.
    page = [f"{path_of(board)}?standalone=1", str(len(board["charts"]))]
    command = [PROGRAMS / "python", BOARD.with_name("picture.py"), superset.address, *page, picture]
    done = subprocess.run(command, env=os.environ | who, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise Stopped("There is no picture; the message above says why.")
    return json.loads(done.stdout)


def path_of(board: dict[str, Any]) -> str:
    """The path of a dashboard's page.

    Args:
        board: what the file says of it.
    """
    return f"/superset/dashboard/{board['slug']}/"


def main(arguments: list[str]) -> int:
    """Serve the dashboard until interrupted, or draw it.

    Args:
        arguments: as on the command line.

    Returns:
        The exit code: 0 when everything went well, else 1.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["serve", "draw"])
    parser.add_argument("--port", type=int, default=8088)
    parser.add_argument("--picture", type=Path, default=ROOT / "docs" / "superset.png")
    given = parser.parse_args(arguments)
    # Whoever stops this process stops the server.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    name = os.environ.get("SUPERSET_ADMIN") or "admin"
    chosen = os.environ.get("SUPERSET_PASSWORD")
    password = chosen or secrets.token_urlsafe(12)
    try:
        board = read_board()
        bundle = bundle_of(board, published_warehouse())
        print("Superset starts.", flush=True)
        with started(ROOT / "target" / "superset", given.port, name, password) as superset:
            superset.load(bundle)
            if given.command == "draw":
                who = {"SUPERSET_ADMIN": name, "SUPERSET_PASSWORD": password}
                draw(superset, board, who, given.picture)
                return 0
            print(f"\nOpen {superset.address}{path_of(board)}")
            shown = "the one in SUPERSET_PASSWORD" if chosen else password
            print(f"User {name}, password {shown}. Stop with Ctrl-C.", flush=True)
            while True:
                time.sleep(3600)
    except Stopped as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
