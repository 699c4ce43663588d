"""The law over longer histories, in a file of its own, which runs beside the others."""

import pytest
from company import Company, Step, step
from hypothesis import given, seed, settings
from projects import TinyProject
from test_incremental import LAW, check_law, histories


@pytest.fixture(scope="module")
def parsed(shared_tiny: TinyProject) -> bytes:
    """The tiny project, parsed once."""
    company = Company(shared_tiny)
    company.take(step())
    return company.parsed()


@pytest.mark.slow
@pytest.mark.parametrize("share", range(4))
def test_increments_equal_a_full_refresh(shared_tiny, parsed, tmp_path_factory, share) -> None:
    """Eight histories of six steps, compared at thirty-two points."""

    @seed(share)
    @given(steps=histories(length=6, most_arrivals=6))
    @settings(LAW, max_examples=2)
    def law(steps: list[Step]) -> None:
        check_law(shared_tiny, parsed, steps, tmp_path_factory.mktemp("case"), compared=4)

    law()
