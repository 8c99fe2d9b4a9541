"""Trains the original's forest on iris and writes model.joblib, metadata.json and metrics.json: train.py FOLDER"""

import json
import sys
from pathlib import Path

import joblib
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score, precision_recall_fscore_support
from sklearn.model_selection import train_test_split

iris = load_iris()
x_train, x_test, y_train, y_test = train_test_split(
    iris.data, iris.target, test_size=0.2, random_state=42, stratify=iris.target
)
forest = RandomForestClassifier(n_estimators=200, max_depth=10, random_state=42)
forest.fit(x_train, y_train)
predicted = forest.predict(x_test)
precision, recall, f1, _ = precision_recall_fscore_support(y_test, predicted, average="weighted")

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
joblib.dump(forest, folder / "model.joblib")
metadata = {
    "model_type": "RandomForestClassifier",
    "n_features": 4,
    "n_samples": len(x_train),
    "feature_names": ["sepal_length", "sepal_width", "petal_length", "petal_width"],
    "target_names": list(iris.target_names),
}
metrics = {
    "accuracy": accuracy_score(y_test, predicted),
    "precision": precision,
    "recall": recall,
    "f1_score": f1,
}
(folder / "metadata.json").write_text(json.dumps(metadata, indent=2))
(folder / "metrics.json").write_text(json.dumps(metrics, indent=2))
