"""Prints rows that a model folder accepts, as CSV: in its ranges, and around its example."""

import random
import sys

import mlflow

model = mlflow.models.Model.load(sys.argv[1])
names = model.signature.inputs.input_names()
ranges = model.metadata["ranges"]
example = model.load_input_example(sys.argv[1]).iloc[0]
source = random.Random(5)

print(",".join(names))
for number in range(4000):
    if number % 2:
        row = [source.uniform(*ranges.get(name, (-10, 10))) for name in names]
    else:
        # Steps of 0.05 as measured values have them, so that many lie on thresholds.
        row = [round(float(example[name]) + source.randrange(-60, 100) * 0.05, 2) for name in names]
    print(",".join(map(repr, row)))
