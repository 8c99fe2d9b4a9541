"""Thousands of malformed requests of every call: the server answers each, none with a 5xx but 501, and none tells what its caller
may not read."""

import base64
import collections
import json
import multiprocessing
import os
import sys
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reliability"))
import openapi  # noqa: E402 - the folder must be on the path first
import places  # noqa: E402
import wire  # noqa: E402
from cases import Cases, framed  # noqa: E402
from fixtures import Fixtures  # noqa: E402
from victim import Server  # noqa: E402

CASES = int(os.environ.get("FUZZ_CASES", "20000"))
SEED = os.environ.get("FUZZ_SEED") or str(time.time_ns())
PROCESSES = 4
MARK = "only-for-who-may-read"
A_ROUND = 250  # cases on the same experiments, runs and models
SHOWN = 4000
UNSERVED = 0.05
LONG = 60_000


def login(name):
    return [("Authorization", "Basic " + base64.b64encode(b"%s:%s" % (name, name * 6)).decode())]


def judged(case, answer):
    """Why the answer is wrong, or nothing."""
    if MARK.encode() in answer.body:
        return "it tells what its caller may not read: %r" % answer.body[:400]
    if answer.status >= 500 and answer.status != 501 and (case.framed or answer.status != 505):
        return "%d %s" % (answer.status, answer.body[:400].decode("utf-8", "replace"))
    if answer.status == 0:
        # What it does not read to the end takes the answer with it.
        return "closed without an answer" if case.framed and len(case.content) < LONG else None
    if answer.status >= 400 and case.method != "HEAD" and answer.type.startswith("application/json"):
        try:
            answered = json.loads(answer.body)
        except ValueError:
            return "an error that is no JSON: %r" % answer.body[:200]
        if not isinstance(answered, dict) or not answered.get("error_code", answered.get("code", answered.get("detail"))):
            return "an error without a code: %r" % answer.body[:200]
    return None


def tried(port, case):
    try:
        with wire.connected(port) as connection:
            answer = wire.sent(connection, case.content, case.method, case.answers, case.slowly, case.ended)
    except TimeoutError:
        return 0, "no answer in %d s" % wire.PATIENCE
    except OSError as e:
        return 0, "the server takes no connection: %s" % e
    return answer.status, judged(case, answer)


def unserved(port, cases):
    """Few cases for the calls that are told to be missing."""
    for method, path, _ in cases.operations:
        headers = [("Host", "127.0.0.1"), ("Content-Type", "application/json"), ("Content-Length", "2"), *cases.fixtures.login]
        answer = wire.exchange(port, framed(method, path.replace("{", "").replace("}", ""), headers, b"{}"), method)
        yield UNSERVED if answer.status == 501 else 1


def fixtures(port, name, users):
    """What somebody made; with users, beside what they may not read."""
    if not users:
        return Fixtures(port, name)
    return Fixtures(port, name + "-bob", login(b"bob")).joined(Fixtures(port, name, login(b"root"), MARK))


def worked(port, document, worker, share, users):
    """The statuses of so many cases, and what failed: (case, why, seed, command)."""
    statuses, failures, weights = collections.Counter(), [], None
    for number in range(share):
        if number % A_ROUND == 0:
            cases = Cases(document, fixtures(port, "fuzz-%s-%d-%d" % (SEED, worker, number), users))
            weights = weights or list(unserved(port, cases))
        seed = "%s/%d/%d" % (SEED, worker, number)
        case = cases.of(seed, weights)
        status, why = tried(port, case)
        statuses[status] += 1
        if why:
            failures.append((case.name, why, seed, case.curl(port)[:SHOWN], case.content[:300]))
        if why and why.startswith("the server takes no"):
            break
    return statuses, failures


class FuzzTest(unittest.TestCase):
    def test_on_sqlite(self):
        self.fuzz(places.sqlite)

    @unittest.skipUnless(places.has_postgresql(), "no PostgreSQL on this machine")
    def test_on_postgresql(self):
        self.fuzz(places.postgresql)

    def test_as_somebody_who_may_read_nothing_of_others(self):
        with tempfile.NamedTemporaryFile("w", suffix=".ini") as file:
            file.write("[mlflow]\ndefault_permission = NO_PERMISSIONS\nadmin_username = root\nadmin_password = rootrootrootrootrootroot\n")
            file.flush()
            with mock.patch.dict(os.environ, MLFLOW_AUTH_CONFIG_PATH=file.name):
                self.fuzz(places.sqlite, users=True)

    def fuzz(self, place, users=False):
        with tempfile.TemporaryDirectory() as folder, place() as uri:
            server = Server(["mlops", "server", *(["--app-name", "basic-auth"] if users else [])], uri, folder)
            server.start()
            try:
                for name in (b"bob", b"eve") if users else ():
                    body = json.dumps({"username": name.decode(), "password": (name * 6).decode()}).encode()
                    headers = [("Host", "127.0.0.1"), ("Content-Type", "application/json"), ("Content-Length", str(len(body))), *login(b"root")]
                    self.assertEqual(200, wire.exchange(server.port, framed("POST", "/api/2.0/mlflow/users/create", headers, body)).status)
                statuses, failures = attacked(server.port, users)
                self.assertIsNone(server.process.poll(), "the server has ended")
                self.assertTrue(server.answers(), "/health fails")
            finally:
                server.stop()
            told(statuses, failures, Path(folder, "server.log"))
            self.assertEqual([], sorted({(name, why[:200]) for name, why, *_ in failures}))


def attacked(port, users):
    document = json.loads(json.dumps(openapi.document(users)))
    cases = CASES // 4 if users else CASES
    shares = [(port, document, worker, cases // PROCESSES, users) for worker in range(PROCESSES)]
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        results = pool.starmap(worked, shares)
    return sum((statuses for statuses, _ in results), collections.Counter()), [f for _, fs in results for f in fs]


def told(statuses, failures, log):
    print("\n%d cases with FUZZ_SEED=%s: %s" % (statuses.total(), SEED, dict(sorted(statuses.items()))))
    shown = collections.Counter()
    for name, why, seed, command, content in failures:
        shown[name, why[:60]] += 1
        if shown[name, why[:60]] == 1:
            print("FAILED %s\n  %s\n  seed %s\n  %s\n  sent %r" % (name, why, seed, command, content))
    for (name, why), count in shown.items():
        print("%5d  %s  %s" % (count, name, why))
    if failures:
        print("the end of the server's log:\n" + log.read_text(errors="replace")[-6000:])


if __name__ == "__main__":
    unittest.main()
