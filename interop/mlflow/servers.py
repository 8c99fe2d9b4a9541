"""Starts the two tracking servers on free ports of this machine, and stops them again."""

import contextlib
import os
import subprocess
import time
import unittest
import urllib.request

# ALL=1 tries everything; without it what takes long is left out.
ALL = os.environ.get("ALL", "") not in ("", "0")
thorough = unittest.skipUnless(ALL, "ALL=1 runs it")


@contextlib.contextmanager
def serving(command, folder, timeout=120, environment=None):
    """Runs a server until the block ends; gives its address once /health answers."""
    port = free_port()
    log = open(os.path.join(folder, "server.log"), "w")
    process = subprocess.Popen(
        command + ["--port", str(port)],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = "http://127.0.0.1:%d" % port
    try:
        wait_for(address + "/health", process, timeout)
        yield address
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def wait_for(url, process, timeout):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("the server ended with %d" % process.returncode)
        try:
            urllib.request.urlopen(url, timeout=2).read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("no answer from " + url)


def mlops_server(folder, *options, uri="sqlite:///mlflow.db", environment=None):
    command = ["mlops", "server", "--backend-store-uri", uri, *options]
    return serving(command, folder, environment=environment)


def mlflow_server(folder, *options, uri="sqlite:///mlflow.db", environment=None):
    command = ["mlflow", "server", "--workers", "1", "--backend-store-uri", uri, *options]
    return serving(command, folder, environment=environment)

from ports import free_port
