"""A tracking server that is killed and started again, and the clients that write to it meanwhile."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import threading
import time

POINTS = 20


class Server:
    def __init__(self, command, uri, folder, artifacts=None):
        self.folder = folder
        artifacts = str(artifacts or f"{folder}/artifacts")
        self.command = [*command, "--backend-store-uri", uri, "--artifacts-destination", artifacts]
        self.port = free_port()
        self.process = None

    def start(self, seconds=120):
        with open(f"{self.folder}/server.log", "ab") as log:
            self.process = subprocess.Popen(
                [*self.command, "--host", "127.0.0.1", "--port", str(self.port)],
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        end = time.monotonic() + seconds
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                with open(f"{self.folder}/server.log") as log:
                    raise RuntimeError("the server does not start: " + log.read()[-3000:])
            time.sleep(0.02)

    def answers(self):
        try:
            return call(self.port, "GET", "/health")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)

    def stop(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(30)
                return
            self.kill()


def ask(port, method, path, content=None, kind="application/json"):
    """The status, whether the server says when to come back, and the body of its answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, content, {"Content-Type": kind})
        answer = connection.getresponse()
        return answer.status, answer.headers["Retry-After"] is not None, answer.read()
    finally:
        connection.close()


def call(port, method, path, body=None):
    status, _, answer = ask(port, method, path, None if body is None else json.dumps(body))
    return status, answer


def rpc(port, name, body):
    status, answer = call(port, "POST", "/api/2.0/mlflow/" + name, body)
    if status != 200:
        raise RuntimeError(f"{name}: {status} {answer[:300]!r}")
    return json.loads(answer)


class Client(threading.Thread):
    """Does one thing after the other until the server is gone or it is told to stop; knows what was acknowledged."""

    PAUSE = 0.05

    def __init__(self, port, first=0):
        super().__init__(daemon=True)
        self.port, self.next = port, first
        self.acknowledged = []
        self.delayed = []
        self.refused = []
        self.stopped = threading.Event()

    def run(self):
        with contextlib.suppress(OSError, http.client.HTTPException):
            while not self.stopped.is_set():
                self.work(self.next)
                self.next += 1

    def work(self, number):
        raise NotImplementedError

    def post(self, name, body):
        """The answer, or nothing when the server cannot take it now."""
        return self.send("POST", "/api/2.0/mlflow/" + name, json.dumps(body))

    def send(self, method, path, content=None, kind="application/json"):
        status, comes_back, answer = ask(self.port, method, path, content, kind)
        if status == 200:
            return answer
        if status == 507 or (comes_back and status in (429, 503)):
            self.delayed.append((status, answer))
            self.stopped.wait(self.PAUSE)
        else:
            self.refused.append((path, status, answer[:200]))
        return None


class Writer(Client):
    """Logs batches of POINTS points, a param and a tag."""

    def __init__(self, port, run, first=0):
        super().__init__(port, first)
        self.run_id = run

    def work(self, number):
        points = [
            {"key": f"m{k}", "value": number, "timestamp": number, "step": number} for k in range(POINTS)
        ]
        body = {
            "run_id": self.run_id,
            "metrics": points,
            "params": [{"key": f"p{number}", "value": str(number)}],
            "tags": [{"key": f"t{number}", "value": str(number)}],
        }
        if self.post("runs/log-batch", body) is not None:
            self.acknowledged.append(number)

from ports import free_port
