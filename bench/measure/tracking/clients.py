"""What is asked of a tracking server, and how long that takes."""

import http.client
import json
import re
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from .. import load
from ..systems import System
from . import data

API = "/api/2.0/mlflow/"
SEARCH = {
    "experiment_ids": ["1"],
    "filter": "metrics.metric_3 > 0.5 AND params.param_7 = '42'",
    "order_by": ["metrics.metric_3 DESC"],
    "max_results": 100,
}
PAGE = 25_000
WARM_UP = 5


@dataclass(frozen=True)
class Read:
    """A request that changes nothing."""

    what: str
    call: str
    body: dict | None = None

    def ask(self, system: System) -> float:
        """Milliseconds to the last byte of the answer."""
        started = time.perf_counter()
        _request(system, self.call, self.body)
        return (time.perf_counter() - started) * 1e3

    def p95(self, system: System) -> dict:
        """One client that asks again as soon as it has its answer, after as long a warm-up as writes have."""
        once = min(self.ask(system) for _ in range(3))
        seconds = round(min(max(once * 0.02, 5), 40))
        body = {"BODY": json.dumps(self.body)} if self.body else {}
        warm_up = max(WARM_UP, round(once * 0.003))  # time for one answer at least
        load.wrk(system, API + self.call, "fixed.lua", 1, warm_up, **body)
        return load.wrk(system, API + self.call, "fixed.lua", 1, seconds, **body)


RUN = Read("`runs/get`", f"runs/get?run_id={data.READ_RUN}")
EXPERIMENTS = Read("`experiments/search`", "experiments/search", {"max_results": 100})
VERSION = Read("`model-versions/get`", "model-versions/get?name=Bench&version=3")
RUNS = Read("`runs/search`", "runs/search", SEARCH)
INTERVAL = Read(
    "`get-history-bulk-interval`",
    f"metrics/get-history-bulk-interval?run_ids={data.LONG_RUN}&metric_key=loss&max_results=2500",
)


def history(system: System) -> float:
    """Seconds for all points of the long history, in the pages that MLflow's client asks for."""
    started = time.perf_counter()
    points, token = 0, ""
    while points == 0 or token:
        query = {"run_id": data.LONG_RUN, "metric_key": "loss", "max_results": PAGE}
        query |= {"page_token": token} if token else {}
        answer = _request(system, f"metrics/get-history?{urlencode(query)}", None)
        points += answer.count(b'"step"')
        token = _token(answer)
    if points != data.POINTS:
        raise RuntimeError(f"{system.name} gave {points} points, not {data.POINTS}")
    return time.perf_counter() - started


def _token(answer: bytes) -> str:
    """Without reading the points beside it as JSON."""
    found = re.search(rb'"next_page_token"\s*:\s*"([^"]*)"', answer)
    return found[1].decode() if found else ""


def log_metric(system: System, seconds: int, first_step: int) -> float:
    """Requests a second."""
    return _log(system, "runs/log-metric", 1, 16, seconds, first_step)


def log_batch(system: System, seconds: int, first_step: int) -> float:
    """Points a second."""
    return 1000 * _log(system, "runs/log-batch", 1000, 4, seconds, first_step)


def _log(system: System, call: str, points: int, clients: int, seconds: int, first_step: int) -> float:
    settings = {"RUN": data.WRITTEN_RUN, "POINTS": str(points), "FIRST_STEP": str(first_step)}
    seen = load.wrk(system, API + call, "log_points.lua", clients, seconds, **settings)
    return seen["rate"]


def _request(system: System, call: str, body: dict | None) -> bytes:
    return ask(system, "GET" if body is None else "POST", call, body)


def ask(system: System, method: str, call: str, body: dict | None) -> bytes:
    """The answer to one call; anything but 200 is an error."""
    if body is None:
        return _exchange(system, method, API + call, None, {})
    content = json.dumps(body).encode()
    return _exchange(system, method, API + call, content, {"Content-Type": "application/json"})


def put_artifact(system: System, path: str, content: bytes) -> None:
    _exchange(system, "PUT", f"/api/2.0/mlflow-artifacts/artifacts/{path}", content, {})


def _exchange(
    system: System, method: str, path: str, content: bytes | None, headers: dict[str, str]
) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", system.port, timeout=300)
    try:
        connection.request(method, path, content, headers)
        answer = connection.getresponse()
        got = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{system.name} answered {answer.status} to {path}: {got[:500]!r}")
    return got
