"""Servers under test: started in a process group of their own, always stopped, asked for their memory."""

import http.client
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A command that runs until the `with` block ends; its output goes to `log`."""

    def __init__(self, command: list[str], cwd: Path, environment: dict[str, str], log: Path):
        self.log = log
        self.started = time.monotonic()
        with log.open("wb") as output:
            self._popen = subprocess.Popen(
                command,
                cwd=cwd,
                env=os.environ | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                # In the background of a script Ctrl-C is ignored, and children inherit that.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )

    def __enter__(self) -> "Process":
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Ctrl-C to the group, as a person would; SIGKILL when it does not end within 20 seconds."""
        for each in (how, signal.SIGKILL):
            if self._popen.poll() is None:
                os.killpg(self._popen.pid, each)
            try:
                self._popen.wait(timeout=20)
                return
            except subprocess.TimeoutExpired:
                continue

    def until_ok(self, port: int, path: str, seconds: float = 120) -> float:
        """Seconds from the start of the process to the first 200 for `path`."""
        return self.until(lambda: _status(port, path) == 200, f"200 for {path}", seconds)

    def until_printed(self, words: list[str], seconds: float) -> float:
        """Seconds from the start of the process until its output holds all the words."""

        def printed() -> bool:
            output = self.log.read_text(errors="replace")
            return all(word in output for word in words)

        return self.until(printed, f"{words} in the output", seconds)

    def until(self, happened, what: str, seconds: float) -> float:
        while not happened():
            if self._popen.poll() is not None:
                raise RuntimeError(f"ended with {self._popen.returncode} before {what}:\n{self.tail()}")
            if time.monotonic() - self.started > seconds:
                raise RuntimeError(f"no {what} within {seconds} s:\n{self.tail()}")
            time.sleep(0.005)
        return time.monotonic() - self.started

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]

    def resident_mb(self) -> float:
        """VmRSS of every process of the group, in MB (10^6 bytes)."""
        return sum(_resident_bytes(pid) for pid in _group(self._popen.pid)) / 1e6


    def peak_resident_mb(self) -> float:
        """The most that each process of the group ever held (VmHWM), summed, in MB (10^6 bytes)."""
        return sum(_peak_bytes(pid) for pid in _group(self._popen.pid)) / 1e6

    def was_started_with(self, argument: str) -> bool:
        """Whether a process of the group has this argument, given by whatever started it."""
        lines = (Path(f"/proc/{pid}/cmdline") for pid in _group(self._popen.pid))
        return any(argument.encode() in line.read_bytes().split(b"\0") for line in lines)


def _status(port: int, path: str) -> int | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _group(leader: int) -> list[int]:
    pids = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (entry / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
        if int(after_name[2]) == leader:
            pids.append(int(entry.name))
    return pids


def _resident_bytes(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _peak_bytes(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    kibibytes = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(kibibytes[0]) * 1024 if kibibytes else 0
