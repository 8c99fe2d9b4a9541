"""Data and pipelines, `mlops` beside `dvc` on the same files, and beside what the machine can do."""

from .remotes import rows as remotes

__all__ = ["remotes"]
