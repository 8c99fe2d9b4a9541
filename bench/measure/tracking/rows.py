"""The rows about the tracking server."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from ..places import MLFLOW_VENV
from ..row import Row, at_least, at_most
from ..systems import System
from . import artifacts, clients, data, servers
from .postgres import Postgres

SECONDS = 10
POINTS = 100_000
READS = (
    (clients.RUNS, "100,000 runs x 20 metrics x 20 params, filter and order by metric, 100 results", 20),
    (clients.RUN, "one run", 40),
    (clients.EXPERIMENTS, "50 experiments", 40),
    (clients.VERSION, "one registry read", 40),
    (clients.INTERVAL, "1,000,000 points at 2,500 samples", 20),
)


@dataclass(frozen=True)
class Seen:
    """What one server showed on one database. Start in s, memory in MB, reads in ms, rates a second."""

    start: float
    idle_mb: float
    reads: dict[str, dict]
    history: list[float]
    metrics: list[float]
    points: list[float]
    loaded_mb: float


def sqlite(work: Path) -> Iterator[Row]:
    file = _filled(f"sqlite:///{work / 'filled.db'}", work / "filled.db")
    theirs, ours = (
        _observe(server(f"sqlite:///{_copy(file, work / name)}", work / name))
        for name, server in (("mlflow", servers.mlflow), ("mlops", servers.mlops))
    )
    yield from _rows("SQLite", ours, theirs)
    yield from _process_rows("SQLite", ours, theirs)
    for used in (work / "mlflow", work / "mlops"):
        shutil.rmtree(used)


def postgresql(work: Path) -> Iterator[Row]:
    with Postgres(work / "postgres") as postgres:
        _filled(postgres.create("filled"))
        theirs, ours = (
            _observe(server(postgres.create(name, "filled"), _made(work / f"{name}-pg")))
            for name, server in (("mlflow", servers.mlflow), ("mlops", servers.mlops))
        )
        limits = _limits(postgres)
        yield from (_beside(row, limits) for row in _rows("PostgreSQL", ours, theirs))
        yield from _process_rows("PostgreSQL", ours, theirs)


def _limits(postgres: Postgres) -> dict[str, str]:
    """What PostgreSQL itself takes, without a server before it, by the beginning of the row that it bounds."""
    postgres.create("limits", "filled")
    insert = (
        "INSERT INTO metrics (\"key\", value, timestamp, step, is_nan, run_uuid)"
        f" SELECT 'loss', random(), s, s, false, '{data.WRITTEN_RUN}' FROM generate_series(1, {POINTS}) s ON CONFLICT DO NOTHING"
    )
    count = f"SELECT COUNT(*) FROM metrics WHERE run_uuid = '{data.LONG_RUN}' AND \"key\" = 'loss'"
    rate = POINTS / median(postgres.seconds("limits", insert.replace(" s, s,", f" s, {turn}{POINTS} + s,")) for turn in (1, 2, 3))
    milliseconds = 1000 * median(postgres.seconds("limits", count) for _ in range(3))
    return {
        "`log-batch`": f"PostgreSQL alone inserts {rate:,.0f} points/s by one connection",
        clients.INTERVAL.what: f"PostgreSQL alone takes {milliseconds:,.0f} ms to count the points",
    }


def _beside(row: Row, limits: dict[str, str]) -> Row:
    said = [text for begin, text in limits.items() if row.what.startswith(begin)]
    return replace(row, command="; ".join([row.command, *said]))


def _filled(uri: str, file: Path = Path()) -> Path:
    fill = Path(__file__).parent / "fill.py"
    subprocess.run([MLFLOW_VENV / "python", fill, uri], check=True)
    return file


def _copy(file: Path, folder: Path) -> Path:
    return Path(shutil.copy(file, _made(folder)))


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


def _started(system: System) -> float:
    os.sync()  # the database was copied just before
    with system.start() as process:
        return process.until_ok(system.port, system.ready)


def _observe(system: System) -> Seen:
    starts = [_started(system) for _ in range(3)]
    with system.start() as process:
        process.until_ok(system.port, system.ready)
        time.sleep(10)
        idle = process.resident_mb()
        reads = {read.what: read.p95(system) for read, _, _ in READS}
        history = [clients.history(system)]
        clients.log_metric(system, clients.WARM_UP, 0)
        metrics = [clients.log_metric(system, SECONDS, 10**8 * turn) for turn in (1, 2, 3)]
        clients.log_batch(system, clients.WARM_UP, 10**9)
        points = [clients.log_batch(system, SECONDS, 10**9 + 10**8 * turn) for turn in (1, 2, 3)]
        loaded = process.resident_mb()
    return Seen(median(starts), idle, reads, history, metrics, points, loaded)


def _rows(database: str, ours: Seen, theirs: Seen) -> Iterator[Row]:
    yield _rate(
        f"single `log-metric` calls, 16 concurrent clients, {database}",
        "requests/s",
        ours.metrics,
        theirs.metrics,
        "wrk -t1 -c16 -s log_points.lua .../runs/log-metric",
    )
    yield _rate(
        f"`log-batch` of 1000 metrics, 4 concurrent clients, {database}",
        "points/s",
        ours.points,
        theirs.points,
        "wrk -t1 -c4 -s log_points.lua .../runs/log-batch",
        POINTS if database == "SQLite" else 0,
    )
    for read, of, bound in READS:
        mine, their = ours.reads[read.what], theirs.reads[read.what]
        yield _share(
            f"{read.what} of {of}, {database}: p95",
            bound,
            (mine["p95"], their["p95"]),
            "ms",
            f"wrk -t1 -c1 -s fixed.lua .../{read.call.split('?')[0]}; after {clients.WARM_UP} s",
            {"ours": mine, "original": their},
        )
    yield _share(
        f"`get-history` of 1,000,000 points in pages of 25,000, {database}",
        20,
        (median(ours.history), median(theirs.history)),
        "s",
        "GET metrics/get-history until there is no next page; once",
        {"ours": ours.history, "original": theirs.history},
    )


def _rate(
    what: str, unit: str, ours: list[float], theirs: list[float], command: str, floor: float = 0
) -> Row:
    """`floor` is a rate that must be reached whatever the other side does."""
    ratio = median(ours) / median(theirs)
    reach, reached = at_least(20, "x mlflow's")
    return Row(
        what=what,
        unit="times",
        reach=reach + (f", >= {floor:,.0f} {unit}" if floor else ""),
        reached=reached(ratio) and median(ours) >= floor,
        value=ratio,
        ours=f"{median(ours):,.0f} {unit} = {ratio:,.1f}x",
        original=f"{median(theirs):,.0f} {unit}",
        command=f"{command}; median of 3 times {SECONDS} s after {clients.WARM_UP} s",
        details={"ours": ours, "original": theirs},
    )


def _share(
    what: str, bound: int, seen: tuple[float, float], unit: str, command: str, details: dict
) -> Row:
    ours, theirs = seen
    share = theirs / ours
    return Row(
        what=what,
        unit="times",
        reach=f"<= 1/{bound} of mlflow's",
        reached=share >= bound,
        value=share,
        ours=f"{ours:,.2f} {unit} = 1/{share:,.0f}",
        original=f"{theirs:,.2f} {unit}",
        command=command,
        details=details,
    )


def _process_rows(database: str, ours: Seen, theirs: Seen) -> Iterator[Row]:
    cases: tuple[tuple[str, str, float, Callable[[Seen], float], str], ...] = (
        (f"`mlops server` from exec to the first 200 on /health, {database}", "s", 1, lambda s: s.start, "asked every 5 ms; median of 3"),
        (f"resident memory of `mlops server`, idle (10 s after the start), {database}", "MB", 150, lambda s: s.idle_mb, "VmRSS, children included"),
        (f"resident memory of `mlops server`, after the load of the rows above, {database}", "MB", 300, lambda s: s.loaded_mb, "VmRSS, children included"),
    )
    for what, unit, bound, value, command in cases:
        reach, reached = at_most(bound, unit)
        yield Row(
            what=what,
            unit=unit,
            reach=reach,
            reached=reached(value(ours)),
            value=value(ours),
            ours=f"{value(ours):,.2f} {unit}" if unit == "s" else f"{value(ours):,.0f} {unit}",
            original=f"{value(theirs):,.2f} {unit}" if unit == "s" else f"{value(theirs):,.0f} {unit}",
            command=command,
        )


def artifact_rows(work: Path) -> Iterator[Row]:
    file = artifacts.large_file(work)
    copies, seen = [], {}
    for name, server, turns in (("mlflow", servers.mlflow, 1), ("mlops", servers.mlops, 3)):
        folder = _made(work / f"{name}-files")
        system = server(f"sqlite:///{folder / 'new.db'}", folder)
        with system.start() as process:
            process.until_ok(system.port, system.ready)
            both = []
            for _ in range(turns):
                # Beside each turn, since a disk is not always as fast.
                copies.append(artifacts.copy(file))
                both.append((artifacts.upload(system, file), artifacts.download(system, file)))
            seen[name] = (
                *(median(turn) for turn in zip(*both)),
                process.peak_resident_mb(),
                process.was_started_with("-Xmx256m"),
            )
        shutil.rmtree(folder)
    copy = median(copies)
    size = file.stat().st_size / 1e9
    file.unlink()
    for turn, direction in enumerate(("up", "down")):
        share = copy / seen["mlops"][turn]
        reach, reached = at_least(0.8, "x the speed of a copy on the disk")
        yield Row(
            what=f"a file of {size:.1f} GB {direction} through the artifact proxy (server heap 256 MB)",
            unit="times",
            reach=reach,
            reached=reached(share),
            value=share,
            ours=f"{size / seen['mlops'][turn]:.2f} GB/s = {share:.2f}x",
            original=f"{size / seen['mlflow'][turn]:.2f} GB/s",
            command=f"curl, then sync; median of 3; a copy (dd conv=fsync) beside each takes {copy:.1f} s",
            details={"copies": copies, "ours": seen["mlops"][turn], "original": seen["mlflow"][turn]},
        )
    yield Row(
        what="the most resident memory of the server during these transfers",
        unit="MB",
        reach="heap <= 256 MB",
        reached=seen["mlops"][3],
        value=seen["mlops"][2],
        ours=f"{seen['mlops'][2]:,.0f} MB",
        original=f"{seen['mlflow'][2]:,.0f} MB",
        command="VmHWM, children included; started with -Xmx256m",
    )
