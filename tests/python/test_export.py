"""The exported files hold the marts' rows."""

import sys
from pathlib import Path

import duckdb
import pytest
from projects import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import export  # noqa: E402


def test_files_hold_what_the_marts_do(
    sample_tables: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Every mart, in both formats; and nothing half written."""
    written = export.export(sample_tables, tmp_path, [])
    assert len(written) > 35
    assert len(list(tmp_path.iterdir())) == 2 * len(written)
    for mart, rows in written.items():
        columns = sample_tables.sql(f"from marts.{mart} limit 0").columns
        for reading in (
            f"read_parquet('{tmp_path}/{mart}.parquet')",
            f"read_csv('{tmp_path}/{mart}.csv', quote = '\"', all_varchar = true)",
        ):
            exported = sample_tables.sql(f"from {reading}")
            assert exported.columns == columns, reading
            assert exported.count("*").fetchone() == (rows,), reading
    for mart in ("customer_engagement", "engagement_ratios"):
        kept = sample_tables.sql(f"from read_parquet('{tmp_path}/{mart}.parquet')").fetchall()
        stored = sample_tables.sql(f"from marts.{mart}").fetchall()
        assert sorted(kept, key=repr) == sorted(stored, key=repr), mart


def test_an_unknown_mart_is_named(sample_tables: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """With those that there are."""
    with pytest.raises(export.Stopped, match="There is no mart scores; the marts are .*fit"):
        export.export(sample_tables, tmp_path, ["scores"])
