"""Where things are in the repository."""

from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
ROOT = BENCH.parent
RESULTS = BENCH / "results"
ORIGINAL = BENCH / "original"
LOAD = BENCH / "load"
VENV = BENCH / ".venv" / "bin"
MLFLOW_VENV = BENCH / ".venv-mlflow" / "bin"
MLOPS = ROOT / "app" / "target" / "dist" / "bin" / "mlops"
FIND_JDK = ROOT / "app" / "src" / "dist" / "bin" / "find-jdk"
IRIS = "examples/iris"
DOCS = ROOT / "docs" / "benchmarks.md"
