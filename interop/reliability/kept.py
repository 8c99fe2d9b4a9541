"""What must hold of a tracking database after whatever happened to its server."""

import sqlite3

from victim import POINTS


def connector(uri):
    """Opens the database itself, beside any server."""
    if uri.startswith("sqlite:"):
        return lambda: sqlite3.connect(uri.removeprefix("sqlite:///"))
    import psycopg2

    return lambda: psycopg2.connect(uri.replace("+psycopg2", ""))


def is_sound(test, uri):
    if uri.startswith("sqlite:"):
        database = connector(uri)()
        test.assertEqual([("ok",)], database.execute("PRAGMA integrity_check").fetchall())
        test.assertEqual([], database.execute("PRAGMA foreign_key_check").fetchall())
        database.close()


def is_whole(test, cursor, run, acknowledged):
    """Each acknowledged batch of a run is there, and no other one by half."""
    cursor.execute(f"SELECT step, COUNT(*) FROM metrics WHERE run_uuid = '{run}' GROUP BY step")
    points = dict(cursor.fetchall())
    cursor.execute(f"SELECT value FROM params WHERE run_uuid = '{run}'")
    params = {int(value) for (value,) in cursor.fetchall()}
    cursor.execute(f"SELECT value FROM tags WHERE run_uuid = '{run}' AND key LIKE 't%'")
    tags = {int(value) for (value,) in cursor.fetchall()}
    test.assertLessEqual(acknowledged, set(points), "an acknowledged batch is lost")
    test.assertEqual({POINTS}, set(points.values()) | {POINTS}, "a batch is half there")
    test.assertEqual(set(points), params, "a batch is half there")
    test.assertEqual(set(points), tags, "a batch is half there")


def opens_in_mlflow(test, uri, acknowledged):
    """The real mlflow reads each batch of some runs."""
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    store = SqlAlchemyStore(uri, "mlflow-artifacts:/")
    for run, batches in acknowledged.items():
        history = store.get_metric_history(run, "m0")
        test.assertLessEqual(batches, {metric.step for metric in history})
    store.engine.dispose()
