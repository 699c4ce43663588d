"""Cut the generator's file into what is there at first and what comes later.

A builder of dbt's reads every Parquet file of a folder, so that a delivery is one more file in it. The
yardstick reads one file, which is merged outside of what is measured.

| file | what it holds |
|---|---|
| base | everything loaded until 2026-06-30 06:00 that happened before that day: the as-of date is the 29th |
| late_event | one event 60 days before that as-of date, loaded with the last load of the base |
| day | everything that happened on 2026-06-30: the as-of date becomes the 30th |
| late_rows | what else was loaded after the base: late rows and duplicates, up to 20 days old |
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
from generate import DAYS, LAST_DAY, LAST_LOAD, generate

DAY = timedelta(days=1)
LAST_DATE = date.fromisoformat(LAST_DAY)
LAST_BASE_LOAD = datetime.fromisoformat(LAST_LOAD) - DAY
LATE_EVENT_ON = LAST_DATE - DAY - timedelta(days=60)
LATER = ["late_event", "day", "late_rows"]


@dataclass(frozen=True)
class Data:
    """Files of one size, in one folder.

    Attributes:
        folder: what dbt's project reads from: `events/*.parquet` and `customers/*.parquet`.
        events: rows of the base.
        rows: rows of each later file, by name.
        days: days of history, the held-back one included.
    """

    folder: Path
    events: int
    rows: dict[str, int]
    days: int

    @property
    def base(self) -> Path:
        """The interactions that are there from the start."""
        return self.folder / "events" / "base.parquet"

    @property
    def customers(self) -> Path:
        """The customers, who don't change."""
        return self.folder / "customers" / "customers.parquet"

    @property
    def everything(self) -> Path:
        """Base and later files in one, for a builder that reads one file."""
        return self.folder / "everything.parquet"

    def deliver(self, *names: str) -> None:
        """Make the base and these later files, and no others, what dbt's project reads.

        Args:
            names: of `LATER`.
        """
        for name in LATER:
            target = self.folder / "events" / f"{name}.parquet"
            if name not in names:
                target.unlink(missing_ok=True)
            elif not target.exists():
                shutil.copyfile(self.folder / "later" / f"{name}.parquet", target)


def prepare(
    folder: Path,
    events: int,
    days: int = DAYS,
    seed: int = 1,
    threads: int = 2,
    memory_limit: str = "4GB",
) -> Data:
    """Generate the events and cut them, unless the folder holds them already.

    Args:
        folder: where the files go; it should hold nothing else.
        events: rows in all, but for the late event.
        days: length of the history.
        seed: another seed, other rows.
        threads: threads that DuckDB may use.
        memory_limit: DuckDB's memory limit.

    Returns:
        The files.
    """
    for name in ("events", "customers", "later"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    data = Data(folder, 0, {}, days)
    with duckdb.connect(
        config={
            "threads": threads,
            "memory_limit": memory_limit,
            "temp_directory": str(folder / "tmp"),
        }
    ) as connection:
        if not data.everything.exists():
            whole = folder / "generated.parquet"
            generate(events, whole, data.customers, seed, threads, memory_limit, days)
            cut(connection, data, whole)
            whole.unlink()
        paths = {"base": data.base} | {x: folder / "later" / f"{x}.parquet" for x in LATER}
        rows = {
            name: connection.execute(
                "select count(*) from read_parquet(?)", [str(path)]
            ).fetchone()[0]
            for name, path in paths.items()
        }
    return Data(folder, rows.pop("base"), rows, days)


def cut(connection: duckdb.DuckDBPyConnection, data: Data, whole: Path) -> None:
    """Write the base, the later files, and all of them in one file.

    Args:
        connection: a DuckDB connection.
        data: where they go.
        whole: what the generator wrote.
    """
    source = f"read_parquet('{whole}')"
    is_day = f"occurred_at >= date '{LAST_DATE}'"
    is_late = f"not ({is_day}) and loaded_at > timestamp '{LAST_BASE_LOAD}'"
    later = data.folder / "later"
    # The first page view that is nobody's program, moved.
    late_event = f"""
        select * replace (
            'late_event' as interaction_id,
            timestamp '{LATE_EVENT_ON} 12:00:00' as occurred_at,
            timestamp '{LAST_BASE_LOAD}' as loaded_at
        )
        from (
            select * from read_parquet('{data.base}')
            where event_type = 'page_view' and not is_bot and customer_id like 'C0%'
            order by interaction_id
            limit 1
        )
    """
    # The last file says that all are there.
    for query, target in (
        (f"from {source} where not ({is_day}) and not ({is_late})", data.base),
        (f"from {source} where {is_day}", later / "day.parquet"),
        (f"from {source} where {is_late}", later / "late_rows.parquet"),
        (late_event, later / "late_event.parquet"),
        (f"from read_parquet(['{whole}', '{later}/late_event.parquet'])", data.everything),
    ):
        partial = target.with_suffix(".partial")
        connection.execute(f"copy ({query}) to '{partial}' (format parquet, compression zstd)")
        partial.rename(target)
