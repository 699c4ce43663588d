"""The README says what the commands print."""

import sys

from projects import ROOT, Project
from pytest import MonkeyPatch

sys.path.insert(0, str(ROOT / "scripts"))
import readme  # noqa: E402


def test_every_block_of_output_is_what_its_command_prints(
    sample: Project, monkeypatch: MonkeyPatch
) -> None:
    """`python scripts/readme.py` mends it."""
    for name, value in sample.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(ROOT)
    text = readme.README.read_text()
    assert readme.filled(text) == text
    assert {match[2] for match in readme.BLOCK.finditer(text)} == set(readme.BLOCKS)
