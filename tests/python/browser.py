"""Open a page in a browser that reaches no other machine, and see what it asked for."""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass
class Visit:
    """What happened when a browser opened a page.

    Attributes:
        page: the page's elements after its scripts ran.
        requests: the addresses that the page asked for, beside itself.
        complaints: what went to the console.
    """

    page: str
    requests: set[str]
    complaints: list[str]


def visit(page: Path, scratch: Path, anchor: str = "") -> Visit:
    """Open a page in headless Chromium, which reaches no other machine.

    Args:
        page: the file.
        scratch: where the browser's own files go.
        anchor: what follows the file's name in the address.
    """
    browser = shutil.which("chromium")
    if browser is None:
        pytest.fail("There is no chromium: run `make chromium`, or `apt-get install chromium`.")
    log = scratch / "net.json"
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    options += ["--no-first-run", "--disable-background-networking", "--disable-extensions"]
    options += ["--host-resolver-rules=MAP * 0.0.0.0", f"--user-data-dir={scratch / 'profile'}"]
    options += [f"--log-net-log={log}", "--enable-logging=stderr", "--virtual-time-budget=10000"]
    done = subprocess.run(
        [browser, *options, "--dump-dom", page.as_uri() + anchor], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    events = [event.get("params") or {} for event in json.loads(log.read_text())["events"]]
    # The browser's own errands, such as looking for updates, have no page as their origin.
    asked = {
        event["url"]
        for event in events
        if "url" in event and event.get("initiator", "not an origin") != "not an origin"
    }
    complaints = re.findall(r":CONSOLE[:(]\d+\)?\] (.*)", done.stderr)
    return Visit(done.stdout, asked, complaints)
