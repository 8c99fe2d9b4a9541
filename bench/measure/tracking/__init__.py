"""`mlops server` beside `mlflow server`, on SQLite and on PostgreSQL: the same flags, data, requests and load."""

from .rows import artifact_rows, postgresql, sqlite
from .soak import rows as soak

__all__ = ["artifact_rows", "postgresql", "soak", "sqlite"]
