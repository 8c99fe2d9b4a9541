"""A tracking server that is killed and started again, and the clients that write to it meanwhile."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import threading
import time

POINTS = 20


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    def __init__(self, command, uri, folder):
        self.folder = folder
        self.command = [*command, "--backend-store-uri", uri, "--artifacts-destination", f"{folder}/artifacts"]
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


def call(port, method, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        content = None if body is None else json.dumps(body)
        connection.request(method, path, content, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def rpc(port, name, body):
    status, answer = call(port, "POST", "/api/2.0/mlflow/" + name, body)
    if status != 200:
        raise RuntimeError(f"{name}: {status} {answer[:300]!r}")
    return json.loads(answer)


class Writer(threading.Thread):
    """Logs batches of POINTS points, a param and a tag until the server is gone; knows what was acknowledged."""

    def __init__(self, port, run, first):
        super().__init__(daemon=True)
        self.port, self.run_id, self.next = port, run, first
        self.acknowledged = []
        self.refused = []

    def run(self):
        with contextlib.suppress(OSError, http.client.HTTPException):
            while True:
                self.log(self.next)
                self.next += 1

    def log(self, number):
        points = [
            {"key": f"m{k}", "value": number, "timestamp": number, "step": number} for k in range(POINTS)
        ]
        body = {
            "run_id": self.run_id,
            "metrics": points,
            "params": [{"key": f"p{number}", "value": str(number)}],
            "tags": [{"key": f"t{number}", "value": str(number)}],
        }
        status, answer = call(self.port, "POST", "/api/2.0/mlflow/runs/log-batch", body)
        if status == 200:
            self.acknowledged.append(number)
        elif status != 429:
            self.refused.append((status, answer[:200]))
