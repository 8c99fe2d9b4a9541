"""Commands timed from exec to exit."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

RUNS = 3


def nothing() -> None:
    """What to prepare before a run that needs nothing."""


def seconds(
    command: list[str], folder: Path, prepare: Callable[[], None] = nothing, runs: int = RUNS
) -> float:
    """Seconds from exec to exit, the median of a few runs."""
    taken = []
    for _ in range(runs):
        prepare()
        os.sync()
        started = time.perf_counter()
        run(command, folder)
        taken.append(time.perf_counter() - started)
    return median(taken)


def parallel_copy(source: Path, target: Path, flags: str) -> float:
    """Seconds that `cp` takes for the folders in a folder, as many at once as there are processors."""

    def nothing_there() -> None:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()

    copies = f"ls | xargs -P{os.cpu_count()} -I{{}} cp {flags} {{}} {target}/"
    taken = seconds(["sh", "-c", copies], source, nothing_there)
    shutil.rmtree(target)
    return taken


def run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment())
    if done.returncode != 0:
        raise RuntimeError(f"{command} in {folder} ended with {done.returncode}:\n{done.stderr}")


def peak_megabytes(command: list[str], folder: Path) -> float:
    """The most resident memory (`ru_maxrss`) that one run held."""
    process = subprocess.Popen(
        command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:
        process.kill()
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command} in {folder} ended with {process.returncode}")
    return usage.ru_maxrss / 1024


def environment() -> dict[str, str]:
    return dict(os.environ, DVC_NO_ANALYTICS="1", DVC_NO_PROGRESS="1")
