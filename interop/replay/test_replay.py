"""mlops server answers what the real mlflow server answers."""

import os
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "mlflow"))

import raw
import story
from allowed import is_allowed
from exchange import send
from recorder import Recorder
from replay import Replay
from servers import mlflow_server, mlops_server


class ReplayTest(unittest.TestCase):
    def test_a_life_with_the_python_client(self):
        self.same(record_story)

    def test_raw_requests(self):
        self.same(record_raw)

    def same(self, record):
        with tempfile.TemporaryDirectory() as folder, mlflow_server(folder) as address:
            exchanges = record(port(address))
        with tempfile.TemporaryDirectory() as folder, mlops_server(folder) as address:
            differences = Replay(port(address)).all(exchanges)
        unexplained = [each for each in differences if not is_allowed(each)]
        report = os.environ.get("DIFFERENCES")
        text = "\n".join(each.text() for each in unexplained)
        if report:
            Path(report).open("a").write(text + "\n")
        print(f"{len(exchanges)} exchanges, {len(differences)} differences, {len(unexplained)} unexplained")
        self.assertEqual(0, len(unexplained), text[:20_000])


def record_story(server):
    with Recorder(server) as recorder:
        story.tell(f"http://127.0.0.1:{recorder.port}")
        return recorder.exchanges


def record_raw(server):
    exchanges = []

    def ask(request):
        answer = send(server, request)
        exchanges.append((request, answer))
        return answer.json()

    for request in raw.requests(raw.prepared(ask)):
        ask(request)
    return exchanges


def port(address):
    return int(address.rsplit(":", 1)[1])
