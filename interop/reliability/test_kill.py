"""`kill -9` of the server at random moments under load: what was acknowledged is there, and nothing is half there."""

import os
import random
import tempfile
import unittest
from pathlib import Path

import places
from kept import connector, is_sound, is_whole, opens_in_mlflow
from load import Models, Runs, Uploads
from victim import Server, Writer, rpc

KILLS = int(os.environ.get("KILLS", "10"))
WRITERS = 8


class KillTest(unittest.TestCase):
    def test_sqlite(self):
        with places.sqlite() as uri:
            self.survives(uri)

    @unittest.skipUnless(places.has_postgresql(), "SKIPPED: PostgreSQL's server is not installed")
    def test_postgresql(self):
        with places.postgresql() as uri:
            self.survives(uri)

    def survives(self, uri):
        with tempfile.TemporaryDirectory() as folder:
            server = Server(["mlops", "server"], uri, folder)
            self.addCleanup(server.stop)
            acknowledged, done = {}, 0
            for kill in range(KILLS):
                server.start()
                info = rpc(server.port, "runs/create", {"experiment_id": "0"})["run"]["info"]
                run, first = info["run_id"], kill * 10**6
                writers = [Writer(server.port, run, first + 10**5 * w) for w in range(WRITERS)]
                others = [Runs(server.port, first), Models(server.port, first, info), Uploads(server.port, first)]
                self.run_and_kill(server, [*writers, *others], early=kill % 2 == 0)
                acknowledged[run] = {number for writer in writers for number in writer.acknowledged}
                done += sum(len(other.acknowledged) for other in others)
                is_sound(self, uri)
                database = connector(uri)()
                is_whole(self, database.cursor(), run, acknowledged[run])
                for other in others:
                    other.check(self, database.cursor(), Path(folder, "artifacts"))
                database.close()
            batches = sum(map(len, acknowledged.values()))
            self.assertGreater(min(batches, done), KILLS)
            opens_in_mlflow(self, uri, dict(list(acknowledged.items())[-3:]))
            print(f"{KILLS} kills: {batches} batches and {done} other writes were acknowledged, all are there")

    def run_and_kill(self, server, clients, early):
        """Kills a server that has just started, and so has hardly answered, or one that is at work."""
        for client in clients:
            client.start()
        while not early and not all(client.acknowledged for client in clients):
            self.assertIsNone(server.process.poll())
            clients[0].join(0.01)
        clients[0].join(random.uniform(0.05, 0.8))
        server.kill()
        for client in clients:
            client.join(60)
            self.assertEqual([], client.refused)
            self.assertEqual({429}, {status for status, _ in client.delayed} | {429})
