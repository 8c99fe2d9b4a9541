"""`mlops server` beside `mlflow server`, on SQLite and on PostgreSQL: the same flags, data, requests and load."""

from .rows import measure

__all__ = ["measure"]
