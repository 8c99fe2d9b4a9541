"""The load generators: wrk (as fast as it goes) and OpenLoop (at a constant rate)."""

import json
import os
import subprocess
from pathlib import Path

from .places import FIND_JDK, LOAD
from .systems import API_KEY, System

CONNECTIONS = 32


def saturating(system: System, bodies: Path, seconds: int) -> subprocess.Popen[str]:
    """Starts wrk on /predict."""
    return subprocess.Popen(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}", "--timeout", "10"]
        + ["-s", str(LOAD / "predict.lua"), f"http://127.0.0.1:{system.port}/predict"],
        env=os.environ | {"LOAD": str(LOAD), "API_KEY": API_KEY, "BODIES": str(bodies)},
        stdout=subprocess.PIPE,
        text=True,
    )


def saturate(system: System, bodies: Path, seconds: int) -> dict:
    """Runs wrk on /predict to its end; fails unless every answer was a 2xx."""
    wrk = saturating(system, bodies, seconds)
    return finished(wrk, system)


def finished(wrk: subprocess.Popen[str], system: System, seconds: int = 60) -> dict:
    output, _ = wrk.communicate(timeout=seconds)
    seen = json.loads(output.strip().splitlines()[-1])
    if seen["not_2xx"] or seen["failed"] or not seen["requests"]:
        raise RuntimeError(f"{system.name} did not answer every request with 2xx: {seen}")
    return seen | {"rate": seen["requests"] / seen["seconds"]}


def wrk(
    system: System, path: str, script: str, connections: int, seconds: int, **settings: str
) -> dict:
    """Runs wrk with one of our scripts, whose settings are its environment, to its end."""
    running = subprocess.Popen(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--timeout", "120", "-s"]
        + [str(LOAD / script), f"http://127.0.0.1:{system.port}{path}"],
        env=os.environ | {"LOAD": str(LOAD)} | settings,
        stdout=subprocess.PIPE,
        text=True,
    )
    return finished(running, system, seconds + 180)


def constant_rate(
    system: System, path: str, rate: float, seconds: int, warmup: int, bodies: Path | None = None
) -> dict:
    """Runs OpenLoop; fails unless every answer was a 200."""
    java = subprocess.run([FIND_JDK], check=True, capture_output=True, text=True).stdout.strip()
    arguments = {
        "url": f"http://127.0.0.1:{system.port}{path}",
        "rate": f"{rate:.1f}",
        "seconds": seconds,
        "warmup": warmup,
        "connections": CONNECTIONS,
        "header": f"X-API-Key: {API_KEY}",
    } | ({"bodies": bodies} if bodies else {})
    command = [f"{java}/bin/java", "-XX:+UseSerialGC", str(LOAD / "OpenLoop.java")]
    command += [f"{name}={value}" for name, value in arguments.items()]
    output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=150).stdout
    seen = json.loads(output)
    if set(seen["statuses"]) != {"200"}:
        raise RuntimeError(f"{system.name}{path} did not answer every request with 200: {seen}")
    return seen
