"""The databases and disks that a server may be killed on."""

import contextlib
import os
import subprocess
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


class SmallDisk:
    """A disk in memory that is soon full, and can be made larger while it is used."""

    def __init__(self, path, megabytes):
        self.path, self.megabytes = path, megabytes

    def grow(self, megabytes):
        self.megabytes += megabytes
        mount("-o", f"remount,size={self.megabytes}m", str(self.path))

    def fill(self):
        """Leaves not one byte free."""
        with contextlib.suppress(OSError), open(self.path / "ballast", "wb", buffering=0) as ballast:
            while ballast.write(b"0" * 4096):
                pass


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


@contextlib.contextmanager
def small_disk(megabytes):
    with tempfile.TemporaryDirectory() as folder:
        mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder)
        try:
            yield SmallDisk(Path(folder), megabytes)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


def can_mount():
    if os.getuid() != 0:
        return False
    try:
        with small_disk(1):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False
