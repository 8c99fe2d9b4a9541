"""The databases that a server may be killed on."""

import contextlib
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
from measure.tracking import postgres  # noqa: E402 - the folder must be on the path first


@contextlib.contextmanager
def sqlite():
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/mlflow.db"


@contextlib.contextmanager
def postgres_server():
    with tempfile.TemporaryDirectory() as folder, postgres.Postgres(Path(folder) / "pg") as server:
        yield server


@contextlib.contextmanager
def postgresql():
    """A database of a PostgreSQL that lives as long as the block."""
    with postgres_server() as server:
        yield server.create("tracking")


def has_postgresql():
    return postgres.binaries() is not None
