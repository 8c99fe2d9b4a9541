"""Running pipelines: a thousand trivial stages (STAGES says otherwise; dvc's time grows with their square), and
two that can run side by side."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from ..places import MLOPS, VENV
from ..row import Row
from .timing import run, seconds

OURS, THEIRS = str(MLOPS), str(VENV / "dvc")
STAGES = int(os.environ.get("STAGES", "1000"))


def rows(work: Path) -> Iterator[Row]:
    ours, theirs = _thousand(work / "ours"), _thousand(work / "theirs")
    first = seconds([OURS, "repro"], ours, runs=1), seconds([THEIRS, "repro"], theirs, runs=1)
    yield _row(f"repro of {STAGES:,} trivial stages, first", first, 50)
    again = seconds([OURS, "repro"], ours), seconds([THEIRS, "repro"], theirs, runs=1)
    start = seconds([OURS, "version"], ours)
    yield _row(f"repro of {STAGES:,} stages, nothing to do", again, 20, start)
    yield _two(work / "two")
    shutil.rmtree(work)


def _thousand(folder: Path) -> Path:
    repo = _repository(folder)
    lines = ["stages:"]
    for number in range(STAGES):
        lines += [
            f"  s{number}:",
            f"    cmd: echo {number} > out{number}",
            "    outs:",
            f"      - out{number}",
        ]
        if number:
            lines += ["    deps:", f"      - out{number - 1}"]
    (repo / "dvc.yaml").write_text("\n".join(lines) + "\n")
    return repo


def _two(folder: Path) -> Row:
    repo = _repository(folder)
    stage = "  {0}:\n    cmd: sleep 5 && echo {0} > {0}.txt\n    outs:\n      - {0}.txt\n"
    (repo / "dvc.yaml").write_text("stages:\n" + stage.format("a") + stage.format("b"))
    one = seconds([OURS, "repro", "-f", "a"], repo, runs=1)
    both = seconds([OURS, "repro", "-f", "-j", "2"], repo)
    theirs = seconds([THEIRS, "repro", "-f"], repo, runs=1)
    return Row(
        what="repro -j 2 of two independent stages of 5 s",
        unit="s",
        reach=f"<= 1.1x of one of them ({one:.2f} s)",
        reached=both <= 1.1 * one,
        value=both,
        ours=f"{both:.2f} s = {both / one:.2f}x",
        original=f"{theirs:.2f} s (no -j)",
        command="mlops repro -f -j 2",
        details={"both": both, "one": one, "dvc": theirs},
    )


def _repository(folder: Path) -> Path:
    folder.mkdir(parents=True)
    run(["git", "init", "-q"], folder)
    run([THEIRS, "init", "-q"], folder)
    return folder


def _row(what: str, took: tuple[float, float], faster: int, start: float | None = None) -> Row:
    ours, theirs = took
    reach, reached = f"<= 1/{faster} of dvc's", ours <= theirs / faster
    if start is not None:
        reach += f", <= 3x of our own start-up ({start:.2f} s)"
        reached = reached and ours <= 3 * start
    return Row(
        what=what,
        unit="s",
        reach=reach,
        reached=reached,
        value=ours,
        ours=f"{ours:.2f} s = 1/{theirs / ours:.1f}",
        original=f"{theirs:.2f} s",
        command="mlops repro",
        details={"ours": ours, "dvc": theirs, "start": start},
    )
