"""The machine and the versions that a number belongs to."""

import os
import platform
import subprocess
import time
from importlib import metadata
from pathlib import Path

from .places import FIND_JDK, MLFLOW_VENV, ROOT

LIBRARIES = ["fastapi", "uvicorn", "scikit-learn", "numpy", "dvc"]


def facts() -> dict:
    return {
        "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "commit": _output("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"),
        "processor": _field("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "memory_gib": round(int(_field("/proc/meminfo", "MemTotal").split()[0]) / 2**20, 1),
        "kernel": platform.release(),
        "jdk": _jdk(),
        "python": platform.python_version(),
        "original": ", ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES)
        + f", {_output(str(MLFLOW_VENV / 'mlflow'), '--version').replace(' version', '').replace(',', '')}",
        "load_average_before": os.getloadavg()[0],
    }


def text(facts: dict) -> str:
    return (
        f"{facts['date']}, commit {facts['commit']}: {facts['cores']} cores ({facts['processor']}), "
        f"{facts['memory_gib']} GiB, Linux {facts['kernel']}, JDK {facts['jdk']}; replaced: "
        f"Python {facts['python']}, {facts['original']}; the load generators run on the same cores; "
        f"load average before the start {facts['load_average_before']:.2f}"
    )


def _jdk() -> str:
    release = Path(_output(str(FIND_JDK))) / "release"
    return _value(release.read_text(), "JAVA_RUNTIME_VERSION", "=").strip('"')


def _field(file: str, name: str) -> str:
    return _value(Path(file).read_text(), name, ":")


def _value(text: str, name: str, separator: str) -> str:
    lines = (line.split(separator, 1) for line in text.splitlines() if separator in line)
    return next(value.strip() for key, value in lines if key.strip() == name)


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
