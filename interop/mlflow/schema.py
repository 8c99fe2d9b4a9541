"""Prints the SQLite schema of a database that the installed mlflow creates, one statement a block.

`tracking/src/main/resources/io/mlopscore/tracking/sql/mlflow-<revision>.sql` is its output; run this
again when a new mlflow has a new head revision.
"""

import os
import re
import sqlite3
import sys
import tempfile


def created_by_mlflow(folder):
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    path = os.path.join(folder, "reference.db")
    SqlAlchemyStore("sqlite:///" + path, folder)
    return path


def split_columns(body):
    """Splits the inside of CREATE TABLE (...) at its top-level commas."""
    parts, depth, quoted, start = [], 0, False, 0
    for i, c in enumerate(body):
        if c == "'":
            quoted = not quoted
        elif not quoted and c == "(":
            depth += 1
        elif not quoted and c == ")":
            depth -= 1
        elif not quoted and c == "," and depth == 0:
            parts.append(body[start:i])
            start = i + 1
    return [" ".join(p.split()) for p in parts + [body[start:]]]


def statement(kind, name, sql):
    if kind != "table":
        return " ".join(sql.split()) if kind == "index" else sql.strip()
    body = sql[sql.index("(") + 1 : sql.rindex(")")]
    return 'CREATE TABLE "%s" (\n  %s\n)' % (name, ",\n  ".join(split_columns(body)))


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = sys.argv[1] if len(sys.argv) > 1 else created_by_mlflow(folder)
        db = sqlite3.connect(path)
        (revision,) = db.execute("SELECT version_num FROM alembic_version").fetchone()
        rows = db.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
            " ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name"
        ).fetchall()
        print("-- MLflow's schema at revision %s, as its own migrations leave it in SQLite." % revision)
        for kind, name, sql in rows:
            print(statement(kind, name, sql) + ";\n")
        print("INSERT INTO alembic_version (version_num) VALUES ('%s');\n" % revision)
        for table in ("workspaces",):
            for name, description, root in db.execute(
                "SELECT name, description, default_artifact_root FROM " + table
            ):
                value = lambda v: "NULL" if v is None else "'" + v.replace("'", "''") + "'"
                print(
                    "INSERT INTO workspaces (name, description, default_artifact_root) VALUES (%s, %s, %s);\n"
                    % (value(name), value(description), value(root))
                )


if __name__ == "__main__":
    main()
