"""Memory of `mlops server` under an hour of mixed load: about 100 requests a second of everything that training does,
files and the registry included."""

import itertools
import json
import os
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from ..process import Process
from ..row import Row
from ..systems import System
from . import servers
from .clients import ask, put_artifact

MINUTES = int(os.environ.get("SOAK_MINUTES", "60"))
CLIENTS = 4
PAUSE = 0.03
SPREAD = 0.10


def rows(work: Path) -> Iterator[Row]:
    folder = work / "soak"
    folder.mkdir()
    system = servers.mlops(f"sqlite:///{folder / 'mlflow.db'}", folder)
    with system.start() as process:
        process.until_ok(system.port, system.ready)
        counts, stop = [0] * CLIENTS, threading.Event()
        with ThreadPoolExecutor(CLIENTS) as pool:
            clients = [pool.submit(_train, system, number, counts, stop) for number in range(CLIENTS)]
            try:
                seen = list(_minutes(process, clients, counts))
            finally:
                stop.set()
        for client in clients:
            client.result()
    yield _row(seen, sum(counts))


def _minutes(process: Process, clients: list[Future], counts: list[int]) -> Iterator[float]:
    """Ends early when a client was refused something: it then has an error to tell."""
    for minute in range(MINUTES):
        done, _ = wait(clients, timeout=60, return_when=FIRST_COMPLETED)
        if done:
            return
        resident = process.resident_mb()
        print(f"minute {minute + 1}: {resident:.0f} MB, {sum(counts):,} requests", flush=True)
        yield resident


def _row(seen: list[float], requests: int) -> Row:
    # The first sixth of the time warms up: code is compiled, caches fill.
    later = seen[len(seen) // 6 :]
    spread = (max(later) - min(later)) / min(later)
    return Row(
        what=f"resident memory of `mlops server` over {MINUTES} minutes of mixed load, {requests:,} requests",
        unit="share",
        reach=f"flat within {SPREAD:.0%} after the first sixth",
        reached=spread <= SPREAD,
        value=spread,
        ours=f"{min(later):.0f} to {max(later):.0f} MB, {spread:.1%} apart",
        original=None,
        command=f"{CLIENTS} clients, each one training after another; VmRSS once a minute",
        details={"minutes": seen},
    )


def _train(system: System, client: int, counts: list[int], stop: threading.Event) -> None:
    """One training after another, each with its run, model, files and searches."""
    for number in itertools.count():
        if stop.is_set():
            return
        for method, call, body in _training(system, f"soak-{client}-{number}"):
            ask(system, method, call, body)
            counts[client] += 1
            time.sleep(PAUSE)


def _training(system: System, name: str) -> Iterator[tuple[str, str, dict | None]]:
    made = json.loads(ask(system, "POST", "runs/create", {"experiment_id": "0", "run_name": name}))
    run = made["run"]["info"]["run_id"]
    yield "POST", "runs/log-batch", {"run_id": run, "params": [{"key": f"p{k}", "value": str(k)} for k in range(20)]}
    for step in range(40):
        points = [{"key": f"m{k}", "value": random.random(), "timestamp": step, "step": step} for k in range(20)]
        yield "POST", "runs/log-batch", {"run_id": run, "metrics": points}
        yield "POST", "runs/log-metric", {"run_id": run, "key": "loss", "value": 1 / (1 + step), "timestamp": step, "step": step}
        if step % 10 == 0:
            yield "GET", f"metrics/get-history?run_id={run}&metric_key=loss&max_results=25000", None
            search = {"experiment_ids": ["0"], "filter": "metrics.loss < 0.1", "order_by": ["metrics.m1 DESC"], "max_results": 20}
            yield "POST", "runs/search", search
    put_artifact(system, f"0/{run}/artifacts/model.bin", random.randbytes(1 << 20))
    yield "POST", "registered-models/create", {"name": name}
    yield "POST", "model-versions/create", {"name": name, "source": f"mlflow-artifacts:/0/{run}/artifacts", "run_id": run}
    yield "POST", "runs/update", {"run_id": run, "status": "FINISHED", "end_time": 1}
    yield "GET", f"runs/get?run_id={run}", None
    yield "POST", "experiments/search", {"max_results": 10}
