"""`mlops up` on free ports, as a person starts it."""

import json
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path


def _hear_interrupts() -> None:
    """What is started in the background of a script inherits that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Up:
    """One `mlops up` in `project`; ended by Ctrl-C when the `with` block ends."""

    def __init__(self, project: Path):
        self.api = free_port()
        self.tracking = free_port()
        self.log = project.parent / f"{project.name}-up.log"
        with self.log.open("wb") as output:
            self._process = subprocess.Popen(
                ["mlops", "up"],
                cwd=project,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_hear_interrupts,
            )

    def _environment(self) -> dict[str, str]:
        """Ours, less what the mlflow client has set in it, with the two ports."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_")}
        return kept | {
            "MLOPS_API_PORT": str(self.api),
            "MLOPS_TRACKING_PORT": str(self.tracking),
        }

    def __enter__(self) -> "Up":
        return self

    def __exit__(self, *_) -> None:
        if self._process.poll() is None:
            self.interrupt()

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace")

    @property
    def tracking_uri(self) -> str:
        return f"http://127.0.0.1:{self.tracking}"

    def until_said(self, words: str, seconds: float = 90) -> None:
        """Waits until its output holds the words."""
        end = time.monotonic() + seconds
        while words not in self.output:
            assert self._process.poll() is None, f"ended with {self._process.poll()}:\n{self.output}"
            assert time.monotonic() < end, f"no {words!r} within {seconds} s:\n{self.output}"
            time.sleep(0.005)

    def ready(self, seconds: float = 90) -> "Up":
        """Waits until it has printed its URLs and answers on both ports."""
        end = time.monotonic() + seconds
        urls = ("curl", f":{self.api}/predict", f":{self.api}/docs", f":{self.tracking}")
        while not (
            all(url in self.output for url in urls)
            and self._answers(f"http://127.0.0.1:{self.api}/health/ready")
            and self._answers(f"{self.tracking_uri}/health")
        ):
            assert self._process.poll() is None, f"ended with {self._process.poll()}:\n{self.output}"
            assert time.monotonic() < end, f"not ready within {seconds} s:\n{self.output}"
            time.sleep(0.05)
        return self

    @staticmethod
    def _answers(url: str) -> bool:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def printed_curl(self) -> str:
        """The command that it printed, with its continued lines, ready to be pasted."""
        found = re.search(r"curl (?:.*\\\n)*.*", self.output)
        assert found, f"no curl in:\n{self.output}"
        return found.group()

    def predict(self, **features: float) -> dict:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.api}/predict",
            json.dumps(features).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def interrupt(self) -> int:
        """Ctrl-C; the exit status."""
        os.killpg(self._process.pid, signal.SIGINT)
        return self._process.wait(timeout=30)

    def kill(self, with_stages: bool) -> None:
        """kill -9, of the process alone (a stage that it started may run on) or of its stages too."""
        if with_stages:
            os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
        self._process.wait(timeout=10)

from ports import free_port
