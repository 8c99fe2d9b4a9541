"""The content that both servers find: many runs, one long history, one registered model; the same for every database."""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass

RUNS = int(os.environ.get("BENCH_RUNS", "100000"))
POINTS = int(os.environ.get("BENCH_POINTS", "1000000"))
KEYS = 20
EXPERIMENTS = 50
START = 1_700_000_000_000


@dataclass(frozen=True)
class Table:
    name: str
    columns: list[str]
    rows: Iterator[tuple]


def run_id(number: int) -> str:
    return f"{number:032x}"


READ_RUN = run_id(RUNS // 2)
LONG_RUN = run_id(RUNS)
WRITTEN_RUN = run_id(RUNS + 1)


def tables() -> Iterator[Table]:
    """In an order that the foreign keys accept."""
    yield Table(
        "experiments",
        ["experiment_id", "name", "artifact_location", "lifecycle_stage", "creation_time", "last_update_time"],
        ((n, f"bench-{n}", f"mlflow-artifacts:/{n}", "active", START + n, START + n) for n in range(1, EXPERIMENTS + 1)),
    )
    yield Table(
        "runs",
        ["run_uuid", "name", "source_type", "source_name", "entry_point_name", "user_id", "status", "start_time"]
        + ["end_time", "source_version", "lifecycle_stage", "artifact_uri", "experiment_id"],
        (_run(number) for number in range(RUNS + 2)),
    )
    yield Table("tags", ["key", "value", "run_uuid"], ((k, v, run_id(n)) for n in range(RUNS + 2) for k, v in _tags(n)))
    values = random.Random(1)
    yield Table(
        "params",
        ["key", "value", "run_uuid"],
        ((f"param_{k}", str(values.randrange(100)), run_id(n)) for n in range(RUNS) for k in range(KEYS)),
    )
    yield Table("latest_metrics", ["key", "value", "timestamp", "step", "is_nan", "run_uuid"], _metrics())
    yield Table("metrics", ["key", "value", "timestamp", "step", "is_nan", "run_uuid"], _metrics())
    yield Table(
        "metrics",
        ["key", "value", "timestamp", "step", "is_nan", "run_uuid"],
        (("loss", 1 / (1 + step), START + step, step, False, LONG_RUN) for step in range(POINTS)),
    )
    yield Table(
        "latest_metrics",
        ["key", "value", "timestamp", "step", "is_nan", "run_uuid"],
        iter([("loss", 1 / POINTS, START + POINTS - 1, POINTS - 1, False, LONG_RUN)]),
    )
    yield Table("registered_models", ["name", "creation_time", "last_updated_time"], iter([("Bench", START, START)]))
    yield Table(
        "model_versions",
        ["name", "version", "creation_time", "last_updated_time", "current_stage", "source", "run_id", "status"],
        (("Bench", v, START, START, "None", f"runs:/{READ_RUN}/model", READ_RUN, "READY") for v in range(1, 11)),
    )


def _run(number: int) -> tuple:
    identity = run_id(number)
    location = f"mlflow-artifacts:/1/{identity}/artifacts"
    times = (START + number, START + number + 1000)
    return (identity, f"run-{number}", "UNKNOWN", "", "", "bench", "FINISHED", *times, "", "active", location, 1)


def _tags(number: int) -> list[tuple[str, str]]:
    return [("mlflow.runName", f"run-{number}"), ("mlflow.user", "bench"), ("mlflow.source.type", "LOCAL")]


def _metrics() -> Iterator[tuple]:
    values = random.Random(2)
    for number in range(RUNS):
        for key in range(KEYS):
            yield f"metric_{key}", values.random(), START + number, 0, False, run_id(number)
