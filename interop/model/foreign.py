"""Models of scikit-learn, logged by mlflow's onnx flavor with nothing but a signature.

foreign.py save FOLDER            writes them, each with scikit-learn's own answers, and rows.csv
foreign.py check MODEL OURS.csv   compares those answers with the probabilities we gave
"""

import itertools
import pathlib
import sys

import mlflow.onnx
import numpy
import pandas
from mlflow.models import infer_signature
from skl2onnx import to_onnx
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

MODELS = {
    "forest": RandomForestClassifier(20, random_state=1),
    "linear": LogisticRegression(max_iter=1000),
    "scaled": make_pipeline(StandardScaler(), LogisticRegression()),
    "network": make_pipeline(StandardScaler(), MLPClassifier((8,), max_iter=200, random_state=1)),
    "bayes": GaussianNB(),
}
ZIPMAPS = {"table": False, "maps": True, "columns": "columns"}


def save(place):
    iris = load_iris(as_frame=True)
    frame = iris.data.rename(columns=lambda name: name.replace(" (cm)", "").replace(" ", "_"))
    place.mkdir()
    frame.to_csv(place / "rows.csv", index=False)
    labels = {"names": iris.target_names[iris.target], "numbers": iris.target}
    inputs = {
        "floats": frame.to_numpy(numpy.float32)[:1],
        "doubles": frame.to_numpy()[:1],
        "columns": frame[:1],
    }
    cases = itertools.product(MODELS.items(), ZIPMAPS.items(), inputs.items())
    for number, ((name, model), (zipmap, value), (taken, example)) in enumerate(cases):
        if not exports(model, zipmap, taken):
            continue
        of, target = list(labels.items())[number % 2]
        model.fit(frame.to_numpy(), target)
        graph = to_onnx(model, example, options={"zipmap": value}, target_opset=17)
        folder = place / f"{name}-{of}-{zipmap}-{taken}"
        signature = infer_signature(frame, model.predict(frame.to_numpy()))
        mlflow.onnx.save_model(graph, folder, signature=signature)
        answers = pandas.DataFrame(model.predict_proba(frame.to_numpy()), columns=model.classes_)
        answers.to_csv(folder / "theirs.csv", index=False)


def exports(model, zipmap, taken):
    """Several inputs are for pipelines only; ONNX Runtime has no maps of doubles; and the exporter
    rounds thresholds, so that a forest of doubles is not the one that was trained."""
    if taken == "columns":
        return isinstance(model, Pipeline) and zipmap != "maps"
    return taken == "floats" or zipmap != "maps" and not isinstance(model, RandomForestClassifier)


def check(folder, ours):
    theirs = pandas.read_csv(folder / "theirs.csv")
    for way, group in pandas.read_csv(ours).groupby("way", sort=False):
        given = group.drop(columns="way")
        assert list(given.columns) == list(theirs.columns), (folder, list(given.columns))
        difference = numpy.abs(given.to_numpy() - theirs.to_numpy()).max()
        assert difference <= 1e-4, (folder, way, difference)
    print(f"{folder.name}: {len(theirs)} rows as scikit-learn")


if sys.argv[1] == "save":
    save(pathlib.Path(sys.argv[2]))
else:
    check(pathlib.Path(sys.argv[2]), sys.argv[3])
