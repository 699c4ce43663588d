"""The reference: whole, and true of the sample. That its pages haven't drifted is test_readme's."""

import sys

import duckdb
import pytest
from projects import ROOT, Project

sys.path.insert(0, str(ROOT / "scripts"))
import reference  # noqa: E402

PAGES = ROOT / "docs" / "reference"


@pytest.fixture(autouse=True)
def of_the_sample(sample: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the manifest of the sample's build."""
    monkeypatch.setenv("DBT_TARGET_PATH", str(sample.scratch / "target"))


def section(page: str, name: str) -> str:
    """The part of a page under a heading.

    Args:
        page: the page's name.
        name: the heading.
    """
    text = (PAGES / f"{page}.md").read_text()
    [_, after] = text.split(f"# {name}\n", 1)
    return after.partition("\n#")[0]


def test_every_column_of_every_mart_is_there(
    sample_tables: duckdb.DuckDBPyConnection,
) -> None:
    """As the warehouse has them, each with a meaning."""
    columns = sample_tables.sql(
        "select table_name, list(column_name order by column_index) from duckdb_columns()"
        " where schema_name = 'marts' group by table_name"
    ).fetchall()
    assert len(columns) > 35
    for mart, names in columns:
        rows = [line for line in section("marts", mart).splitlines() if line.startswith("| `")]
        assert [row.split("`")[1] for row in rows] == names, mart
        assert not [row for row in rows if row.rstrip("| ").count(" | ") < 2], mart
        assert "\nUnique: `" in section("marts", mart), mart


def test_every_seed_says_what_stops_a_run(sample_tables: duckdb.DuckDBPyConnection) -> None:
    """Each has its columns, and each that the project checks, sentences that say how to mend it."""
    checked = {path.stem for path in (ROOT / "models").rglob("int_settings_problems_*.sql")}
    seeds = {path.stem for path in (ROOT / "seeds").glob("*.csv")}
    for seed in seeds:
        text = section("seeds", seed)
        header = (ROOT / "seeds" / f"{seed}.csv").read_text().splitlines()[0]
        rows = [line.split("`")[1] for line in text.splitlines() if line.startswith("| `")]
        assert rows == header.split(","), seed
        sentences = [line for line in text.splitlines() if line.startswith("- ")]
        assert sentences or f"int_settings_problems_{seed}" not in checked, seed
        assert all(": " in sentence for sentence in sentences), seed


def test_the_public_macros_are_those_that_a_user_needs() -> None:
    """What the README tells to run, what the sample's sources call, and the business's rule."""
    public = reference.public_macros()
    assert public["commands"] == ["engagement_summary", "print_metrics"]
    assert set(public["models"]) >= {"is_bot_user_agent", "timestamp_from_text"}
    assert public["tests"] == ["holds", "unique_key"]
    assert "is_bot_user_agent" in public["overrides"]


def test_every_relation_holds(sample_tables: duckdb.DuckDBPyConnection) -> None:
    """Where a diagram leads to another mart, the row is there; where it says one, there is one."""
    led = [relation for area in reference.areas() for relation in reference.relations(area)]
    assert len(led) > 20
    for hub, mart, column, single in led:
        [(lost, repeated)] = sample_tables.sql(
            f"select count(*) filter ({column} not in (select {column} from marts.{hub})),"
            f" count({column}) - count(distinct {column}) from marts.{mart}"
        ).fetchall()
        assert bool(lost) == ((mart, column) in reference.OPTIONAL), (hub, mart, column)
        assert not (single and repeated), (hub, mart, column)
