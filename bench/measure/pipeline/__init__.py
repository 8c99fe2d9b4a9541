"""Data and pipelines, `mlops` beside `dvc` on the same files, and beside what the machine can do."""

from .data import rows as data
from .remotes import rows as remotes
from .stages import rows as stages

__all__ = ["data", "remotes", "stages"]
