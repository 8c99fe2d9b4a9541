"""The prediction API under load: throughput, latency, health, start and memory."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from . import load, systems
from .row import Row, at_least, at_most
from .systems import System

RUNS = 3
STARTS = 10
SECONDS = 10
WARM_UP = 10
HEALTH_RATE = 20.0


@dataclass(frozen=True)
class Seen:
    """What one system showed. Rates in requests a second, latencies in ms, memory in MB, starts in s."""

    starts: list[float]
    rates: list[float]
    at_half: list[dict]
    health: dict
    idle_mb: float
    loaded_mb: float

    @property
    def rate(self) -> float:
        return median(self.rates)

    @property
    def p99_at_half(self) -> float:
        return median(run["p99"] for run in self.at_half)

    @property
    def start(self) -> float:
        return median(self.starts)


def measure(work: Path) -> Iterator[Row]:
    project = systems.iris_project(work)
    bodies = systems.bodies(project, work)
    theirs = _observe(systems.original(work), bodies)
    ours = _observe(systems.ours(project, work), bodies)
    yield from _rows(ours, theirs)


def _observe(system: System, bodies: Path) -> Seen:
    starts = [_time_start(system) for _ in range(STARTS)]
    with system.start() as process:
        process.until_ok(system.port, system.ready)
        time.sleep(5)
        idle = process.resident_mb()
        load.saturate(system, bodies, WARM_UP)
        rates = [load.saturate(system, bodies, SECONDS)["rate"] for _ in range(RUNS)]
        half = median(rates) / 2
        at_half = [
            load.constant_rate(system, "/predict", half, SECONDS, 5, bodies) for _ in range(RUNS)
        ]
        wrk = load.saturating(system, bodies, 30)
        health = load.constant_rate(system, "/health", HEALTH_RATE, 22, 3)
        load.finished(wrk, system)
        loaded = process.resident_mb()
    return Seen(starts, rates, at_half, health, idle, loaded)


def _time_start(system: System) -> float:
    with system.start() as process:
        return process.until_ok(system.port, system.ready)


def _rows(ours: Seen, theirs: Seen) -> Iterator[Row]:
    ratio = ours.rate / theirs.rate
    reach, reached = at_least(300, "x the original's")
    yield Row(
        what="`POST /predict`, 32 connections, keys on, limits off: throughput",
        unit="times",
        reach=reach,
        reached=reached(ratio),
        value=ratio,
        ours=f"{ours.rate:,.0f} requests/s = {ratio:,.0f}x",
        original=f"{theirs.rate:,.1f} requests/s",
        command=f"wrk -t1 -c32 -d{SECONDS} -s predict.lua .../predict; median of {RUNS} after {WARM_UP} s",
        details={"ours": ours.rates, "original": theirs.rates},
    )
    reach, reached = at_most(5, "ms")
    yield Row(
        what="p99 at half of the own maximum rate, open loop (constant rate)",
        unit="ms",
        reach=reach,
        reached=reached(ours.p99_at_half),
        value=ours.p99_at_half,
        ours=f"{ours.p99_at_half:.2f} ms at {ours.rate / 2:,.0f}/s",
        original=f"{theirs.p99_at_half:,.0f} ms at {theirs.rate / 2:,.0f}/s",
        command=f"java OpenLoop.java url=.../predict rate=... seconds={SECONDS}; median of {RUNS}",
        details={"ours": ours.at_half, "original": theirs.at_half},
    )
    reach, reached = at_most(20, "ms")
    yield Row(
        what="`/health` p99 while `/predict` is saturated",
        unit="ms",
        reach=reach,
        reached=reached(ours.health["p99"]),
        value=ours.health["p99"],
        ours=f"{ours.health['p99']:.2f} ms",
        original=f"{theirs.health['p99']:,.0f} ms",
        command=f"wrk as above and java OpenLoop.java url=.../health rate={HEALTH_RATE:g} seconds=22",
        details={"ours": ours.health, "original": theirs.health},
    )
    reach, reached = at_most(1.5, "s")
    yield Row(
        what="`mlops serve` from exec to the first 200 on /health/ready",
        unit="s",
        reach=reach,
        reached=reached(ours.start),
        value=ours.start,
        ours=f"{ours.start:.2f} s",
        original=f"{theirs.start:.2f} s (its /health)",
        command=f"mlops serve, asked every 5 ms; median of {STARTS}",
        details={"ours": ours.starts, "original": theirs.starts},
    )
    for when, bound, mine, their in (
        ("idle (5 s after the start)", 150, ours.idle_mb, theirs.idle_mb),
        ("after the load of the rows above", 300, ours.loaded_mb, theirs.loaded_mb),
    ):
        reach, reached = at_most(bound, "MB")
        yield Row(
            what=f"resident memory of `mlops serve`, {when}",
            unit="MB",
            reach=reach,
            reached=reached(mine),
            value=mine,
            ours=f"{mine:,.0f} MB",
            original=f"{their:,.0f} MB",
            command="VmRSS, children included",
        )
