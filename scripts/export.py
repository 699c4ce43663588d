"""Write the marts as Parquet and CSV, for whoever has no tool that reads the warehouse.

`make export` writes `export/<mart>.parquet` and `export/<mart>.csv` from the published copy;
`python scripts/export.py FOLDER MART...` writes some marts elsewhere.
"""

import os
import sys
from pathlib import Path

import duckdb
from warehouse import ROOT, Stopped, published_warehouse

MARTS = """
    select table_name
    from information_schema.tables
    where table_schema = 'marts'
    order by table_name
"""
FORMATS = {
    "parquet": "format parquet, compression zstd",
    "csv": "format csv, header true",
}


def export(connection: duckdb.DuckDBPyConnection, folder: Path, marts: list[str]) -> dict[str, int]:
    """Write marts; a file appears once it is whole.

    Args:
        connection: open on the warehouse.
        folder: where the files go; made if need be.
        marts: names; none for all.

    Returns:
        Rows written, by mart.

    Raises:
        Stopped: the warehouse has no such mart.
    """
    known = [name for (name,) in connection.execute(MARTS).fetchall()]
    unknown = sorted(set(marts) - set(known))
    if unknown:
        raise Stopped(f"There is no mart {unknown[0]}; the marts are {', '.join(known)}.")
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for mart in marts or known:
        source = f'marts."{mart}"'
        for ending, options in FORMATS.items():
            whole = folder / f"{mart}.{ending}"
            unfinished = whole.with_name(f"{whole.name}.unfinished")
            done = connection.execute(f"copy (from {source}) to '{unfinished}' ({options})")
            written[mart] = done.fetchone()[0]
            os.replace(unfinished, whole)
            # The second file from the first, since a mart may be a view that takes its time.
            source = f"read_parquet('{folder}/{mart}.parquet')"
    return written


def main(arguments: list[str]) -> int:
    """Export from the published copy, and say how many rows.

    Args:
        arguments: the folder, then marts; without any, all marts go to `export`.

    Returns:
        The exit code: 1 where there is nothing to export, or no such mart.
    """
    folder = Path(arguments[0]) if arguments else ROOT / "export"
    try:
        with duckdb.connect(str(published_warehouse()), read_only=True) as connection:
            written = export(connection, folder, arguments[1:])
    except Stopped as problem:
        print(problem, file=sys.stderr)
        return 1
    for mart, rows in written.items():
        print(f"{rows:>10,}  {mart}")
    print(f"{len(written)} marts, as Parquet and CSV, in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
