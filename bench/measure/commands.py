"""Wall time of short commands, beside the same commands of dvc."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from . import systems
from .places import MLOPS, VENV
from .row import Row, at_most

RUNS = 30
WARM_UP = 3


def measure(work: Path) -> Iterator[Row]:
    project = systems.iris_project(work)
    yield _row("`mlops version` with the start-up cache", 150, project, ["version"], ["--version"])
    yield _row("`mlops status` on the unchanged iris project", 300, project, ["status"], ["status"])


def _row(what: str, bound: float, project: Path, mlops: list[str], dvc: list[str]) -> Row:
    ours = _times([str(MLOPS), *mlops], project)
    theirs = _times([str(VENV / "dvc"), *dvc], project)
    reach, reached = at_most(bound, "ms")
    return Row(
        what=what,
        unit="ms",
        reach=reach,
        reached=reached(median(ours)),
        value=median(ours),
        ours=_text(ours),
        original=f"{_text(theirs)} (`dvc {' '.join(dvc)}`)",
        command=f"mlops {' '.join(mlops)}; {RUNS} runs after {WARM_UP}",
        details={"ours": ours, "original": theirs},
    )


def _times(command: list[str], project: Path) -> list[float]:
    """Milliseconds from exec to exit."""
    return [_time(command, project) for _ in range(WARM_UP + RUNS)][WARM_UP:]


def _time(command: list[str], project: Path) -> float:
    started = time.perf_counter()
    subprocess.run(command, cwd=project, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    return (time.perf_counter() - started) * 1e3


def _text(times: list[float]) -> str:
    return f"{median(times):,.0f} ms (p95 {quantiles(times, n=20)[-1]:,.0f})"
