"""What the segments say of the sample company against what its generator knows."""

import sys

import duckdb
import pytest
from projects import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import ground_truth  # noqa: E402


@pytest.fixture(scope="module")
def verdict(sample_tables: duckdb.DuckDBPyConnection) -> ground_truth.Verdict:
    """The comparison on the sample warehouse."""
    return ground_truth.verdict(sample_tables)


def test_falling_customers_are_flagged_more_often(verdict: ground_truth.Verdict) -> None:
    """A customer whose hidden engagement falls is more often at risk than one whose doesn't."""
    assert verdict.recall > verdict.false_alarms
    assert verdict.precision > verdict.falling / (verdict.falling + verdict.others)


def test_falling_customers_are_flagged_sooner(verdict: ground_truth.Verdict) -> None:
    """More of those who begin to fall are flagged within four weeks than of the others."""
    assert verdict.falling_flagged_in_four_weeks > verdict.others_flagged_in_four_weeks


def test_hysteresis_halves_the_flapping(verdict: ground_truth.Verdict) -> None:
    """Of the changes that are undone within four weeks, at most half are left."""
    assert verdict.flaps > 0
    assert 2 * verdict.stable_flaps <= verdict.flaps
