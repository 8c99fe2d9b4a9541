"""XGBoost's autologging, by its two interfaces, leaves the same with both servers: runs, metrics, datasets, files, models, versions,
and models that predict the same."""

import shutil
import tempfile
import unittest

import mlflow
import numpy
import pandas
from mlflow import MlflowClient

from servers import mlflow_server, mlops_server, thorough

try:
    import xgboost
except ImportError:  # interop/mlflow/run installs it with ALL=1
    xgboost = None

ROWS = pandas.DataFrame(numpy.random.default_rng(1).random((60, 3)), columns=list("abc"))
LABELS = (ROWS["a"] > 0.5).astype(int)


def train():
    """Gives the experiment that holds the runs."""
    experiment = mlflow.set_experiment("autologged").experiment_id
    mlflow.xgboost.autolog(registered_model_name="Boosted", log_datasets=True)
    try:
        with mlflow.start_run(run_name="scikit"):
            forest = xgboost.XGBClassifier(n_estimators=3, n_jobs=1, random_state=1)
            forest.fit(ROWS, LABELS, eval_set=[(ROWS, LABELS)], verbose=False)
        with mlflow.start_run(run_name="native"):
            data = xgboost.DMatrix(ROWS, LABELS)
            settings = {"objective": "binary:logistic", "nthread": 1, "seed": 1}
            xgboost.train(settings, data, 7, evals=[(data, "train")], early_stopping_rounds=3, verbose_eval=False)
    finally:
        mlflow.xgboost.autolog(disable=True)
    return experiment


def seen(experiment):
    client = MlflowClient()
    models = client.search_logged_models([experiment], order_by=[{"field_name": "creation_timestamp"}])
    versions = client.search_model_versions("name = 'Boosted'", order_by=["version_number"])
    return {
        "runs": [run_seen(client, run) for run in client.search_runs([experiment], order_by=["attributes.run_name"])],
        "models": [
            [m.name, str(m.status), m.model_type, m.params, sorted((x.key, x.value) for x in m.metrics), sorted(m.tags)]
            for m in models
        ],
        "versions": [[v.version, v.current_stage, v.tags] for v in versions],
        "predicted": [predicted(v.version) for v in versions],
    }


def run_seen(client, run):
    points = {key: len(client.get_metric_history(run.info.run_id, key)) for key in run.data.metrics}
    tags = {key: value for key, value in run.data.tags.items() if key != "mlflow.log-model.history"}
    datasets = [[each.dataset.name, each.dataset.digest, each.dataset.profile] for each in run.inputs.dataset_inputs]
    return [
        *(run.info.run_name, run.info.status, run.data.params, run.data.metrics, points, tags),
        *(datasets, len(run.outputs.model_outputs), files(client, run.info.run_id)),
    ]


def files(client, run, path=None):
    found = []
    for file in client.list_artifacts(run, path):
        found += files(client, run, file.path) if file.is_dir else [file.path]
    return found


def predicted(version):
    return [float(value) for value in mlflow.pyfunc.load_model("models:/Boosted/" + version).predict(ROWS[:5])]


@thorough
@unittest.skipUnless(xgboost, "SKIPPED: xgboost is not installed")
class AutologTest(unittest.TestCase):
    maxDiff = None

    def test_both_servers_keep_the_same_of_it(self):
        self.addCleanup(mlflow.set_tracking_uri, None)
        self.assertEqual(self.kept_by(mlflow_server), self.kept_by(mlops_server))

    def kept_by(self, server):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        with server(folder) as address:
            mlflow.set_tracking_uri(address)
            return seen(train())


if __name__ == "__main__":
    unittest.main()
