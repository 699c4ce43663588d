"""The tutorial, run in an empty folder as a reader would."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from projects import ROOT

PAGE = ROOT / "docs" / "tutorial.md"
# A block of code, with the file's name where the line before it is one.
BLOCK = re.compile(
    r"(?:^`(?P<file>[\w./]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S
)


@dataclass
class Tutorial:
    """The tutorial in a folder of its own.

    Attributes:
        folder: where its files lie and its commands run; empty at first.
        variables: of the commands' environment, on top of this process's.
    """

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    def printed(self, commands: str) -> str:
        """Run a block of commands.

        Args:
            commands: as the page has them.

        Returns:
            What they wrote to standard output, without white space at the ends of lines.
        """
        own = re.compile(r"DBT_|CUSTOMER_ENGAGEMENT_|UV_|VIRTUAL_ENV|MAKE")
        environment = {name: value for name, value in os.environ.items() if not own.match(name)}
        environment |= self.variables
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, commands + done.stdout[-3000:] + done.stderr[-3000:]
        return "".join(f"{line.rstrip()}\n" for line in done.stdout.strip("\n").splitlines())

    def followed(self, text: str) -> str:
        """Do what a page says.

        Args:
            text: the page.

        Returns:
            The page with what its commands printed.
        """
        last = ""

        def done(block: re.Match[str]) -> str:
            nonlocal last
            if block["file"]:
                (self.folder / block["file"]).write_text(block["text"])
            elif block["kind"] == "sh":
                last = self.printed(block["text"])
            elif block["kind"] == "text":
                return f"```text\n{last}```"
            return block[0]

        return BLOCK.sub(done, text)


def tutorial(scratch: Path) -> Tutorial:
    """An empty folder with the project beside it.

    Args:
        scratch: where both go.
    """
    (scratch / "customer_engagement").symlink_to(ROOT)
    folder = scratch / "my_company"
    folder.mkdir()
    return Tutorial(folder)


@pytest.mark.slow
def test_every_command_prints_what_the_tutorial_shows(tmp_path: Path) -> None:
    """From `pip install` to the last query. This file as a program, with a folder, mends it."""
    text = PAGE.read_text()
    assert tutorial(tmp_path).followed(text) == text


if __name__ == "__main__":
    PAGE.write_text(tutorial(Path(sys.argv[1])).followed(PAGE.read_text()))
