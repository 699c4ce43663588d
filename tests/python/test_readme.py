"""The README and the pages of docs/ say what the commands print."""

import re
import shutil
import sys
from pathlib import Path

from projects import ROOT, Project
from pytest import MonkeyPatch

sys.path.insert(0, str(ROOT / "scripts"))
import readme  # noqa: E402


def test_every_block_of_output_is_what_its_command_prints(
    sample: Project, tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    """`python scripts/readme.py` mends it."""
    for name, value in sample.environment().items():
        monkeypatch.setenv(name, value)
    # What dbt wrote of the build stays for the tests that read it.
    target = shutil.copytree(sample.scratch / "target", tmp_path / "target")
    monkeypatch.setenv("DBT_TARGET_PATH", str(target))
    monkeypatch.chdir(ROOT)
    texts = [page.read_text() for page in readme.PAGES]
    for text in texts:
        assert readme.filled(text) == text
    assert {match[2] for match in readme.BLOCK.finditer("".join(texts))} == set(readme.BLOCKS)


def test_the_worked_example_adds_up() -> None:
    """Each row multiplies, and the rows sum to the score that a test builds from raw rows."""
    page = (ROOT / "docs" / "how_the_score_works.md").read_text()
    rows = re.findall(r"^\| [a-z ]+ \| (\d+) \| (\d+) \| (\d+) \|$", page, re.MULTILINE)
    assert len(rows) == 4
    points = [int(count) * int(weight) for count, weight, _ in rows]
    assert points == [int(written) for *_, written in rows]
    [total] = re.findall(r"^\| raw score \| \| \| (\d+) \|$", page, re.MULTILINE)
    assert sum(points) == int(total)
    proven = (ROOT / "tests" / "python" / "test_main_job.py").read_text()
    assert f'("team", Decimal({total}), Decimal({total}), Decimal(100), "highly_active")' in proven
    assert '("thirty", Decimal(30), Decimal(30), Decimal(30), "disengaged")' in proven


def test_every_link_leads_somewhere() -> None:
    """To a file of the project, and to a heading that it has."""
    links = 0
    for page in readme.PAGES:
        for file, anchor in re.findall(r"\]\((?!http)([^)#]*)(?:#([^)]+))?\)", page.read_text()):
            led = (page.parent / file).resolve() if file else page
            assert led.exists(), (page.name, file)
            if anchor:
                headings = re.findall(r"^#+ (.*)$", led.read_text().lower(), re.MULTILINE)
                slugs = [re.sub(r"[^\w -]", "", text).replace(" ", "-") for text in headings]
                assert anchor in slugs, (page.name, file, anchor)
            links += 1
    assert links > 20
