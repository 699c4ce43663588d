"""The law over longer histories: the longest file, named so that it starts first."""

import pytest
from company import Company, Step, step
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from projects import TinyProject
from test_incremental import LAW, check_law, histories

STATES = 8


@pytest.fixture(scope="module")
def parsed(shared_tiny: TinyProject) -> bytes:
    """The tiny project, parsed once."""
    company = Company(shared_tiny)
    company.take(step())
    return company.parsed()


@pytest.mark.slow
@pytest.mark.parametrize("share", range(4))
def test_increments_equal_a_full_refresh(shared_tiny, parsed, tmp_path_factory, share) -> None:
    """Two hundred moves in all: four histories of eight states, fifty moves in each."""

    @seed(share)
    @given(
        steps=histories(length=STATES, most_arrivals=6),
        visits=st.lists(st.integers(0, STATES - 1), min_size=43, max_size=43),
    )
    @settings(LAW, max_examples=1)
    def law(steps: list[Step], visits: list[int]) -> None:
        check_law(shared_tiny, parsed, steps, visits, tmp_path_factory.mktemp("case"))

    law()
