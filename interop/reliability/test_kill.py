"""`kill -9` of the server at random moments under load: what was acknowledged is there, and no batch is half there."""

import os
import random
import sqlite3
import tempfile
import unittest

import places
from victim import POINTS, Server, Writer, rpc

KILLS = int(os.environ.get("KILLS", "10"))
WRITERS = 8


class KillTest(unittest.TestCase):
    def test_sqlite(self):
        with places.sqlite() as uri:
            self.survives(uri, lambda: sqlite3.connect(uri.removeprefix("sqlite:///")))

    @unittest.skipUnless(places.has_postgresql(), "SKIPPED: PostgreSQL's server is not installed")
    def test_postgresql(self):
        import psycopg2

        with places.postgresql() as uri:
            self.survives(uri, lambda: psycopg2.connect(uri.replace("+psycopg2", "")))

    def survives(self, uri, connect):
        with tempfile.TemporaryDirectory() as folder:
            server = Server(["mlops", "server"], uri, folder)
            self.addCleanup(server.stop)
            acknowledged, first = {}, 0
            for _ in range(KILLS):
                server.start()
                run = rpc(server.port, "runs/create", {"experiment_id": "0"})["run"]["info"]["run_id"]
                writers = [Writer(server.port, run, first + 10**5 * w) for w in range(WRITERS)]
                for writer in writers:
                    writer.start()
                writers[0].join(random.uniform(0.05, 0.8))
                server.kill()
                for writer in writers:
                    writer.join(60)
                    self.assertEqual([], writer.refused)
                acknowledged[run] = {number for writer in writers for number in writer.acknowledged}
                self.whole(connect, run, acknowledged[run])
                first += 10**6
            self.assertGreater(sum(map(len, acknowledged.values())), KILLS)
            self.opens_in_mlflow(uri, acknowledged)

    def whole(self, connect, run, acknowledged):
        database = connect()
        cursor = database.cursor()
        cursor.execute(f"SELECT step, COUNT(*) FROM metrics WHERE run_uuid = '{run}' GROUP BY step")
        points = dict(cursor.fetchall())
        cursor.execute(f"SELECT value FROM params WHERE run_uuid = '{run}'")
        params = {int(value) for (value,) in cursor.fetchall()}
        cursor.execute(f"SELECT value FROM tags WHERE run_uuid = '{run}' AND key LIKE 't%'")
        tags = {int(value) for (value,) in cursor.fetchall()}
        database.close()
        self.assertLessEqual(acknowledged, set(points), "an acknowledged batch is lost")
        self.assertEqual({POINTS}, set(points.values()) | {POINTS}, "a batch is half there")
        self.assertEqual(set(points), params, "a batch is half there")
        self.assertEqual(set(points), tags, "a batch is half there")

    def opens_in_mlflow(self, uri, acknowledged):
        from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

        store = SqlAlchemyStore(uri, "mlflow-artifacts:/")
        for run, batches in list(acknowledged.items())[-3:]:
            history = store.get_metric_history(run, "m0")
            self.assertLessEqual(batches, {metric.step for metric in history})
        store.engine.dispose()
