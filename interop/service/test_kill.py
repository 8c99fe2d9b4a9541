"""kill -9 of `mlops up` at random moments loses nothing and needs no repair."""

import json
import random
import re
import sqlite3
import subprocess
import time
from pathlib import Path

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.artifacts import download_artifacts
from up import Up

PHASES = {
    "starting": "",
    "reproducing": "Running stage 'train'",
    "training, tracked": "\nrun ",
    "evaluating": "Running stage 'evaluate'",
    "registering": "\nmetrics ",
    "about to serve": "\nmodel ",
    "serving": "\nconsole ",
}
LATER = 0.7
FLOWER = {"sepal_length": 6.3, "sepal_width": 3.3, "petal_length": 6.0, "petal_width": 2.5}


def client_of(up: Up) -> MlflowClient:
    """The real client, with its process-wide settings turned to this start's port."""
    mlflow.set_tracking_uri(up.tracking_uri)
    mlflow.set_registry_uri(up.tracking_uri)
    return MlflowClient()


def kept(up: Up) -> dict:
    """What must never be lost: the metrics of finished runs, and the source of each model version."""
    client = client_of(up)
    experiments = [each.experiment_id for each in client.search_experiments()]
    runs = client.search_runs(experiments, max_results=1000)
    finished = {
        run.info.run_id: run.data.metrics for run in runs if run.info.status == "FINISHED"
    }
    versions = client.search_model_versions("name='IrisClassifier'")
    return finished | {f"version {each.version}": each.source for each in versions}


def change_the_forest(project: Path, trees: int) -> None:
    """Gives every start something to reproduce, register and serve."""
    file = project / "params.yaml"
    text, changed = re.subn(r"(n_estimators|trees): \d+", rf"\1: {trees}", file.read_text())
    assert changed == 1, f"no number of trees in {file}"
    file.write_text(text)


def check_nothing_is_broken(up: Up, project: Path, target: Path) -> None:
    client = client_of(up)
    for version in client.search_model_versions("name='IrisClassifier'"):
        uri = f"models:/IrisClassifier/{version.version}"
        folder = Path(download_artifacts(uri, dst_path=str(target / version.version)))
        assert (folder / "MLmodel").stat().st_size > 0
    with sqlite3.connect(project / "mlflow.db") as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert database.execute("pragma foreign_key_check").fetchall() == []
    status = subprocess.run(["dvc", "status", "--json"], cwd=project, capture_output=True, text=True)
    assert status.returncode == 0, status.stderr
    assert json.loads(status.stdout) == {}
    metadata = json.loads((project / "models" / "metadata.json").read_text())
    champion = client.get_model_version_by_alias("IrisClassifier", "champion")
    assert champion.run_id == metadata["mlflow_run_id"]
    assert up.predict(**FLOWER)["prediction"] == "virginica"


@pytest.fixture(scope="module")
def history() -> dict:
    """What earlier starts have finished."""
    return {}


@pytest.mark.parametrize("with_stages", [True, False], ids=["with its stages", "alone"])
@pytest.mark.parametrize("phase", PHASES)
def test_a_start_after_a_kill_is_ready_and_has_everything(
    phase: str, with_stages: bool, project: Path, tmp_path: Path, history: dict
):
    moments = random.Random(f"{phase} {with_stages}")
    change_the_forest(project, 50 + 10 * list(PHASES).index(phase) + with_stages)
    with Up(project) as up:
        up.until_said(PHASES[phase])
        time.sleep(moments.uniform(0, LATER))
        up.kill(with_stages)
        print(f"killed, having said:\n{up.output}")
    with Up(project) as up:
        up.ready()
        now = kept(up)
        assert history.items() <= now.items()
        check_nothing_is_broken(up, project, tmp_path)
        history.update(now)
