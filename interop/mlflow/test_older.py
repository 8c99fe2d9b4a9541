"""Databases of older releases, as their migrations leave them: our server reads and writes them as they are, changes no revision, and
after MLflow's own upgrade they hold what they would hold had they been upgraded first."""

import shutil
import sqlite3
import tempfile
import unittest
from contextlib import closing

import sqlalchemy

import older
from rows import tables
from servers import ALL, mlops_server, thorough
from test_search import call, must
from test_upgrade import RELEASES, places

# What older.py put there.
BEFORE = {"experiments": ["Default", "wine"], "runs": ["old"], "params": [{"key": "depth", "value": "3"}], "aliases": "1"}


def read(address):
    """What was there before, as a client sees it."""
    experiments = must(address, "experiments/search", {"max_results": 10, "order_by": ["experiment_id"]})["experiments"]
    runs = must(address, "runs/search", {"experiment_ids": ["1"]})["runs"]
    latest = must(address, "registered-models/get-latest-versions", {"name": "wine"})["model_versions"]
    return {
        "experiments": [each["name"] for each in experiments],
        "runs": [run["info"]["run_name"] for run in runs],
        "params": runs[0]["data"]["params"],
        "aliases": latest[0]["version"],
    }


def write(address, models, traces):
    """Everything that each release can keep; gives the ids that were made up.

    :param models: whether there are logged models
    :param traces: whether there are traces
    """
    experiment = must(address, "experiments/create", {"name": "new", "tags": [{"key": "a", "value": "ü"}]})["experiment_id"]
    must(address, "experiments/update", {"experiment_id": experiment, "new_name": "newer"})
    started = {"experiment_id": experiment, "run_name": "one", "start_time": 1000, "user_id": "ada", "tags": [{"key": "t", "value": "x"}]}
    run = must(address, "runs/create", started)["run"]["info"]["run_id"]
    for into in (run, older.RUN):
        must(address, "runs/log-batch", {
            "run_id": into,
            "metrics": [{"key": "m", "value": value, "timestamp": at, "step": at} for at, value in enumerate((1, "NaN", "-Infinity", 0.5))],
            "params": [{"key": "p", "value": "long " * 90}],
            "tags": [{"key": "u", "value": ""}],
        })  # fmt: skip
        must(address, "runs/log-metric", {"run_id": into, "key": "loss", "value": 0.125, "timestamp": 30, "step": 3})
        must(address, "runs/log-parameter", {"run_id": into, "key": "q", "value": "1"})
        must(address, "runs/log-inputs", {"run_id": into, "datasets": [{
            "tags": [{"key": "mlflow.data.context", "value": "train"}],
            "dataset": {"name": "d2", "digest": "2", "source_type": "local", "source": "{}"},
        }]})  # fmt: skip
        must(address, "runs/set-tag", {"run_id": into, "key": "note", "value": "changed"})
    must(address, "runs/update", {"run_id": run, "status": "FINISHED", "end_time": 2000})
    gone = must(address, "runs/create", started | {"run_name": "gone"})["run"]["info"]["run_id"]
    must(address, "runs/delete", {"run_id": gone})
    must(address, "registered-models/create", {"name": "new", "tags": [{"key": "k", "value": "v"}], "description": "d"})
    for name in ("new", "wine"):
        must(address, "model-versions/create", {"name": name, "source": "s3://b/" + name, "description": "d"})
        must(address, "model-versions/set-tag", {"name": name, "version": "1", "key": "k", "value": "v"})
        must(address, "registered-models/alias", {"name": name, "alias": "best", "version": "1"})
    must(address, "model-versions/transition-stage", {"name": "wine", "version": "2", "stage": "Production", "archive_existing_versions": False})
    if models:
        body = {"experiment_id": experiment, "name": "lm", "source_run_id": run, "params": [{"key": "p", "value": "1"}]}
        model = must(address, "logged-models", body)["model"]["info"]["model_id"]
        must(address, "runs/outputs", {"run_id": run, "models": [{"model_id": model, "step": 0}]})
        must(address, "runs/log-metric", {"run_id": run, "key": "lm", "value": 1, "timestamp": 1, "model_id": model})
    if traces:
        place = {"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": experiment}}
        info = {"trace_id": "tr-new", "trace_location": place, "request_time": "2026-01-01T00:00:00Z", "execution_duration": "1s", "state": "OK",
                "trace_metadata": {"mlflow.trace.session": "s", "k": "v"}, "tags": {"mlflow.traceName": "n", "a": "b"}}  # fmt: skip
        must(address, "traces", {"trace": {"trace_info": info}})
    return {"RUN": run, "GONE": gone}


class OlderTest(unittest.TestCase):
    maxDiff = None

    def written(self, uri, has, as_it_is):
        with tempfile.TemporaryDirectory() as folder, mlops_server(folder, uri=uri) as address:
            self.assertEqual(BEFORE, read(address))
            known = write(address, has("logged_models"), has("trace_info"))
            if as_it_is and not has("logged_models"):
                self.assertEqual(501, call(address, "logged-models", {"experiment_id": "1", "name": "lm"})[0])
            return known

    def test_sqlite(self):
        for revision in RELEASES if ALL else RELEASES[:1]:
            with self.subTest(revision), tempfile.TemporaryDirectory() as folder:
                at_once, later = folder + "/at-once.db", folder + "/later.db"
                older.make("sqlite:///" + later, revision)
                shutil.copy(later, at_once)
                has = self.tables(later).__contains__
                known = self.written("sqlite:///" + later, has, True)
                self.assertEqual(revision, self.revision(later))
                older.upgrade("sqlite:///" + later)
                older.upgrade("sqlite:///" + at_once)
                self.compare(tables(later, known), tables(at_once, self.written("sqlite:///" + at_once, has, False)))

    @staticmethod
    def tables(file):
        with closing(sqlite3.connect(file)) as db:
            return {name for (name,) in db.execute("SELECT name FROM sqlite_master")}

    @staticmethod
    def revision(file):
        with closing(sqlite3.connect(file)) as db:
            return db.execute("SELECT version_num FROM alembic_version").fetchone()[0]

    def compare(self, later, at_once):
        self.assertEqual(sorted(at_once), sorted(later))
        for table in at_once:
            with self.subTest(table=table):
                self.assertEqual(at_once[table], later[table])

    @thorough
    @unittest.skipUnless(places.has_postgresql(), "no PostgreSQL on this machine")
    def test_postgresql(self):
        with places.postgres_server() as server:
            for revision in (RELEASES[0], RELEASES[3]):
                with self.subTest(revision):
                    later = server.create("later_" + revision)
                    older.make(later, revision)
                    at_once = server.create("at_once_" + revision, "later_" + revision)
                    engine = sqlalchemy.create_engine(later)
                    has = set(sqlalchemy.inspect(engine).get_table_names()).__contains__
                    known = self.written(later, has, True)
                    with engine.connect() as db:
                        found = db.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
                    engine.dispose()
                    self.assertEqual(revision, found)
                    older.upgrade(later)
                    older.upgrade(at_once)
                    self.compare(older.plain_rows(later, known), older.plain_rows(at_once, self.written(at_once, has, False)))


if __name__ == "__main__":
    unittest.main()
