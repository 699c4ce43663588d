"""Open the dashboard in headless Chromium as its administrator, and take a picture of it.

What the page shows, which addresses it asked for and what it complained about are printed as JSON.
Superset's Python runs this, which has websocket-client; the administrator's name and password come
from SUPERSET_ADMIN and SUPERSET_PASSWORD.
"""

import argparse
import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import requests
import websocket

WIDTH = 1400
PATIENCE = 120
# Words of the page, the errors of its charts, and whether charts are still being drawn.
STATE = """
(() => {
  const page = document.querySelector('.grid-content') || document.createElement('div');
  return JSON.stringify({
    waiting: page.querySelectorAll('.loading, [data-test=loading-indicator]').length,
    charts: page.querySelectorAll('.dashboard-chart .slice_container').length,
    height: Math.max(0, ...[...page.querySelectorAll('.dashboard-chart')].map(
      chart => chart.getBoundingClientRect().bottom)),
    errors: [...page.querySelectorAll('.ant-alert-error, [role=alert]')].map(
      alert => alert.innerText),
    text: page.innerText,
  });
})()
"""


class Page:
    """A page of Chromium, spoken to by the DevTools protocol.

    Attributes:
        requests: the addresses that it asked for.
        complaints: errors on its console, and pages that were refused.
    """

    def __init__(self, address: str) -> None:
        """Join a page.

        Args:
            address: of its web socket.
        """
        self._socket = websocket.create_connection(address, timeout=60, suppress_origin=True)
        self._calls = 0
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Call a method of the protocol, and take down what happens meanwhile.

        Args:
            method: its name.
            arguments: its parameters.

        Returns:
            What it answered.
        """
        self._calls += 1
        asked = {"id": self._calls, "method": method, "params": arguments}
        self._socket.send(json.dumps(asked))
        while True:
            said = json.loads(self._socket.recv())
            if said.get("id") == self._calls:
                if "error" in said:
                    raise SystemExit(f"Chromium refuses {method}: {said['error']}")
                return said["result"]
            happened = said.get("params", {})
            if said.get("method") == "Network.requestWillBeSent":
                self.requests.append(happened["request"]["url"])
            elif said.get("method") == "Log.entryAdded" and happened["entry"]["level"] == "error":
                self.complaints.append(happened["entry"]["text"])

    def state(self) -> dict[str, Any]:
        """What the page shows, as STATE says."""
        return json.loads(self.call("Runtime.evaluate", expression=STATE)["result"]["value"])


def session_cookie(address: str) -> str:
    """Log in as a person does, with the form.

    Args:
        address: Superset's.

    Returns:
        The cookie that says who is there.
    """
    session = requests.Session()
    form = session.get(f"{address}/login/").text
    token = re.search(r'csrf_token[^>]*value="([^"]+)"|csrf_token&#34;: &#34;(.+?)&#34;', form)
    fields = {
        "username": os.environ["SUPERSET_ADMIN"],
        "password": os.environ["SUPERSET_PASSWORD"],
        "csrf_token": next(filter(None, token.groups())) if token else "",
    }
    answer = session.post(f"{address}/login/", data=fields, headers={"Referer": address})
    if not answer.ok or "/login" in answer.url:
        raise SystemExit(f"Superset refuses the login: {answer.status_code} {answer.url}")
    return session.cookies["session"]


def visit(page: Page, address: str, path: str, charts: int) -> dict[str, Any]:
    """Open the dashboard and wait until its charts are drawn.

    Args:
        page: of the browser.
        address: Superset's.
        path: the dashboard's.
        charts: how many it has.

    Returns:
        What it shows, as STATE says.
    """
    for domain in ("Page", "Network", "Log", "Runtime"):
        page.call(f"{domain}.enable")
    cookie = {"name": "session", "value": session_cookie(address), "url": address}
    page.call("Network.setCookie", **cookie)
    # All of it in view, or charts below the edge aren't drawn.
    size = {"width": WIDTH, "height": 2400, "deviceScaleFactor": 1, "mobile": False}
    page.call("Emulation.setDeviceMetricsOverride", **size)
    page.call("Page.navigate", url=address + path)
    until = time.monotonic() + PATIENCE
    state: dict[str, Any] = {"charts": 0, "waiting": 1, "errors": []}
    while state["waiting"] or state["charts"] < charts:
        if time.monotonic() > until:
            raise SystemExit(f"The charts aren't drawn after {PATIENCE} s: {state}")
        time.sleep(1)
        state = page.state()
    # Charts grow into place.
    time.sleep(3)
    return page.state()


def main() -> None:
    """Take the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="Superset's, such as http://127.0.0.1:8088")
    parser.add_argument("path", help="the dashboard's")
    parser.add_argument("charts", type=int, help="how many charts it has")
    parser.add_argument("picture", type=Path, help="where the picture goes")
    given = parser.parse_args()
    browser = shutil.which("chromium")
    if browser is None:
        raise SystemExit("There is no chromium: run `make chromium`.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        options += ["--no-first-run", "--disable-background-networking", "--disable-extensions"]
        options += ["--hide-scrollbars", f"--user-data-dir={profile}", "--remote-debugging-port=0"]
        options += ["--host-resolver-rules=MAP * 0.0.0.0, EXCLUDE 127.0.0.1", "about:blank"]
        with subprocess.Popen([browser, *options], stderr=subprocess.DEVNULL) as chromium:
            try:
                page = Page(page_address(Path(profile)))
                state = visit(page, given.address, given.path, given.charts)
                clip = {"x": 0, "y": 0, "width": WIDTH, "height": state["height"] + 16, "scale": 1}
                taken = page.call("Page.captureScreenshot", format="png", clip=clip)
                given.picture.write_bytes(base64.b64decode(taken["data"]))
                seen = {"requests": page.requests, "complaints": page.complaints}
                print(json.dumps(state | seen))
            finally:
                chromium.terminate()


def page_address(profile: Path) -> str:
    """Where Chromium listens for its first page.

    Args:
        profile: the folder of its own files, where it writes its port.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            port = (profile / "DevToolsActivePort").read_text().splitlines()[0]
            found = requests.get(f"http://127.0.0.1:{port}/json/list", timeout=5).json()
            return next(page for page in found if page["type"] == "page")["webSocketDebuggerUrl"]
        except (OSError, IndexError, StopIteration, requests.ConnectionError):
            if time.monotonic() > until:
                raise SystemExit("Chromium doesn't start.") from None
            time.sleep(0.2)


if __name__ == "__main__":
    main()
