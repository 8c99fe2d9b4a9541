"""`mlops server db upgrade` leaves what `mlflow db upgrade` leaves: the same tables, the same rows."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import older
from test_schema import described

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reliability"))
import places  # noqa: E402 - the folder must be on the path first

# Where MLflow 2.10, 2.17, 3.0, 3.5, 3.8 and 3.10 leave a database; UPGRADE_ALL=1 takes every revision since.
RELEASES = ("acf3f17fdcc7", "f5a4f2784254", "6953534de441", "bf29a5ff90ea", "b7c8d9e0f1a2", "1b5f0d9ad7c1")
NOW = ("jobs", "last_update_time")  # jobs that are cancelled meanwhile


def revisions():
    return older.revisions() if os.environ.get("UPGRADE_ALL") else RELEASES


def upgraded(uri, *options):
    command = ["mlops", "server", "db", "upgrade", uri, *options]
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode:
        raise AssertionError(ended.stderr)
    return ended.stdout


def dump(file):
    with contextlib.closing(sqlite3.connect(file)) as db:
        return list(db.iterdump())


def rows(tables, select):
    found = {}
    for table, columns in tables.items():
        kept = [c for c in columns if (table, c) != NOW]
        found[table] = sorted(map(repr, select('SELECT "%s" FROM "%s"' % ('", "'.join(kept), table))))
    return found


def flat(found):
    return [repr((name, part)) for name, parts in found.items() if isinstance(parts, list) for part in parts]


def apart(theirs, ours):
    """What only one of them has."""
    return sorted(set(theirs) - set(ours)), sorted(set(ours) - set(theirs))


class UpgradeTest(unittest.TestCase):
    maxDiff = None

    def test_sqlite(self):
        for revision in revisions():
            with self.subTest(revision), tempfile.TemporaryDirectory() as folder:
                theirs, ours = folder + "/theirs.db", folder + "/ours.db"
                older.make("sqlite:///" + theirs, revision)
                shutil.copy(theirs, ours)
                self.dry("sqlite:///" + ours, lambda: dump(ours))
                upgraded("sqlite:///" + ours)
                older.upgrade("sqlite:///" + theirs)
                with contextlib.closing(sqlite3.connect(theirs)) as a, contextlib.closing(sqlite3.connect(ours)) as b:
                    self.assertEqual(*apart(flat(described(a)), flat(described(b))))
                    tables = {t: [c[1] for c in d[0]] for t, d in described(a).items() if isinstance(d, list)}
                    self.assertEqual(*apart(flat(rows(tables, a.execute)), flat(rows(tables, b.execute))))

    @unittest.skipUnless(places.has_postgresql(), "no PostgreSQL on this machine")
    def test_postgresql(self):
        with places.postgres_server() as server:
            for revision in revisions():
                with self.subTest(revision):
                    theirs = server.create("theirs_" + revision)
                    older.make(theirs, revision)
                    ours = server.create("ours_" + revision, "theirs_" + revision)
                    self.dry(ours, lambda: older.dump(ours))  # noqa: B023 - called at once
                    upgraded(ours)
                    older.upgrade(theirs)
                    self.assertEqual(*apart(older.described(theirs), older.described(ours)))
                    self.assertEqual(*apart(flat(older.rows(theirs, NOW)), flat(older.rows(ours, NOW))))

    def dry(self, uri, content):
        before = content()
        self.assertIn("Nothing was changed", upgraded(uri, "--dry-run"))
        self.assertEqual(before, content())

    def test_newest_stays(self):
        with tempfile.TemporaryDirectory() as folder:
            uri = "sqlite:///" + folder + "/new.db"
            older.make(uri, "heads")
            self.assertIn("is the newest; nothing to do", upgraded(uri))


if __name__ == "__main__":
    unittest.main()
