"""Looks for runs, charts, a comparison and an alias in the console, in a real browser."""

import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import chromium
import pytest
from ports import free_port

pytestmark = pytest.mark.skipif(chromium.path() is None, reason="NO CHROMIUM: on Debian, apt-get install chromium")


class Server:
    """A tracking server with some runs in it."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            ["mlops", "server", "--port", str(port), "--backend-store-uri", f"sqlite:///{folder}/console.db"],
            cwd=folder,
        )
        try:
            self.wait(time.monotonic() + 30)
        except AssertionError:
            self.close()
            raise

    def wait(self, until: float) -> None:
        while True:
            try:
                urllib.request.urlopen(self.url + "/health").read()
                return
            except urllib.error.URLError:
                assert time.monotonic() < until and self.process.poll() is None, "the server does not answer"
                time.sleep(0.05)

    def call(self, path: str, /, **fields: Any) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.url}/api/2.0/mlflow/{path}",
            json.dumps(fields).encode(),
            {"Content-Type": "application/json"},
            method="POST",
        )
        return json.load(urllib.request.urlopen(request))

    def run(self, name: str, trees: int, f1: float) -> str:
        run = self.call("runs/create", experiment_id="0", run_name=name, start_time=1)["run"]["info"]["run_id"]
        losses = [{"key": "loss", "value": 1 / (step + trees), "timestamp": step, "step": step} for step in range(50)]
        self.call(
            "runs/log-batch",
            run_id=run,
            params=[{"key": "trees", "value": str(trees)}],
            metrics=[*losses, {"key": "f1", "value": f1, "timestamp": 1, "step": 0}],
        )
        self.call("model-versions/create", name="Iris", source=f"runs:/{run}/model", run_id=run)
        return run

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"))
    server.call("registered-models/create", name="Iris")
    for name, trees, f1 in (("small", 9, 0.81), ("middle", 50, 0.92), ("large", 200, 0.95)):
        server.run(name, trees, f1)
    server.call("registered-models/alias", name="Iris", alias="champion", version="1")
    yield server
    server.close()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Chromium]:
    page = chromium.Chromium(str(tmp_path_factory.mktemp("profile")))
    yield page
    page.close()


def test_from_an_experiment_to_a_new_champion(server: Server, page: chromium.Chromium) -> None:
    page.go(server.url + "/")
    page.click("a[href='/experiments/0']")
    page.until("document.querySelectorAll('table.runs tbody tr').length === 3")

    page.type("input[name=q]", "metrics.f1 > 0.9 AND params.trees != '1'")
    page.click("form.search > button")
    page.until("location.search.includes('f1') && document.querySelectorAll('table.runs tbody tr').length === 2")
    assert "col=" not in page.js("location.search")

    page.click("table.runs tbody tr a.strong")
    page.until("document.querySelector('figure[data-metric=loss] path.line') !== null")
    assert page.js("document.querySelector('figure[data-metric=loss] path.line').getAttribute('d').length") > 300
    page.js("document.querySelector('figure[data-metric=loss] svg').focus()")
    page.ask("Input.dispatchKeyEvent", type="keyDown", key="End", code="End")
    page.until("document.querySelector('figure[data-metric=loss] .readout').innerText.includes('step 49')")

    page.go(server.url + "/experiments/0")
    page.click("table.runs tbody tr:nth-child(1) input[name=run]")
    page.click("table.runs tbody tr:nth-child(2) input[name=run]")
    page.until("document.querySelector('[data-count]').textContent === '2 runs chosen'")
    page.click("#chosen button")
    page.until("document.querySelectorAll('.compare-plot svg .dot').length === 2")
    page.until("document.querySelectorAll('figure[data-metric=loss] path.line').length === 2")
    assert page.js("document.querySelector('tr.differs th').title") == "f1"

    page.go(server.url + "/models/Iris/versions/3")
    page.click("details.menu summary")
    page.type("#alias", "champion")
    page.click("details.menu button.primary")
    page.until("document.body.innerText.includes('It replaces version 1')")
    page.click("form[method=post] button.primary")
    page.until("location.pathname === '/models/Iris' && document.body.innerText.includes('version 3')")
    assert page.js("document.querySelector('#v3 .alias').textContent") == "champion"
    assert page.errors() == []


def test_a_page_shows_what_happens_elsewhere(server: Server, page: chromium.Chromium) -> None:
    page.go(server.url + "/experiments/0")
    page.click("table.runs tbody tr:nth-child(2) input[name=run]")
    page.type("input[name=q]", "half a filter")
    server.run("new", 7, 0.5)
    page.until("document.querySelectorAll('table.runs tbody tr').length === 4")
    assert page.js("document.querySelector('[data-count]').textContent") == "1 run chosen"
    assert page.js("document.querySelector('input[name=q]').value") == "half a filter"
    assert page.errors() == []


def test_a_chart_shows_what_is_finite_beside_what_is_not(server: Server, page: chromium.Chromium) -> None:
    runs = [server.run("fine", 10, 0.9), server.run("diverged", 10, 0.1)]
    infinite = [{"key": "loss", "value": v, "timestamp": 99, "step": 50} for v in ("Infinity", "NaN", "-Infinity")]
    server.call("runs/log-batch", run_id=runs[1], metrics=infinite)
    page.go(f"{server.url}/compare?run={runs[0]}&run={runs[1]}")
    page.until("document.querySelectorAll('figure[data-metric=loss] path.line').length === 2")
    drawn = "Array.from(document.querySelectorAll('figure[data-metric=loss] path.line')).map(p => p.getAttribute('d'))"
    assert all(len(line) > 300 and "NaN" not in line for line in page.js(drawn))
    assert page.errors() == []
