"""The schema that we create is the one that the installed mlflow creates."""

import glob
import os
import sqlite3
import tempfile
import unittest

import schema

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OURS = ROOT + "/tracking/src/main/resources/io/mlopscore/tracking/sql/sqlite-*.sql"


def described(db):
    """Every table with its columns, keys and indexes; every index and trigger by name."""
    found = {}
    for kind, name in db.execute("SELECT type, name FROM sqlite_master").fetchall():
        found[name] = kind
        if kind == "table":
            found[name] = [
                db.execute('PRAGMA table_xinfo("%s")' % name).fetchall(),
                sorted(map(str, db.execute('PRAGMA foreign_key_list("%s")' % name))),
                sorted(str(row[1:]) for row in db.execute('PRAGMA index_list("%s")' % name)),
            ]
    return found


class SchemaTest(unittest.TestCase):
    def test_tables_columns_keys_and_revision_are_equal(self):
        ours = sqlite3.connect(":memory:")
        with open(max(glob.glob(OURS))) as file:
            ours.executescript(file.read())
        with tempfile.TemporaryDirectory() as folder:
            real = sqlite3.connect(schema.created_by_mlflow(folder))
            self.maxDiff = None
            self.assertEqual(described(real), described(ours))
            head = "SELECT version_num FROM alembic_version"
            self.assertEqual(real.execute(head).fetchall(), ours.execute(head).fetchall())


if __name__ == "__main__":
    unittest.main()
