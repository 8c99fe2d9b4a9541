"""The real `mlflow server` and ours on one PostgreSQL at the same time."""

import json
import tempfile
import threading
import unittest

import places
from victim import Server, call, rpc

BATCHES = 40


@unittest.skipUnless(places.has_postgresql(), "SKIPPED: PostgreSQL's server is not installed")
class SharedTest(unittest.TestCase):
    def test_both_write_and_each_reads_what_the_other_wrote(self):
        with places.postgresql() as uri, tempfile.TemporaryDirectory() as folder:
            ours = Server(["mlops", "server"], uri, folder)
            theirs = Server(["mlflow", "server", "--workers", "1"], uri, folder)
            for server in (ours, theirs):
                self.addCleanup(server.stop)
                server.start()
            info = rpc(ours.port, "runs/create", {"experiment_id": "0"})["run"]["info"]
            run = info["run_id"]
            failed = []
            threads = [
                threading.Thread(target=self.write, args=(server.port, run, key, failed))
                for server, key in ((ours, "ours"), (theirs, "theirs"))
                for _ in range(2)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual([], failed)
            for server in (ours, theirs):
                for key in ("ours", "theirs"):
                    self.assertEqual(BATCHES, len(self.history(server.port, run, key)))
            self.registers_versions_without_gaps(ours, theirs, info)

    def write(self, port, run, key, failed):
        for step in range(BATCHES):
            point = {"key": key, "value": step, "timestamp": step, "step": step}
            status, answer = call(
                port, "POST", "/api/2.0/mlflow/runs/log-batch", {"run_id": run, "metrics": [point]}
            )
            if status != 200:
                failed.append((port, status, answer[:300]))

    def history(self, port, run, key):
        path = f"/api/2.0/mlflow/metrics/get-history?run_id={run}&metric_key={key}&max_results=1000"
        return json.loads(call(port, "GET", path)[1])["metrics"]

    def registers_versions_without_gaps(self, ours, theirs, run):
        rpc(ours.port, "registered-models/create", {"name": "Shared"})
        made, failed = [], []

        def register(port):
            for _ in range(10):
                source = run["artifact_uri"] + "/model"
                body = {"name": "Shared", "source": source, "run_id": run["run_id"]}
                status, answer = call(port, "POST", "/api/2.0/mlflow/model-versions/create", body)
                if status == 200:
                    made.append(int(json.loads(answer)["model_version"]["version"]))
                else:
                    failed.append((port, status, answer[:300]))

        threads = [threading.Thread(target=register, args=(server.port,)) for server in (ours, theirs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([], failed)
        self.assertEqual(list(range(1, 21)), sorted(made))
