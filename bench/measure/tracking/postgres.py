"""A PostgreSQL of our own, with its defaults, for as long as a `with` block lasts."""

import os
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType

from ..process import free_port


def binaries() -> Path | None:
    """Where all of the server's programs are: where Debian puts them, or on the PATH."""
    debian = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
    on_path = shutil.which("initdb")
    folders = [folder for folder in (debian, on_path and Path(on_path).resolve().parent) if folder]
    needed = ("initdb", "pg_ctl", "createdb")
    return next((f for f in folders if all((f / program).exists() for program in needed)), None)


class Postgres:
    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()

    def __enter__(self) -> "Postgres":
        programs = binaries()
        if programs is None:
            raise RuntimeError("PostgreSQL's server is missing; on Debian: apt-get install postgresql")
        self._programs = programs
        self.folder.mkdir()
        if os.getuid() == 0:
            self.folder.parent.chmod(0o755)
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", self.folder / "data", "-A", "trust", "-U", "bench", "-E", "UTF8")
        self.start()
        return self

    def start(self) -> None:
        listen = f"-h 127.0.0.1 -p {self.port} -k {self.folder}"
        self._run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-o", listen, "-w", "start")

    def stop(self, mode: str = "fast") -> None:
        """Fast breaks connections off and writes all out; immediate is what a crash is."""
        self._run("pg_ctl", "-D", self.folder / "data", "-m", mode, "-w", "stop")

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def create(self, name: str, template: str = "template0") -> str:
        """Makes a database, a copy of the template, and gives its URI."""
        self._run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "bench", "-T", template, name)
        return f"postgresql+psycopg2://bench@127.0.0.1:{self.port}/{name}"

    def seconds(self, name: str, statement: str) -> float:
        """How long one statement takes."""
        psql = self._programs / "psql"
        started = time.perf_counter()
        subprocess.run(
            [psql, "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", "bench", "-d", name, "-c", statement],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return time.perf_counter() - started

    def _run(self, program: str, *arguments: object) -> None:
        # It does not run as root.
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        command = [*(as_user if os.getuid() == 0 else []), self._programs / program, *arguments]
        with (self.folder / "commands.log").open("a") as output:
            subprocess.run(
                [str(word) for word in command],
                check=True,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
