"""What people run around the client: autolog, `mlflow models serve`, `mlflow gc`, `mlflow db`, prompts; on our server."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest
import urllib.request

import mlflow
import numpy
from mlflow import MlflowClient
from sklearn.linear_model import LogisticRegression

from servers import free_port, mlops_server, wait_for


class ToolsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.addCleanup(mlflow.set_tracking_uri, None)
        self.rows = numpy.random.default_rng(1).random((50, 3))
        self.labels = (self.rows[:, 0] > 0.5).astype(int)

    def mlflow(self, *arguments, **environment):
        done = subprocess.run(
            ("mlflow",) + arguments,
            cwd=self.folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
        )
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_autologged_model_is_registered_and_served_by_mlflow(self):
        with mlops_server(self.folder) as address:
            mlflow.set_tracking_uri(address)
            mlflow.set_experiment("autolog")
            run_id = self.autolog()
            run = MlflowClient().get_run(run_id)
            self.assertEqual("FINISHED", run.info.status)
            self.assertEqual("7", run.data.params["max_iter"])
            self.assertIn("training_accuracy_score", run.data.metrics)
            self.assertEqual(["train"], self.contexts(run))
            model_id = run.outputs.model_outputs[0].model_id
            mlflow.register_model("models:/" + model_id, "Auto")
            MlflowClient().set_registered_model_alias("Auto", "champion", "1")
            self.assertEqual(2, len(self.served("models:/Auto@champion", address)))

    def autolog(self):
        mlflow.sklearn.autolog()
        self.addCleanup(mlflow.sklearn.autolog, disable=True)
        with mlflow.start_run() as run:
            LogisticRegression(max_iter=7).fit(self.rows, self.labels)
        return run.info.run_id

    @staticmethod
    def contexts(run):
        tags = [tag for given in run.inputs.dataset_inputs for tag in given.tags]
        return [tag.value for tag in tags if tag.key == "mlflow.data.context"]

    def served(self, model, address):
        """Predictions of `mlflow models serve`, which takes the model from our server."""
        port = free_port()
        command = ["mlflow", "models", "serve", "-m", model, "--env-manager", "local"]
        with open(os.path.join(self.folder, "serve.log"), "w") as log:
            process = subprocess.Popen(
                command + ["--port", str(port)],
                env={**os.environ, "MLFLOW_TRACKING_URI": address},
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_for("http://127.0.0.1:%d/ping" % port, process, 120)
            request = urllib.request.Request(
                "http://127.0.0.1:%d/invocations" % port,
                json.dumps({"inputs": self.rows[:2].tolist()}).encode(),
                {"Content-Type": "application/json"},
            )
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)["predictions"]
        finally:
            process.terminate()
            process.wait(30)

    def test_mlflow_gc_and_db_work_on_our_database(self):
        with mlops_server(self.folder) as address:
            mlflow.set_tracking_uri(address)
            mlflow.set_experiment("gc")
            with mlflow.start_run() as run:
                mlflow.log_text("x", "a.txt")
                mlflow.log_metric("m", 1)
            client = MlflowClient()
            client.delete_run(run.info.run_id)
            database = "sqlite:///" + os.path.join(self.folder, "mlflow.db")
            done = self.mlflow(
                "gc", "--backend-store-uri", database, "--tracking-uri", address,
                MLFLOW_TRACKING_URI=address,
            )
            self.assertIn(run.info.run_id, done)
            with self.assertRaises(mlflow.MlflowException):
                client.get_run(run.info.run_id)
            listed = os.path.join(self.folder, "mlartifacts")
            files = [name for _, _, names in os.walk(listed) for name in names]
            self.assertEqual([], files)
        self.mlflow("db", "upgrade", database)
        with mlops_server(self.folder) as address:
            mlflow.set_tracking_uri(address)
            self.assertIsNotNone(MlflowClient().get_experiment_by_name("gc"))

    def test_prompts_are_registered_and_loaded(self):
        with mlops_server(self.folder) as address:
            mlflow.set_tracking_uri(address)
            mlflow.genai.register_prompt("greet", "Hello {{name}}", commit_message="first")
            mlflow.genai.register_prompt("greet", "Hi {{name}}")
            mlflow.genai.set_prompt_alias("greet", "production", 1)
            self.assertEqual("Hi Ada", mlflow.genai.load_prompt("greet", 2).format(name="Ada"))
            loaded = mlflow.genai.load_prompt("prompts:/greet@production")
            self.assertEqual("Hello Ada", loaded.format(name="Ada"))
            self.assertEqual([], MlflowClient().search_registered_models())
            self.assertEqual(["greet"], [prompt.name for prompt in mlflow.genai.search_prompts()])


if __name__ == "__main__":
    unittest.main()
