"""Where the warehouse and its published copy are."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]


class Stopped(Exception):
    """What stopped a job, in a sentence for the person who ran it."""


def built_warehouse() -> Path:
    """Find the warehouse that the last build left.

    Returns:
        Its file.

    Raises:
        Stopped: there is none.
    """
    return existing(named_warehouse())


def published_warehouse() -> Path:
    """Find the copy of the warehouse that readers open.

    Returns:
        The file that `make build` published beside the warehouse.

    Raises:
        Stopped: there is none.
    """
    warehouse = named_warehouse()
    return existing(warehouse.parent / "published" / warehouse.name)


def named_warehouse() -> Path:
    """The warehouse's file as the environment or the profile names it, there or not."""
    named = os.environ.get("CUSTOMER_ENGAGEMENT_DUCKDB", "customer_engagement.duckdb")
    return (ROOT / named).absolute()


def existing(file: Path) -> Path:
    """The file, or the reason why a job can't be done.

    Raises:
        Stopped: it isn't there.
    """
    if not file.exists():
        raise Stopped(f"There is no {file} yet; run `make build` first.")
    return file
