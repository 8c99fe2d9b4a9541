"""From `mlops up` to a prediction, seen by curl, the real mlflow and the real dvc."""

import json
import subprocess
from pathlib import Path

import mlflow
import pandas
import pytest
from mlflow import MlflowClient
from up import Up

FLOWER = {"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}
CLASSES = {"setosa", "versicolor", "virginica"}


@pytest.fixture(scope="module")
def up(project: Path):
    with Up(project) as running:
        yield running.ready()


@pytest.fixture()
def client(up: Up) -> MlflowClient:
    return MlflowClient(tracking_uri=up.tracking_uri, registry_uri=up.tracking_uri)


def test_the_printed_curl_predicts_when_pasted(up: Up):
    pasted = subprocess.run(
        ["bash", "-c", up.printed_curl()], capture_output=True, text=True, timeout=20
    )
    answer = json.loads(pasted.stdout[pasted.stdout.index("{") :])
    assert answer["prediction"] in CLASSES
    assert set(answer["probabilities"]) == CLASSES
    assert answer["confidence"] == max(answer["probabilities"].values())


def test_the_mlflow_client_finds_the_run(client: MlflowClient, project: Path):
    experiment = client.get_experiment_by_name("iris-classification")
    runs = client.search_runs([experiment.experiment_id])
    kept = json.loads((project / "models" / "metadata.json").read_text())["mlflow_run_id"]
    run = next(run for run in runs if run.info.run_id == kept)
    metrics = json.loads((project / "models" / "metrics.json").read_text())
    assert run.info.status == "FINISHED"
    assert run.data.metrics["accuracy"] == pytest.approx(metrics["accuracy"])


def test_the_mlflow_client_finds_the_champion(client: MlflowClient, project: Path):
    version = client.get_model_version_by_alias("IrisClassifier", "champion")
    kept = json.loads((project / "models" / "metadata.json").read_text())["mlflow_run_id"]
    assert version.run_id == kept


def test_mlflow_loads_the_champion_and_predicts_as_the_service_does(up: Up):
    mlflow.set_tracking_uri(up.tracking_uri)
    mlflow.set_registry_uri(up.tracking_uri)
    champion = mlflow.pyfunc.load_model("models:/IrisClassifier@champion")
    loaded = champion.predict(pandas.DataFrame([FLOWER])).iloc[0]
    said = up.predict(**FLOWER)
    assert loaded["prediction"] == said["prediction"]
    assert {name: loaded[f"probability_{name}"] for name in CLASSES} == pytest.approx(
        said["probabilities"], abs=1e-6
    )


def facts(client: MlflowClient) -> list[dict]:
    """Every run with all that was logged to it; the order of its datasets means nothing."""
    ids = [each.experiment_id for each in client.search_experiments()]
    runs = [client.get_run(run.info.run_id).to_dictionary() for run in client.search_runs(ids)]
    for run in runs:
        run["inputs"]["dataset_inputs"].sort(key=lambda each: each["dataset"]["name"])
    return runs


def test_mlflow_opens_the_database_and_sees_what_we_serve(up: Up, project: Path):
    direct = facts(MlflowClient(f"sqlite:///{project / 'mlflow.db'}"))
    assert direct
    assert direct == facts(MlflowClient(up.tracking_uri))


def test_dvc_finds_nothing_to_do(up: Up, project: Path):
    status = subprocess.run(["dvc", "status", "--json"], cwd=project, capture_output=True, text=True)
    assert status.returncode == 0, status.stderr
    assert json.loads(status.stdout) == {}


def test_a_second_start_changes_nothing_and_ctrl_c_ends_it_cleanly(client: MlflowClient, project: Path):
    lock = (project / "dvc.lock").read_bytes()
    versions = len(client.search_model_versions("name='IrisClassifier'"))
    with Up(project) as second:
        second.ready()
        served = MlflowClient(second.tracking_uri, second.tracking_uri)
        assert len(served.search_model_versions("name='IrisClassifier'")) == versions
        assert second.interrupt() in (0, 130)
    assert (project / "dvc.lock").read_bytes() == lock
