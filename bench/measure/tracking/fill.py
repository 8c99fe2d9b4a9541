"""Makes a database with MLflow's own schema and writes the content of `data` into it; run by MLflow's interpreter:

python fill.py URI
"""

import csv
import itertools
import sqlite3
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import data  # noqa: E402 - the folder must be on the path first


def main(uri: str) -> None:
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    SqlAlchemyStore(uri, "mlflow-artifacts:/").engine.dispose()
    if uri.startswith("sqlite:///"):
        _sqlite(uri.removeprefix("sqlite:///"))
    else:
        _postgresql(uri)


def _sqlite(file: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -500000")
    for table in data.tables():
        names = ", ".join(f'"{name}"' for name in table.columns)
        marks = ", ".join("?" * len(table.columns))
        connection.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", table.rows)
    connection.commit()
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


def _postgresql(uri: str) -> None:
    import psycopg2

    with psycopg2.connect(uri.replace("+psycopg2", "")) as connection, connection.cursor() as cursor:
        for table in data.tables():
            names = ", ".join(f'"{name}"' for name in table.columns)
            for part in _parts(table.rows):
                with tempfile.TemporaryFile("w+", newline="") as file:
                    csv.writer(file).writerows(part)
                    file.seek(0)
                    cursor.copy_expert(f"COPY {table.name} ({names}) FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL ({names}))", file)
        cursor.execute("SELECT setval('experiments_experiment_id_seq', %s)", (data.EXPERIMENTS,))
    connection.close()
    connection = psycopg2.connect(uri.replace("+psycopg2", ""))
    connection.autocommit = True
    connection.cursor().execute("VACUUM ANALYZE")
    connection.close()


def _parts(rows):
    while part := list(itertools.islice(rows, 500_000)):
        yield part


main(sys.argv[1])
