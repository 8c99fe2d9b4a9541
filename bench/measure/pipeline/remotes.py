"""Push and pull of 20,000 files with a remote that is a folder; and when there is nothing to do."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from ..places import MLOPS, VENV
from ..row import Row
from .timing import RUNS, parallel_copy, run, seconds

FOLDERS, FILES, BYTES = 20, 1000, 1024


def rows(work: Path) -> Iterator[Row]:
    repo = _repository(work / "remotes")
    objects, store = repo / ".dvc" / "cache" / "files" / "md5", work / "remotes" / "store"

    def empty(folder: Path) -> Callable[[], None]:
        return lambda: shutil.rmtree(folder, ignore_errors=True)

    copies = parallel_copy(objects, work / "copy", "-r")
    yield _row("push of 20,000 files to a folder", "push", repo, empty(store), copies, 1.5, 4)
    yield _row("push with nothing to do", "push", repo, lambda: None, None, None, 15)
    yield _row("pull of 20,000 files from a folder", "pull", repo, _forget(repo), 2 * copies, 1.5, 4)
    yield _row("pull with nothing to do", "pull", repo, lambda: None, None, None, 15)


def _repository(folder: Path) -> Path:
    repo = folder / "repo"
    for number in range(FOLDERS):
        data = repo / "data" / str(number)
        data.mkdir(parents=True)
        for file in range(FILES):
            (data / f"{file}.bin").write_bytes(f"{number} {file} ".encode().ljust(BYTES, b"."))
    for command in (
        ["git", "init", "-q"],
        [str(VENV / "dvc"), "init", "-q"],
        [str(VENV / "dvc"), "remote", "add", "-q", "-d", "store", str(folder / "store")],
        [str(MLOPS), "add", "data"],
    ):
        run(command, repo)
    return repo


def _forget(repo: Path) -> Callable[[], None]:
    def forget() -> None:
        shutil.rmtree(repo / "data", ignore_errors=True)
        shutil.rmtree(repo / ".dvc" / "cache", ignore_errors=True)

    return forget


def _row(
    what: str,
    verb: str,
    repo: Path,
    prepare: Callable[[], None],
    copies: float | None,
    factor: float | None,
    faster: int,
) -> Row:
    ours = seconds([str(MLOPS), verb], repo, prepare)
    theirs = seconds([str(VENV / "dvc"), verb], repo, prepare)
    reach = f"<= 1/{faster} of dvc's"
    reached = ours <= theirs / faster
    if copies is not None and factor is not None:
        reach += f", <= {factor:g}x of the copies ({copies:.2f} s by parallel `cp -r`)"
        reached = reached and ours <= factor * copies
    return Row(
        what=what,
        unit="s",
        reach=reach,
        reached=reached,
        value=ours,
        ours=f"{ours:.2f} s",
        original=f"{theirs:.2f} s (`dvc {verb}`)",
        command=f"mlops {verb}; median of {RUNS}",
        details={"ours": ours, "original": theirs, "copies": copies},
    )
