"""Prints the schema of a database that the installed mlflow creates, one statement a block.

    schema.py                      of SQLite
    schema.py FILE                 of a SQLite file that is there
    schema.py postgresql+psycopg2://user@host:port/empty_database
                                   of PostgreSQL (needs psycopg2 and pg_dump)
    schema.py auth [URI]           of the users and permissions of its basic-auth app (needs Flask-WTF)

`tracking/src/main/resources/io/mlopscore/tracking/sql/{,auth-}{sqlite,postgresql}-<revision>.sql` are its output;
run this again when a new mlflow has a new head revision.
"""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile


def created_by_mlflow(folder):
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    path = os.path.join(folder, "reference.db")
    SqlAlchemyStore("sqlite:///" + path, folder)
    return path


def auth_created_by_mlflow(uri):
    """Importing the app reads its configuration and opens nothing yet."""
    from mlflow.server.auth.sqlalchemy_store import SqlAlchemyStore

    store = SqlAlchemyStore()
    store.init_db(uri)
    return store


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


def of_postgresql(uri, auth=False):
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    with tempfile.TemporaryDirectory() as folder:
        store = auth_created_by_mlflow(uri) if auth else SqlAlchemyStore(uri, folder)
    with store.engine.connect() as db:
        (revision,) = db.exec_driver_sql("SELECT version_num FROM " + versions(auth)).one()
    dump = ["pg_dump", "--schema-only", "--no-owner", "--no-privileges", re.sub(r"\+\w+", "", uri)]
    text = subprocess.run(dump, check=True, capture_output=True, text=True).stdout
    print("-- MLflow's schema at revision %s, as its own migrations leave it in PostgreSQL." % revision)
    kept = [
        line.replace("public.", "")
        for line in text.split("\n")
        if not re.match(r"--|SET |SELECT pg_catalog|\\", line)
    ]
    print(re.sub(r"\n\n+", "\n\n", "\n".join(kept)).strip() + "\n")
    with store.engine.connect() as db:
        print_rows(revision, lambda sql: db.exec_driver_sql(sql).all(), auth)


def versions(auth):
    return "alembic_version_auth" if auth else "alembic_version"


def print_rows(revision, select, auth):
    print("INSERT INTO %s (version_num) VALUES ('%s');\n" % (versions(auth), revision))
    if auth:
        return
    columns = "name, description, default_artifact_root"
    for row in select("SELECT %s FROM workspaces" % columns):
        values = ["NULL" if v is None else "'" + v.replace("'", "''") + "'" for v in row]
        print("INSERT INTO workspaces (%s) VALUES (%s);\n" % (columns, ", ".join(values)))


def main():
    auth = sys.argv[1:2] == ["auth"]
    arguments = sys.argv[2:] if auth else sys.argv[1:]
    if arguments and arguments[0].startswith("postgresql"):
        return of_postgresql(arguments[0], auth)
    with tempfile.TemporaryDirectory() as folder:
        path = arguments[0] if arguments else os.path.join(folder, "reference.db")
        if auth and not arguments:
            auth_created_by_mlflow("sqlite:///" + path)
        elif not arguments:
            created_by_mlflow(folder)
        db = sqlite3.connect(path)
        (revision,) = db.execute("SELECT version_num FROM " + versions(auth)).fetchone()
        rows = db.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
            " ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name"
        ).fetchall()
        print("-- MLflow's schema at revision %s, as its own migrations leave it in SQLite." % revision)
        for kind, name, sql in rows:
            print(statement(kind, name, sql) + ";\n")
        print_rows(revision, lambda sql: db.execute(sql).fetchall(), auth)


if __name__ == "__main__":
    main()
