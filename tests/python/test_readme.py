"""The README and the pages of docs/ say what the commands print."""

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
    texts = [page.read_text() for page in readme.PAGES]
    for text in texts:
        assert readme.filled(text) == text
    assert {match[2] for match in readme.BLOCK.finditer("".join(texts))} == set(readme.BLOCKS)
