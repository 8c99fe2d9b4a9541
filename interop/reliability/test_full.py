"""A full disk: whoever writes is told, nothing is half there or lost, and the server goes on once there is room."""

import os
import tempfile
import time
import unittest
from pathlib import Path

import places
from kept import connector, is_sound, is_whole, opens_in_mlflow
from load import Models, Runs, content
from victim import Server, Writer, ask, rpc

MEGABYTES = int(os.environ.get("FULL_MEGABYTES", "12"))
ROUNDS = int(os.environ.get("FULL_ROUNDS", "2"))
WRITERS = 4
ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts"
TOO_LARGE = 4 << 20
PATIENCE = 60


@unittest.skipUnless(places.can_mount(), "SKIPPED: only root may mount a small disk")
class FullDiskTest(unittest.TestCase):
    def test_the_server_says_so_loses_nothing_and_goes_on(self):
        with places.small_disk(MEGABYTES) as disk, tempfile.TemporaryDirectory() as folder:
            uri = f"sqlite:///{disk.path}/mlflow.db"
            server = Server(["mlops", "server"], uri, folder, disk.path / "artifacts")
            self.addCleanup(server.stop)
            server.start()
            self.port = server.port
            acknowledged = {}
            for full in range(ROUNDS):
                info = rpc(server.port, "runs/create", {"experiment_id": "0"})["run"]["info"]
                writers = [Writer(server.port, info["run_id"], 10**6 * w) for w in range(WRITERS)]
                clients = [*writers, Runs(server.port, 10**6 * full), Models(server.port, 10**6 * full, info)]
                for client in clients:
                    client.start()
                self.until(lambda: all(len(client.delayed) > 3 for client in clients), "nobody was told")
                self.reads_and_refuses_files(disk.path, info["run_id"])
                before = [len(client.acknowledged) for client in clients]
                disk.grow(MEGABYTES)
                self.until(
                    lambda: all(len(c.acknowledged) > so_far for c, so_far in zip(clients, before, strict=True)),
                    "it does not go on",
                )
                acknowledged[info["run_id"]] = self.stopped(clients, writers)
                self.keeps_files(full)
                database = connector(uri)()
                is_whole(self, database.cursor(), info["run_id"], acknowledged[info["run_id"]])
                for client in clients[WRITERS:]:
                    client.check(self, database.cursor(), None)
                database.close()
            self.assertIsNone(server.process.poll())
            server.stop()
            is_sound(self, uri)
            opens_in_mlflow(self, uri, acknowledged)
            print(f"{ROUNDS} times full: {sum(map(len, acknowledged.values()))} batches are there")

    def until(self, holds, otherwise):
        end = time.monotonic() + PATIENCE
        while not holds():
            self.assertLess(time.monotonic(), end, otherwise)
            time.sleep(0.02)

    def stopped(self, clients, writers):
        for client in clients:
            client.stopped.set()
        for client in clients:
            client.join(60)
            self.assertFalse(client.is_alive(), "the server ended")
            self.assertEqual([], client.refused)
            for status, answer in client.delayed:
                self.assertEqual(507, status, answer)
                self.assertIn(b"disk of the tracking database is full", answer)
        return {number for writer in writers for number in writer.acknowledged}

    def reads_and_refuses_files(self, disk, run):
        self.assertEqual(200, ask(self.port, "GET", f"/api/2.0/mlflow/runs/get?run_id={run}")[0])
        self.assertEqual(200, ask(self.port, "GET", "/health")[0])
        status, _, answer = self.put("refused", b"x" * TOO_LARGE)
        self.assertEqual(507, status, answer)
        self.assertIn(b"no space left", answer)
        self.assertEqual([], list((disk / "artifacts").rglob("*refused*")))
        self.assertEqual([], list((disk / "artifacts").rglob("*.part")))

    def keeps_files(self, number):
        self.assertEqual(200, self.put(f"kept{number}", content(number))[0])
        for each in range(number + 1):
            self.assertEqual(content(each), ask(self.port, "GET", f"{ARTIFACTS}/0/files/artifacts/kept{each}")[2])

    def put(self, name, body):
        return ask(self.port, "PUT", f"{ARTIFACTS}/0/files/artifacts/{name}", body, "application/octet-stream")
