"""The same work through both servers leaves the same rows, table by table; and each goes on in the other's database."""

import os
import shutil
import tempfile
import unittest

import mlflow
import pandas
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

from rows import tables
from servers import mlflow_server, mlops_server


def work(address):
    """Uses the store and the registry as a whole; gives the ids that it got, by a name for each."""
    mlflow.set_tracking_uri(address)
    client = MlflowClient()
    experiment = client.create_experiment("rows", tags={"team": "blue"})
    client.set_experiment_tag(experiment, "note", "ü")
    client.set_experiment_tag(experiment, "mlflow.note.content", "long " * 4000)
    run = log_run(client, experiment)
    deleted = client.create_run(experiment, run_name="deleted").info.run_id
    client.delete_run(deleted)
    gone = client.create_experiment("gone")
    in_gone = client.create_run(gone, run_name="in gone").info.run_id
    client.delete_experiment(gone)
    model, alone = register(client, experiment, run)
    return {"RUN": run, "DELETED": deleted, "IN_GONE": in_gone, "MODEL": model, "ALONE": alone}


def log_run(client, experiment):
    run = client.create_run(experiment, start_time=1000, run_name="one", tags={"t": "x"})
    run_id = run.info.run_id
    client.log_param(run_id, "p", "é" * 10)
    client.log_metric(run_id, "m", 0.5, timestamp=1000, step=1)
    client.log_metric(run_id, "m", 0.25, timestamp=2000, step=-1)
    client.log_batch(
        run_id,
        [Metric("nan", float("nan"), 1, 0), Metric("inf", float("inf"), 2, 2**53)],
        [Param("q", "long " * 100)],
        [RunTag("mlflow.runName", "renamed"), RunTag("u", "")],
    )
    client.delete_tag(run_id, "t")
    data = mlflow.data.from_pandas(pandas.DataFrame({"a": [1, 2]}), source="file:/d", name="d")
    entity = mlflow.entities.DatasetInput(
        data._to_mlflow_entity(), [mlflow.entities.InputTag("mlflow.data.context", "training")]
    )
    client.log_inputs(run_id, [entity])
    again = [mlflow.entities.InputTag("mlflow.data.context", "test"), mlflow.entities.InputTag("k", "v")]
    client.log_inputs(run_id, [mlflow.entities.DatasetInput(data._to_mlflow_entity(), again)])
    client.set_terminated(run_id, "FAILED", end_time=3000)
    return run_id


def register(client, experiment, run):
    model = client.create_logged_model(
        experiment, "lm", run, tags={"k": "v"}, params={"p": "1"}, model_type="Agent"
    )
    client.finalize_logged_model(model.model_id, "READY")
    alone = client.create_logged_model(experiment, "alone").model_id
    client.log_metric(run, "lm", 1.0, timestamp=1, step=0, model_id=model.model_id)
    client.create_registered_model("Rows", {"a": "b"}, "a description")
    source = "models:/" + model.model_id
    for _ in range(3):
        client.create_model_version(
            "Rows", source, run, {"v": "1"}, description="d", model_id=model.model_id
        )
    client.set_registered_model_alias("Rows", "champion", "2")
    client.transition_model_version_stage("Rows", "1", "Production")
    client.delete_model_version("Rows", "3")
    client.set_model_version_tag("Rows", "1", "x", "y")
    client.update_registered_model("Rows", "another")
    client.rename_registered_model("Rows", "Renamed")
    return model.model_id, alone


def seen(address):
    """What a client sees of it."""
    mlflow.set_tracking_uri(address)
    client = MlflowClient()
    experiments = client.search_experiments(view_type=mlflow.entities.ViewType.ALL)
    ids = [experiment.experiment_id for experiment in experiments]
    runs = client.search_runs(ids, run_view_type=mlflow.entities.ViewType.ALL)
    return facts(
        [
            experiments,
            [run.to_dictionary() for run in runs],
            [model.to_dictionary() for model in client.search_logged_models(ids)],
            list(client.search_registered_models()),
            list(client.search_model_versions()),
        ]
    )


def facts(thing):
    """What can be compared, whichever order tags come in."""
    if isinstance(thing, dict):
        return {key: facts(value) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [facts(each) for each in thing]
    if thing is None or isinstance(thing, (str, int)):
        return thing
    return str(thing) if isinstance(thing, float) else facts(dict(thing))


class RowsTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.ours, self.theirs = tempfile.mkdtemp(), tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.ours)
        self.addCleanup(shutil.rmtree, self.theirs)
        self.addCleanup(mlflow.set_tracking_uri, None)

    @staticmethod
    def database(folder):
        return os.path.join(folder, "mlflow.db")

    def test_same_work_leaves_same_rows_and_each_opens_the_others(self):
        with mlops_server(self.ours) as address:
            known_here = work(address)
            seen_here = seen(address)
        with mlflow_server(self.theirs) as address:
            known_there = work(address)
            seen_there = seen(address)
        here = tables(self.database(self.ours), known_here)
        there = tables(self.database(self.theirs), known_there)
        self.assertEqual(sorted(there), sorted(here))
        for table in there:
            with self.subTest(table=table):
                self.assertEqual(there[table], here[table])
        with mlops_server(self.theirs) as address:
            self.assertEqual(seen_there, seen(address))
        self.assertEqual(there, tables(self.database(self.theirs), known_there))
        with mlflow_server(self.ours) as address:
            self.assertEqual(seen_here, seen(address))
        self.assertEqual(here, tables(self.database(self.ours), known_here))


if __name__ == "__main__":
    unittest.main()
