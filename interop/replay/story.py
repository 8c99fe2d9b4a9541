"""What the Python client does in the life of a model, operation by operation (every row of what a client calls)."""

import os
import tempfile

import mlflow
import numpy
import pandas
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType


class Doubler(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input: pandas.DataFrame, params=None):
        return model_input * 2


def tell(uri):
    mlflow.set_tracking_uri(uri)
    client = MlflowClient()
    for part in (experiments, runs, searches, files, models, registry, prompts, deletions, refusals):
        part(client)
    mlflow.set_tracking_uri(None)


def experiments(client):
    first = mlflow.set_experiment("story").experiment_id
    client.set_experiment_tag(first, "team", "red")
    client.set_experiment_tag(first, "gone", "soon")
    mlflow.set_experiment("story")
    located = client.create_experiment("located", artifact_location="mlflow-artifacts:/elsewhere", tags={"a": "b"})
    client.rename_experiment(located, "moved")
    client.get_experiment(located)
    client.get_experiment_by_name("moved")
    client.delete_experiment(located)
    client.search_experiments(view_type=ViewType.DELETED_ONLY)
    client.restore_experiment(located)
    client.search_experiments(view_type=ViewType.ALL, order_by=["name ASC"], max_results=2)
    client.search_experiments(filter_string="name LIKE 'sto%' AND tags.team = 'red'")


def runs(client):
    experiment = client.get_experiment_by_name("story").experiment_id
    with mlflow.start_run(run_name="first") as run:
        mlflow.log_param("depth", 3)
        mlflow.log_metric("loss", 0.5, step=1, timestamp=1_700_000_000_000)
        mlflow.set_tag("note", "grüße")
        mlflow.log_params({"a/b": "1", "long": "x" * 500})
        mlflow.log_metrics({"accuracy": 0.9, "nan": float("nan"), "big": float("inf")}, step=2, timestamp=5)
        mlflow.set_tags({"t1": "1", "t2": "2"})
        data = mlflow.data.from_numpy(numpy.array([[1.0, 2.0]]), name="numbers", targets=numpy.array([1]))
        mlflow.log_input(data, context="training")
        with mlflow.start_run(run_name="child", nested=True):
            mlflow.log_metric("loss", 0.25, step=0, timestamp=6)
    identity = run.info.run_id
    points = [Metric("loss", 1 / (step + 1), 1_700_000_000_000 + step, step) for step in range(50)]
    client.log_batch(identity, metrics=points, params=[Param("p", "1")], tags=[RunTag("t3", "3")])
    client.get_metric_history(identity, "loss")
    client.get_run(identity)
    client.delete_tag(identity, "t2")
    client.update_run(identity, name="renamed")
    client.set_terminated(identity, "FAILED", end_time=1_700_000_100_000)
    client.get_parent_run(client.search_runs([experiment], "tags.mlflow.runName = 'child'")[0].info.run_id)
    other = client.create_run(experiment, start_time=7, tags={"mlflow.user": "ada"}, run_name="other")
    client.delete_run(other.info.run_id)
    client.search_runs([experiment], run_view_type=ViewType.DELETED_ONLY)
    client.restore_run(other.info.run_id)


def searches(client):
    experiment = client.get_experiment_by_name("story").experiment_id
    for number in range(6):
        run = client.create_run(experiment, start_time=100 + number, run_name=f"run-{number}")
        identity = run.info.run_id
        client.log_metric(identity, "score", [0.3, 0.1, float("nan"), 0.2, 0.9, 0.5][number], timestamp=1)
        client.log_param(identity, "kind", ["tree", "forest", "Tree", "linear", "tree", "tree"][number])
        client.set_tag(identity, "size", str(number))
        if number < 4:
            client.log_metric(identity, "rare", number, timestamp=1)
    for text in (
        "metrics.score > 0.2",
        "metrics.score <= 0.3 and params.kind = 'tree'",
        "params.kind ILIKE 'TREE'",
        "params.kind LIKE 't%'",
        "params.kind != 'tree'",
        "tags.size = '3'",
        'tag."size" != \'3\'',
        "attributes.run_name = 'run-2'",
        "run_name LIKE 'run-%'",
        "start_time > 102",
        "attributes.status = 'RUNNING'",
        "attributes.`Run name` = 'run-1'",
        "dataset.name = 'numbers'",
        "metrics.score = 0",
        "params.kind IS NOT NULL",
        "tags.size IS NULL",
        "user_id = 'nobody'",
    ):
        client.search_runs([experiment], text, order_by=["attributes.start_time DESC"])
    for order in ("metrics.score DESC", "metrics.score", "metrics.rare ASC", "params.kind DESC", "tags.size", "run_name"):
        page = client.search_runs([experiment], "start_time >= 100 and start_time < 200", order_by=[order], max_results=4)
        client.search_runs(
            [experiment], "start_time >= 100 and start_time < 200", order_by=[order], max_results=4, page_token=page.token
        )
    mlflow.search_runs(experiment_names=["story"], filter_string="metrics.score > 0.4")


def files(client):
    experiment = client.get_experiment_by_name("story").experiment_id
    with mlflow.start_run(run_name="files", experiment_id=experiment) as run:
        mlflow.log_text("hello", "notes/hello.txt")
        mlflow.log_dict({"a": [1, 2]}, "config.json")
        mlflow.log_table({"x": [1, 2]}, "table.json")
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "größe +&.bin"), "wb") as file:
                file.write(bytes(range(256)))
            mlflow.log_artifacts(folder, "binary")
    identity = run.info.run_id
    client.list_artifacts(identity)
    client.list_artifacts(identity, "notes")
    client.list_artifacts(identity, "nothing")
    client.download_artifacts(identity, "")
    mlflow.artifacts.load_text(run.info.artifact_uri + "/notes/hello.txt")


def models(client):
    mlflow.set_experiment("story")
    with mlflow.start_run(run_name="model") as run:
        mlflow.log_metric("rmse", 0.5, timestamp=9)
        model = mlflow.pyfunc.log_model(
            name="doubler",
            python_model=Doubler(),
            input_example=pandas.DataFrame({"x": [1.0]}),
            pip_requirements=["mlflow"],
            params={"factor": "2"},
            tags={"kind": "toy"},
        )
        mlflow.log_metric("quality", 0.75, model_id=model.model_id, timestamp=10)
    client.get_logged_model(model.model_id)
    client.set_logged_model_tags(model.model_id, {"seen": "yes", "gone": "soon"})
    client.delete_logged_model_tag(model.model_id, "gone")
    experiment = run.info.experiment_id
    client.search_logged_models([experiment])
    for text in ("name = 'doubler'", "params.factor = '2'", "tags.seen = 'yes'", "metrics.quality > 0.5", "status = 'READY'"):
        client.search_logged_models([experiment], filter_string=text)
    client.search_logged_models([experiment], order_by=[{"field_name": "metrics.quality", "ascending": False}], max_results=1)
    mlflow.pyfunc.load_model(model.model_uri)
    mlflow.pyfunc.load_model(f"runs:/{run.info.run_id}/doubler")
    client.get_run(run.info.run_id)


def registry(client):
    experiment = client.get_experiment_by_name("story").experiment_id
    model = client.search_logged_models([experiment], filter_string="name = 'doubler'")[0]
    client.create_registered_model("Doubler", tags={"a": "b"}, description="doubles")
    mlflow.register_model(model.model_uri, "Doubler", tags={"v": "1"})
    mlflow.register_model(f"runs:/{model.source_run_id}/doubler", "Doubler")
    client.set_registered_model_alias("Doubler", "champion", 1)
    client.set_registered_model_alias("Doubler", "champion", "2")
    client.get_model_version_by_alias("Doubler", "champion")
    mlflow.pyfunc.load_model("models:/Doubler@champion")
    mlflow.pyfunc.load_model("models:/Doubler/1")
    mlflow.pyfunc.load_model("models:/Doubler/latest")
    client.transition_model_version_stage("Doubler", "1", "Production")
    client.transition_model_version_stage("Doubler", "2", "production", archive_existing_versions=True)
    client.get_latest_versions("Doubler")
    client.get_latest_versions("Doubler", stages=["Archived"])
    client.update_model_version("Doubler", "1", "the first")
    client.set_model_version_tag("Doubler", "1", "checked", "yes")
    client.set_model_version_tag("Doubler", "1", "gone", "soon")
    client.delete_model_version_tag("Doubler", "1", "gone")
    client.update_registered_model("Doubler", "doubles numbers")
    client.set_registered_model_tag("Doubler", "team", "red")
    client.set_registered_model_tag("Doubler", "gone", "soon")
    client.delete_registered_model_tag("Doubler", "gone")
    client.get_model_version("Doubler", "1")
    client.get_registered_model("Doubler")
    client.get_model_version_download_uri("Doubler", "2")
    client.create_registered_model("Another")
    for text in ("name = 'Doubler'", "name LIKE 'D%'", "name ILIKE 'an%'", "tags.team = 'red'"):
        client.search_registered_models(text)
    client.search_registered_models(order_by=["name DESC"], max_results=1)
    for text in ("name = 'Doubler'", "run_id = '%s'" % model.source_run_id, "tags.checked = 'yes'", "version_number > 1"):
        client.search_model_versions(text)
    client.search_model_versions(order_by=["version_number ASC"], max_results=1)
    client.delete_registered_model_alias("Doubler", "champion")
    client.rename_registered_model("Doubler", "Twice")
    client.delete_model_version("Twice", "1")
    client.get_registered_model("Twice")
    client.delete_registered_model("Another")


def prompts(client):
    mlflow.genai.register_prompt("greeting", "Hello {{name}}", commit_message="first", tags={"lang": "en"})
    mlflow.genai.register_prompt("greeting", "Good day {{name}}")
    mlflow.genai.set_prompt_alias("greeting", "live", 2)
    mlflow.genai.load_prompt("prompts:/greeting@live")
    mlflow.genai.load_prompt("greeting", version=1)
    mlflow.genai.search_prompts()
    client.search_registered_models()


def deletions(client):
    experiment = client.get_experiment_by_name("story").experiment_id
    run = client.create_run(experiment, run_name="short", start_time=1)
    client.delete_run(run.info.run_id)
    client.get_run(run.info.run_id)
    model = client.search_logged_models([experiment], filter_string="name = 'doubler'")[0]
    client.delete_logged_model(model.model_id)
    client.search_logged_models([experiment])
    client.delete_registered_model("Twice")


def refusals(client):
    """What users do wrong; the client's own checks do not reach a server."""
    experiment = client.get_experiment_by_name("story").experiment_id
    run = client.create_run(experiment, run_name="refused", start_time=2).info.run_id
    client.log_param(run, "p", "1")
    for attempt in (
        lambda: client.log_param(run, "p", "2"),
        lambda: client.get_run("0" * 32),
        lambda: client.get_experiment("99999"),
        lambda: client.create_experiment("story"),
        lambda: client.search_runs([experiment], "metrics.score > 'a'"),
        lambda: client.search_runs([experiment], "params.kind = 1"),
        lambda: client.search_runs([experiment], "params.kind = 'a' OR params.kind = 'b' x"),
        lambda: client.search_runs([experiment], order_by=["nonsense.x"]),
        lambda: client.search_runs([experiment], page_token="nonsense"),
        lambda: client.get_registered_model("nobody"),
        lambda: client.get_model_version("nobody", "1"),
        lambda: client.set_registered_model_alias("nobody", "a", "1"),
        lambda: client.get_logged_model("m-" + "0" * 32),
        lambda: client.delete_tag(run, "nothing"),
        lambda: client.log_batch(run, metrics=[Metric("bad//key", 1.0, 1, 1)]),
    ):
        try:
            attempt()
        except mlflow.exceptions.MlflowException:
            pass
