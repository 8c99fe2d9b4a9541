"""Compares the figures of `mlops evaluate` with scikit-learn's for the same answers to the same rows.

    figures.py make FOLDER        writes rows of classes of very different size that overlap: 2.csv, 3.csv
    figures.py check PROJECT ...  compares what these projects evaluated
"""

import json
import sys
from pathlib import Path

import mlflow
import numpy
import pandas
from sklearn import metrics

SHARES = {2: (0.93, 0.07), 3: (0.82, 0.15, 0.03)}
TOLERANCE = 1e-6  # probabilities are 32-bit floats there


def make(folder: Path, classes: int) -> None:
    random = numpy.random.default_rng(classes)
    truth = random.choice(classes, size=1500, p=SHARES[classes])
    values = random.normal(size=(len(truth), 4)) + truth[:, None] * 0.9
    rows = pandas.DataFrame(values.round(3), columns=["w", "x", "y", "z"])
    rows["label"] = [f"class {number}" for number in truth]
    rows.to_csv(folder / f"{classes}.csv", index=False)


def check(project: Path) -> None:
    mlflow.set_tracking_uri(f"sqlite:///{project}/mlflow.db")  # it looks up the logged model there
    rows = pandas.read_csv(project / "data/processed/test.csv")
    truth = rows.pop("label")
    answers = mlflow.pyfunc.load_model(str(project / "models/model")).predict(rows)
    given = answers["prediction"].to_numpy()
    names = [name for name in answers.columns if name.startswith("probability_")]
    probabilities = answers[names].to_numpy(numpy.float64)
    classes = [name.removeprefix("probability_") for name in names]
    ours = json.loads((project / "models/metrics.json").read_text())
    expected = theirs(truth, given, probabilities, classes)
    for name, value in expected.items():
        assert abs(ours[name] - value) <= TOLERANCE, f"{name}: {ours[name]} here, {value} by scikit-learn"
    report = metrics.classification_report(truth, given, output_dict=True, zero_division=0)
    for name, figures in ours["classes"].items():
        for figure, value in figures.items():
            other = report[name]["f1-score" if figure == "f1_score" else figure]
            assert abs(value - other) <= TOLERANCE, f"{figure} of {name}: {value} here, {other} by scikit-learn"
    labels = list(ours["confusion_matrix"])
    matrix = [[ours["confusion_matrix"][true][guess] for guess in labels] for true in labels]
    assert matrix == metrics.confusion_matrix(truth, given, labels=labels).tolist(), matrix
    print(f"{project.name}: {len(rows)} rows, {', '.join(expected)} and those of classes as scikit-learn has them")


def theirs(truth, given, probabilities, classes) -> dict[str, float]:
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        truth, given, average="weighted", zero_division=0
    )
    shares = probabilities / probabilities.sum(axis=1, keepdims=True)
    areas = [metrics.roc_auc_score(truth == name, probabilities[:, at]) for at, name in enumerate(classes)]
    return {
        "accuracy": metrics.accuracy_score(truth, given),
        "precision": precision,
        "recall": recall,
        "f1_score": f1,
        "log_loss": metrics.log_loss(truth, shares, labels=classes),
        "roc_auc": numpy.average(areas, weights=[(truth == name).sum() for name in classes]),
    }


if __name__ == "__main__":
    folders = [Path(name) for name in sys.argv[2:]]
    if sys.argv[1] == "make":
        for number in SHARES:
            make(folders[0], number)
    else:
        for folder in folders:
            check(folder)
