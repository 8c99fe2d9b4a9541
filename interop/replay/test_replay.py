"""mlops server answers what the real mlflow server answers."""

import os
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "mlflow"))

import raw
import story
from allowed import ALLOWED
from exchange import send
from recorder import Recorder
from replay import Replay
from servers import mlflow_server, mlops_server


class ReplayTest(unittest.TestCase):
    """A life with the Python client and then raw requests, recorded from one server and played to the other."""

    def test_the_same_answers_but_for_what_is_allowed(self):
        with tempfile.TemporaryDirectory() as folder, mlflow_server(folder) as address:
            exchanges = record_story(port(address)) + record_raw(port(address))
        with tempfile.TemporaryDirectory() as folder, mlops_server(folder) as address:
            differences = Replay(port(address)).all(exchanges)
        unexplained = [each for each in differences if not any(allowed.covers(each) for allowed in ALLOWED)]
        unused = [allowed for allowed in ALLOWED if not any(allowed.covers(each) for each in differences)]
        text = "\n".join(each.text() for each in unexplained)
        report = os.environ.get("DIFFERENCES")
        if report:
            Path(report).write_text("\n".join(each.text() for each in differences) + "\n")
        print(f"{len(exchanges)} exchanges, {len(differences)} differences, {len(unexplained)} unexplained, {len(unused)} allowances unused")
        self.assertEqual(0, len(unexplained), text[:20_000])
        self.assertEqual([], unused, "these differences are gone: take the allowances out")


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
