"""Compares what mlflow and onnxruntime make of a model folder with the probabilities we gave."""

import sys

import mlflow
import numpy
import onnx
import onnxruntime
import pandas

TOLERANCE = {"LogisticRegression": 1e-5}  # products of 32-bit floats, summed in any order

folder, rows_file, ours_file = sys.argv[1:]
rows = pandas.read_csv(rows_file)
ours = pandas.read_csv(ours_file)
classes = [name for name in ours.columns if name != "way"]

info = mlflow.models.get_model_info(folder)
assert set(info.flavors) >= {"onnx", "python_function"}, info.flavors
assert info.signature.inputs.input_names() == list(rows.columns), info.signature
assert info.model_id and info.run_id, info
tolerance = TOLERANCE.get(info.metadata["model_type"], 1e-6)

onnx.checker.check_model(mlflow.onnx.load_model(folder), full_check=True)

model = mlflow.pyfunc.load_model(folder)
shuffled = rows[list(reversed(rows.columns))]  # mlflow puts columns in the order of the signature
answers = model.predict(shuffled)
theirs = answers[["probability_" + name for name in classes]].to_numpy()
assert numpy.allclose(theirs.sum(axis=1), 1, atol=1e-5)
labels = numpy.array(classes)[theirs.argmax(axis=1)]
assert (labels == answers["prediction"].to_numpy()).all(), "label is not the most probable class"

session = onnxruntime.InferenceSession(folder + "/model.onnx")
direct = session.run(None, {"input": rows.to_numpy(numpy.float32)})
assert (direct[0] == answers["prediction"].to_numpy()).all()

for way, group in ours.groupby("way", sort=False):
    values = group[classes].to_numpy()
    difference = numpy.abs(values - theirs).max()
    others = (values.argmax(axis=1) != theirs.argmax(axis=1)).sum()
    print(
        f"{info.metadata['model_type']}, mlflow {mlflow.__version__} against {way}:"
        f" {len(rows)} rows, largest difference {difference:.1e}, {others} other labels"
    )
    assert difference <= tolerance, way
    assert others == 0 or tolerance > 0 and (
        numpy.abs(numpy.sort(theirs)[:, -1] - numpy.sort(theirs)[:, -2])[
            values.argmax(axis=1) != theirs.argmax(axis=1)
        ].max() <= tolerance
    ), way

example = model.predict(model.input_example)
assert len(example) == 1 and example["prediction"][0] in classes
