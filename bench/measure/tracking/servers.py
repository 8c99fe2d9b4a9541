"""The two tracking servers, started with the same flags."""

from pathlib import Path

from ..places import MLFLOW_VENV, MLOPS
from ..process import free_port
from ..systems import System


def mlflow(uri: str, folder: Path) -> System:
    return _server("mlflow", [str(MLFLOW_VENV / "mlflow"), "server"], uri, folder)


def mlops(uri: str, folder: Path) -> System:
    return _server("mlops", [str(MLOPS), "server"], uri, folder)


def _server(name: str, command: list[str], uri: str, folder: Path) -> System:
    port = free_port()
    flags = ["--backend-store-uri", uri, "--artifacts-destination", str(folder / "artifacts")]
    return System(
        name=name,
        command=[*command, *flags, "--host", "127.0.0.1", "--port", str(port)],
        folder=folder,
        environment={},
        port=port,
        ready="/health",
        log=folder / "server.log",
    )
