"""PostgreSQL restarts under a server: requests wait or are told to come back, and it goes on by itself."""

import os
import tempfile
import time
import unittest

import places
from kept import connector, is_whole, opens_in_mlflow
from load import Models, Runs
from victim import Server, Writer, rpc

RESTARTS = int(os.environ.get("RESTARTS", "2"))
WRITERS = 4
AWAY = 1.0
BACK = 60


@unittest.skipUnless(places.has_postgresql(), "SKIPPED: PostgreSQL's server is not installed")
class RestartTest(unittest.TestCase):
    def test_nothing_acknowledged_is_lost_and_nobody_restarts_the_server(self):
        with tempfile.TemporaryDirectory() as folder, places.postgres_server() as postgres:
            uri = postgres.create("tracking")
            server = Server(["mlops", "server"], uri, folder)
            self.addCleanup(server.stop)
            server.start()
            info = rpc(server.port, "runs/create", {"experiment_id": "0"})["run"]["info"]
            run = info["run_id"]
            writers = [Writer(server.port, run, 10**6 * w) for w in range(WRITERS)]
            others = [Runs(server.port, 0), Models(server.port, 0, info)]
            clients = [*writers, *others]
            for client in clients:
                client.start()
            for restart in range(RESTARTS):
                self.all_go_on(clients)
                postgres.stop("immediate" if restart % 2 else "fast")
                time.sleep(AWAY)
                postgres.start()
                self.all_go_on(clients)
            for client in clients:
                client.stopped.set()
            for client in clients:
                client.join(60)
                self.assertFalse(client.is_alive(), "the server ended")
                self.assertEqual([], client.refused)
                self.assertEqual({503}, {status for status, _ in client.delayed} | {503})
            self.assertIsNone(server.process.poll())
            database = connector(uri)()
            acknowledged = {number for writer in writers for number in writer.acknowledged}
            is_whole(self, database.cursor(), run, acknowledged)
            for other in others:
                other.check(self, database.cursor(), None)
            database.close()
            opens_in_mlflow(self, uri, {run: acknowledged})
            delayed = sum(len(client.delayed) for client in clients)
            print(f"{RESTARTS} restarts: {len(acknowledged)} batches are there, {delayed} requests were told to come back")

    def all_go_on(self, clients):
        """Waits until each client has more acknowledged than now."""
        before = [len(client.acknowledged) for client in clients]
        end = time.monotonic() + BACK
        while any(len(client.acknowledged) <= so_far for client, so_far in zip(clients, before, strict=True)):
            self.assertLess(time.monotonic(), end, "it does not go on")
            time.sleep(0.02)
