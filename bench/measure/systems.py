"""The two prediction services, each ready to be started."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .places import IRIS, MLOPS, ORIGINAL, ROOT, VENV
from .process import Process, free_port

API_KEY = "a-key-for-measuring-of-more-than-32-characters"
OPEN_LIMITS = {f"MLOPS_LIMIT_{name}": "off" for name in ("HEALTH", "PREDICT", "INFO", "FAILED_KEYS")}


@dataclass(frozen=True)
class System:
    name: str
    command: list[str]
    folder: Path
    environment: dict[str, str]
    port: int
    ready: str
    log: Path

    def start(self) -> Process:
        return Process(self.command, self.folder, self.environment, self.log)


def original(work: Path) -> System:
    """Trained anew; keys on, limits off."""
    models = work / "original-models"
    subprocess.run([VENV / "python", ORIGINAL / "train.py", models], check=True)
    port = free_port()
    return System(
        name="original",
        command=[str(VENV / "uvicorn"), "service:app", "--port", str(port)],
        folder=ORIGINAL,
        environment={"MODEL_DIR": str(models), "API_KEY": API_KEY, "LIMITS": "off"},
        port=port,
        ready="/health",
        log=work / "original.log",
    )


def ours(project: Path, work: Path) -> System:
    """`mlops serve` in a project whose model is registered; keys on, limits off."""
    port = free_port()
    settings = {"ENVIRONMENT": "development", "API_KEY": API_KEY, "MLOPS_API_PORT": str(port)}
    return System(
        name="mlops",
        command=[str(MLOPS), "serve"],
        folder=project,
        environment=settings | OPEN_LIMITS,
        port=port,
        ready="/health/ready",
        log=work / "mlops.log",
    )


def iris_project(work: Path) -> Path:
    """A fresh copy of the example in a git repository of its own, reproduced and registered by `mlops up`."""
    project = work / "iris"
    if project.exists():
        return project
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", "-co", "--exclude-standard", IRIS]
    files = subprocess.run(listed, check=True, capture_output=True, text=True).stdout
    for name in filter(None, files.split("\0")):
        target = project / Path(name).relative_to(IRIS)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    git = ["git", "-C", str(project), "-c", "user.name=bench", "-c", "user.email=bench@localhost"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "The iris example"], check=True)
    api, tracking = free_port(), free_port()
    ports = {"MLOPS_API_PORT": str(api), "MLOPS_TRACKING_PORT": str(tracking)}
    with Process([str(MLOPS), "up"], project, ports, work / "up.log") as up:
        up.until_ok(api, "/health/ready")
    return project


def bodies(project: Path, work: Path) -> Path:
    """Every flower of the data as a JSON request, one a line."""
    file = work / "bodies.jsonl"
    header, *lines = (project / "data" / "iris.csv").read_text().split()
    names = header.split(",")[:4]
    rows = (dict(zip(names, map(float, line.split(",")[:4]))) for line in lines)
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file
