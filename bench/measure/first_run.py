"""`make run` in a fresh clone, as a newcomer runs it, then once more."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from .places import ROOT
from .process import Process, free_port
from .row import Row, at_most


def measure(work: Path) -> Iterator[Row]:
    clone = work / "clone"
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(ROOT), str(clone)], check=True)
    cases = (("first", "in a fresh clone, Maven cache warm", 120), ("second", "nothing changed", 10))
    for turn, how, bound in cases:
        seconds = _until_ready(clone, work / f"{turn}-run.log")
        reach, reached = at_most(bound, "s")
        yield Row(
            what=f"{turn} `make run` ({how}) until its three lines",
            unit="s",
            reach=reach,
            reached=reached(seconds),
            value=seconds,
            ours=f"{seconds:.1f} s",
            original=None,
            command="make run, from exec until the URLs of API, docs and console are printed",
        )


def _until_ready(clone: Path, log: Path) -> float:
    api, tracking = free_port(), free_port()
    ports = {"MLOPS_API_PORT": str(api), "MLOPS_TRACKING_PORT": str(tracking)}
    with Process(["make", "run"], clone, ports, log) as run:
        seconds = run.until_printed(["curl", f":{api}/predict", f":{api}/docs", f":{tracking}"], 600)
        run.until_ok(api, "/health/ready")
        return seconds
