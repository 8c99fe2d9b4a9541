"""One large file up and down through the artifact proxy, beside a plain copy of it on the same disk."""

import os
import subprocess
import time
from pathlib import Path

from ..systems import System

GIGABYTES = float(os.environ.get("BENCH_ARTIFACT_GB", "5"))


def large_file(work: Path) -> Path:
    file = work / "large.bin"
    size = str(round(GIGABYTES * 1000))
    command = ["dd", "if=/dev/urandom", f"of={file}", "bs=1M", f"count={size}", "status=none"]
    subprocess.run(command, check=True)
    return file


def copy(file: Path) -> float:
    """Seconds for a copy that is on the disk."""
    target = file.with_suffix(".copy")
    seconds = _timed("dd", f"if={file}", f"of={target}", "bs=1M", "conv=fsync", "status=none")
    target.unlink()
    return seconds


def upload(system: System, file: Path) -> float:
    return _timed("curl", "-sSf", "-T", str(file), _url(system)) + _timed("sync")


def download(system: System, file: Path) -> float:
    target = file.with_suffix(".download")
    seconds = _timed("curl", "-sSf", "-o", str(target), _url(system)) + _timed("sync")
    if target.stat().st_size != file.stat().st_size:
        raise RuntimeError(f"{system.name} gave {target.stat().st_size} bytes of {file.stat().st_size}")
    target.unlink()
    return seconds


def _url(system: System) -> str:
    return f"http://127.0.0.1:{system.port}/api/2.0/mlflow-artifacts/artifacts/large.bin"


def _timed(*command: str) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started
