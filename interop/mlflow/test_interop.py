"""The real mlflow on our database and server, and our commands on the real mlflow's server.

Runs in a copy of the iris example in which `mlops repro` has run (MLOPS_PROJECT).
"""

import json
import os
import shutil
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.request

import mlflow
import numpy
import pandas
from mlflow import MlflowClient

from servers import mlflow_server, mlops_server

ROW = {"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}


def mlops(folder, *arguments, uri=None):
    environment = dict(os.environ)
    environment.pop("MLFLOW_TRACKING_URI", None)  # the client sets it for its children
    if uri:
        environment["MLFLOW_TRACKING_URI"] = uri
    done = subprocess.run(
        ("mlops",) + arguments, cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class InteropTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.project = os.path.join(self.folder, "project")
        shutil.copytree(os.environ["MLOPS_PROJECT"], self.project)
        self.addCleanup(mlflow.set_tracking_uri, None)

    def trained(self):
        with open(os.path.join(self.project, "models/metadata.json")) as file:
            return json.load(file)

    def test_mlflow_server_opens_our_database_and_loads_our_model(self):
        with mlflow_server(self.project) as address:
            mlflow.set_tracking_uri(address)
            metadata = self.trained()
            run = MlflowClient().get_run(metadata["mlflow_run_id"])
            self.assertEqual("FINISHED", run.info.status)
            self.assertEqual("200", run.data.params["n_estimators"])
            self.assertGreater(run.data.metrics["accuracy"], 0.85)
            self.assertTrue(run.inputs.dataset_inputs)
            model = mlflow.pyfunc.load_model("models:/" + metadata["mlflow_model_id"])
            answer = model.predict(pandas.DataFrame([ROW]))
            self.assertEqual("setosa", answer["prediction"][0])

    def test_mlflow_goes_on_in_our_database_and_we_in_its(self):
        with mlflow_server(self.project) as address:
            mlflow.set_tracking_uri(address)
            mlflow.set_experiment("iris-classification")
            with mlflow.start_run(run_name="from-mlflow"):
                mlflow.log_metric("accuracy", 0.5)
        listed = mlops(self.project, "runs", "list", "--experiment", "iris-classification")
        self.assertIn("from-mlflow", listed)
        mlops(self.project, "repro", "--force")
        self.assertIn("from-mlflow", mlops(self.project, "runs", "list"))

    def test_python_client_works_against_our_server(self):
        with mlops_server(self.project) as address:
            mlflow.set_tracking_uri(address)
            self.use_everything()

    def use_everything(self):
        mlflow.set_experiment("from-python")
        rows = numpy.random.rand(50, 3)
        data = pandas.DataFrame(rows, columns=list("abc"))
        with mlflow.start_run(run_name="py") as run:
            mlflow.log_param("a", 1)
            mlflow.log_params({"b": 2, "ü": "é"})
            mlflow.log_metric("m", 0.5, step=1)
            mlflow.log_metrics({"n": 1.5, "nan": float("nan")})
            mlflow.set_tag("t", "x")
            mlflow.log_input(mlflow.data.from_pandas(data, name="d"), context="training")
            mlflow.log_text("hello", "notes/n.txt")
            model = self.sklearn_model(rows)
            info = mlflow.sklearn.log_model(model, name="model", input_example=rows[:2])
        client = MlflowClient()
        version = mlflow.register_model(info.model_uri, "PyModel")
        client.set_registered_model_alias("PyModel", "champion", version.version)
        expected = list(model.predict(rows[:2]))
        for uri in ("models:/PyModel@champion", "models:/PyModel/1", info.model_uri):
            self.assertEqual(expected, list(mlflow.pyfunc.load_model(uri).predict(rows[:2])))
        again = mlflow.register_model("runs:/%s/model" % run.info.run_id, "PyModel")
        self.assertEqual("2", str(again.version))
        read = client.get_run(run.info.run_id)
        self.assertEqual({"a": "1", "b": "2", "ü": "é"}, read.data.params)
        self.assertEqual(0.5, read.data.metrics["m"])
        self.assertTrue(numpy.isnan(read.data.metrics["nan"]))
        self.assertEqual("d", read.inputs.dataset_inputs[0].dataset.name)
        self.assertEqual(1, len(client.get_metric_history(run.info.run_id, "m")))
        self.assertEqual(1, len(mlflow.search_runs(experiment_names=["from-python"])))
        self.assertIn("PyModel", [m.name for m in client.search_registered_models()])
        self.assertEqual(2, len(client.search_model_versions("name='PyModel'")))
        text = mlflow.artifacts.load_text(read.info.artifact_uri + "/notes/n.txt")
        self.assertEqual("hello", text)
        self.assertIn("from-python", [e.name for e in mlflow.search_experiments()])

    @staticmethod
    def sklearn_model(rows):
        from sklearn.linear_model import LogisticRegression

        return LogisticRegression().fit(rows, (rows[:, 0] > 0.5).astype(int))

    def test_what_we_do_not_serve_is_said(self):
        with mlops_server(self.project) as address:
            mlflow.set_tracking_uri(address)
            request = urllib.request.Request(
                address + "/api/3.0/mlflow/scorers/register",
                b"{}",
                {"Content-Type": "application/json"},
            )
            with self.assertRaises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(request)
            self.assertEqual(501, refused.exception.code)
            self.assertIn("NOT_IMPLEMENTED", refused.exception.read().decode())

    def test_our_commands_work_against_the_real_server(self):
        empty = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, empty)
        with mlflow_server(empty) as address:
            mlops(self.project, "repro", "--force", uri=address)
            metadata = self.trained()
            mlflow.set_tracking_uri(address)
            client = MlflowClient()
            run = client.get_run(metadata["mlflow_run_id"])
            self.assertGreater(run.data.metrics["accuracy"], 0.85)
            client.create_registered_model("IrisClassifier")
            client.create_model_version(
                "IrisClassifier",
                "models:/" + metadata["mlflow_model_id"],
                run_id=run.info.run_id,
                model_id=metadata["mlflow_model_id"],
            )
            mlops(self.project, "models", "alias", "IrisClassifier", "champion", "1", uri=address)
            self.assertIn("@champion=1", mlops(self.project, "models", uri=address))
            self.assertIn(run.info.run_id, mlops(self.project, "runs", uri=address))
            model = mlflow.pyfunc.load_model("models:/IrisClassifier@champion")
            self.assertEqual("setosa", model.predict(pandas.DataFrame([ROW]))["prediction"][0])


if __name__ == "__main__":
    unittest.main()
