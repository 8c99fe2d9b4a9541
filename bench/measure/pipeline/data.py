"""Adding, checking and putting back data: many small files, one large one, a million in one folder."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from ..places import MLOPS, VENV
from ..row import Row
from .timing import parallel_copy, peak_megabytes, run, seconds

OURS, THEIRS = str(MLOPS), str(VENV / "dvc")
XVC = [str(VENV / "python"), "-c"]
FOLDERS, FILES, BYTES = 100, 1000, 1024
LARGE = 4 * 1024**3
MILLION = 1_000_000


def rows(work: Path) -> Iterator[Row]:
    yield from _many(work / "many")
    yield from _checkout(work / "checkout")
    yield from _large(work / "large")
    yield from _million(work / "million")


def _many(work: Path) -> Iterator[Row]:
    ours, theirs = _repository(work / "ours"), _repository(work / "theirs")
    _files(ours / "data", FOLDERS)
    _files(theirs / "data", FOLDERS)
    copies = parallel_copy(ours / "data", work / "copy", "-r")
    walk = seconds(["sh", "-c", "ls data | xargs -P2 -I{} find data/{} -size +1G"], ours)
    hashes = seconds(["sh", "-c", "ls data | xargs -P2 -I{} sh -c 'md5sum data/{}/*' >../sums"], ours)
    start = seconds([OURS, "version"], ours)
    fresh = seconds([OURS, "add", "data"], ours, _untracked(ours)), _once("add", theirs)
    yield _compared(
        "add of 100,000 files of 1 KB",
        "add data",
        fresh,
        3,
        ("parallel `cp -r`", copies, 1.3),
        {"xvc": _xvc_track(work / "xvc", FOLDERS), "md5sum -P": hashes},
    )
    again = seconds([OURS, "add", "data"], ours, _edit(ours)), _edited(theirs)
    yield _compared("add again, 1 file changed", "add data", again, 15)
    status = seconds([OURS, "status"], ours), seconds([THEIRS, "status"], theirs)
    limit = ("a bare parallel stat walk plus start-up", walk + start, 2.0)
    yield _compared("status of 100,000 unchanged files", "status", status, 10, limit)
    _clean(work)


def _checkout(work: Path) -> Iterator[Row]:
    ours, theirs = _repository(work / "ours"), _repository(work / "theirs")
    for repo in (ours, theirs):
        _files(repo / "data", 20)
        run([OURS, "add", "data"], repo)
    xvc = work / "xvc"
    _xvc_track(xvc, 20)
    again = {"xvc": seconds([*XVC, "import xvc; xvc.Xvc().file().recheck()"], xvc, _without(xvc / "data"), runs=1)}
    _clean(xvc)
    for kind, flags in (("copy", "-r"), ("hardlink", "-rl")):
        for repo in (ours, theirs):
            run([OURS, "config", "cache.type", kind], repo)
        copies = parallel_copy(ours / ".dvc" / "cache" / "files" / "md5", work / "copy", flags)
        took = (
            seconds([OURS, "checkout"], ours, _without(ours / "data")),
            seconds([THEIRS, "checkout"], theirs, _without(theirs / "data"), runs=1),
        )
        name = f"checkout of 20,000 files, {kind}"
        limit = (f"parallel `cp {flags}`", copies, 1.3)
        yield _compared(name, "checkout", took, 8, limit, again if kind == "copy" else None)
    _clean(work)


def _large(work: Path) -> Iterator[Row]:
    repo = _repository(work / "ours")
    block = os.urandom(1024 * 1024)
    with open(repo / "large.bin", "wb") as file:
        for number in range(LARGE // len(block)):
            file.write(number.to_bytes(8) + block[8:])
    bare = seconds(["md5sum", "large.bin"], repo, runs=1)
    bare += seconds(["cp", "large.bin", "copy.bin"], repo, runs=1)
    (repo / "copy.bin").unlink()
    forget = _untracked(repo)
    took = (
        seconds([OURS, "add", "large.bin"], repo, forget, runs=1),
        seconds([THEIRS, "add", "large.bin"], repo, forget, runs=1),
    )
    yield _compared(
        "add of one file of 4 GB", "add large.bin", took, 1, ("`md5sum` and `cp`", bare, 1.15)
    )
    _clean(work)


def _million(work: Path) -> Iterator[Row]:
    repo = _repository(work / "ours")
    data = repo / "data"
    data.mkdir()
    for number in range(MILLION):
        (data / f"{number}.txt").write_text(str(number))
    peak = peak_megabytes([OURS, "add", "data"], repo)
    again = peak_megabytes([OURS, "status"], repo)
    most = max(peak, again)
    yield Row(
        what="memory for 1,000,000 files in one folder",
        unit="MB",
        reach="<= 1,000 MB",
        reached=most <= 1000,
        value=most,
        ours=f"{peak:.0f} MB (add), {again:.0f} MB (status)",
        original=None,
        command="mlops add data; mlops status: ru_maxrss",
        details={"add": peak, "status": again},
    )
    _clean(work)


def _repository(folder: Path) -> Path:
    folder.mkdir(parents=True)
    run(["git", "init", "-q"], folder)
    run([THEIRS, "init", "-q"], folder)
    return folder


def _xvc_track(repo: Path, folders: int) -> float:
    """Its Python package runs the same Rust code as its command."""
    repo.mkdir()
    run(["git", "init", "-q"], repo)
    run([*XVC, "import xvc; xvc.Xvc().init()"], repo)
    _files(repo / "data", folders)
    return seconds([*XVC, "import xvc; xvc.Xvc().file().track('data')"], repo, runs=1)


def _files(data: Path, folders: int) -> None:
    for number in range(folders):
        folder = data / str(number)
        folder.mkdir(parents=True)
        for file in range(FILES):
            (folder / f"{file}.bin").write_bytes(f"{number} {file} ".encode().ljust(BYTES, b"."))


def _without(folder: Path) -> Callable[[], None]:
    return lambda: _clean(folder)


def _clean(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _untracked(repo: Path) -> Callable[[], None]:
    """Takes away what an earlier add left: cache, index and `.dvc` files; the data stays."""

    def forget() -> None:
        _clean(repo / ".dvc" / "cache")
        _clean(repo / ".dvc" / "tmp")
        for file in repo.glob("*.dvc"):
            if file.is_file():
                file.unlink()

    return forget


def _once(verb: str, repo: Path) -> float:
    return seconds([THEIRS, verb, "data"], repo, runs=1)


def _edit(repo: Path) -> Callable[[], None]:
    def edit() -> None:
        file = repo / "data" / "1" / "1.bin"
        file.write_bytes(os.urandom(BYTES))

    return edit


def _edited(repo: Path) -> float:
    return seconds([THEIRS, "add", "data"], repo, _edit(repo))


def _compared(
    what: str,
    arguments: str,
    took: tuple[float, float],
    faster: int,
    limit: tuple[str, float, float] | None = None,
    beside: dict[str, float] | None = None,
) -> Row:
    """`limit` is what the machine can do, with its time and the factor; `beside` only tells."""
    ours, theirs = took
    reach, reached = (f"<= 1/{faster} of dvc's", ours <= theirs / faster) if faster > 1 else ("", True)
    if limit is not None:
        name, bare, factor = limit
        reach = ", ".join(filter(None, (reach, f"<= {factor:g}x of {name} ({bare:.2f} s)")))
        reached = reached and ours <= factor * bare
    return Row(
        what=what,
        unit="s",
        reach=reach,
        reached=reached,
        value=ours,
        ours=f"{ours:.2f} s = 1/{theirs / ours:.1f}" + (f", {ours / limit[1]:.2f}x" if limit else ""),
        original="; ".join(
            [f"{theirs:.2f} s"] + [f"{name} {taken:.2f} s" for name, taken in (beside or {}).items()]
        ),
        command=f"mlops {arguments}",
        details={"ours": ours, "dvc": theirs, "limit": limit[1] if limit else None} | (beside or {}),
    )
