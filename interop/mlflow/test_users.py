"""Users and permissions of the real `mlflow server --app-name basic-auth`, opened by ours and by it again: the same people get in
with the same passwords, and every call is decided the same, with what searches show of it."""

import json
import shutil
import sqlite3
import tempfile
import unittest
from contextlib import closing

import sqlalchemy
from alembic import command
from mlflow.server.auth.db.utils import _get_alembic_config
from mlflow.server.auth.sqlalchemy_store import SqlAlchemyStore
from werkzeug.security import generate_password_hash

import users
from servers import ALL, mlflow_server, mlops_server

# How MLflow 2.5 to 3.11 left their users, before grants became permissions of roles.
OLDER = ("8606fa83a998", "0965eb92f5f0", "a1b2c3d4e5f6", "2ed73881770d", "c3d4e5f6a7b8", "e5f6a7b8c9d0")
# Who is there after `users.more`; eve has a new password.
AFTER = ("bob", "kim", "lee", "new")
TIMES = ("last_update_time", "last_updated_timestamp")


def facts(thing):
    """Without times, and lists of tags and grants in one order, which nobody promised."""
    if isinstance(thing, dict):
        return {key: facts(value) for key, value in thing.items() if key not in TIMES}
    if isinstance(thing, (list, tuple)):
        found = [facts(each) for each in thing]
        keyed = found and isinstance(found[0], dict) and {"key", "permission"} & found[0].keys()
        return sorted(found, key=lambda each: json.dumps(each, sort_keys=True)) if keyed else found
    return thing


class UsersTest(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory())

    def theirs(self, everybody):
        return mlflow_server(self.folder, "--app-name", "basic-auth", environment=users.environment(self.folder, everybody))

    def ours(self, everybody, folder=None):
        folder = folder or self.folder
        return mlops_server(folder, "--app-name", "basic-auth", environment=users.environment(folder, everybody))

    def assert_same(self, real, ours):
        self.assertEqual(real.keys(), ours.keys())
        apart = [(line, real[line], ours[line]) for line in real if facts(real[line]) != facts(ours[line])]
        text = "\n".join("%s\n  real: %.500r\n  ours: %.500r" % each for each in apart[:40])
        self.assertEqual([], apart, "%d of %d\n%s" % (len(apart), len(real), text))

    def test_what_the_real_server_keeps_ours_decides_the_same_and_back(self):
        with self.theirs("NO_PERMISSIONS") as address:
            ids = users.fill(address)
            real = users.decided(address, ids)
        with self.ours("NO_PERMISSIONS") as address:
            self.assert_same(real, users.decided(address, ids))
            users.more(address, ids)
        with self.ours("READ") as address:
            ours = users.decided(address, ids, AFTER)
        with self.theirs("READ") as address:
            self.assert_same(users.decided(address, ids, AFTER), ours)
        if ALL:
            self.older(ids)

    def older(self, ids):
        """Ours on what older releases left decides as on what the real migrations make of it, changes no revision, and what it
        grants there is taken over."""
        for revision in OLDER:
            with self.subTest(revision), tempfile.TemporaryDirectory() as old, tempfile.TemporaryDirectory() as new:
                for folder in (old, new):
                    shutil.copytree(self.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("basic_auth.db*"))
                self.make(old, revision, ids)
                shutil.copy(old + "/basic_auth.db", new)
                self.upgrade(new)
                with self.ours("READ", old) as here, self.ours("READ", new) as there:
                    self.assert_same(*(self.of_old(server, ids, ("ada", "bob", "eve")) for server in (there, here)))
                    self.granted(here, ids)
                    self.granted(there, ids)
                self.assertEqual(revision, self.revision(old))
                self.upgrade(old)
                with self.ours("READ", old) as here, self.ours("READ", new) as there:
                    self.assert_same(*(self.of_old(server, ids, ("bob", "new")) for server in (there, here)))

    @staticmethod
    def uri(folder):
        return "sqlite:///%s/basic_auth.db" % folder

    def make(self, folder, revision, ids):
        engine = sqlalchemy.create_engine(self.uri(folder))
        config = _get_alembic_config(self.uri(folder))
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
        with engine.begin() as connection:
            metadata = sqlalchemy.MetaData()
            metadata.reflect(connection)
            for name, row in self.rows(ids):
                connection.execute(metadata.tables[name].insert().values(**row))
        engine.dispose()

    @staticmethod
    def rows(ids):
        # The ways in which the releases hashed passwords.
        for number, (name, method) in enumerate(
            ((users.ADMIN, "scrypt"), ("ada", "pbkdf2:sha256:260000"), ("bob", "pbkdf2:sha256:600000"), ("eve", "scrypt:32768:8:1"))
        ):
            word = generate_password_hash(users.password(name), method)
            yield "users", {"id": number + 1, "username": name, "password_hash": word, "is_admin": number == 0}
        yield "experiment_permissions", {"experiment_id": ids["e1"], "user_id": 2, "permission": "MANAGE"}
        yield "experiment_permissions", {"experiment_id": ids["e0"], "user_id": 3, "permission": "EDIT"}
        yield "experiment_permissions", {"experiment_id": ids["e2"], "user_id": 3, "permission": "READ"}
        yield "registered_model_permissions", {"name": "m1", "user_id": 2, "permission": "MANAGE"}
        yield "registered_model_permissions", {"name": "m0", "user_id": 3, "permission": "EDIT"}

    @staticmethod
    def upgrade(folder):
        store = SqlAlchemyStore()
        store.init_db(UsersTest.uri(folder))
        store.engine.dispose()

    @staticmethod
    def revision(folder):
        with closing(sqlite3.connect(folder + "/basic_auth.db")) as db:
            return db.execute("SELECT version_num FROM alembic_version_auth").fetchone()[0]

    @staticmethod
    def granted(server, ids):
        with users.administering(server) as client:
            client.create_user("new", users.password("new"))
            client.grant_user_permission("new", "experiment", ids["e2"], "EDIT")
            client.grant_user_permission("bob", "registered_model", "m2", "MANAGE")
            client.update_user_password("eve", users.password("eve") + "!")
            client.delete_user("ada")

    @staticmethod
    def of_old(server, ids, people):
        """Calls about things, since an old database has no roles that could be listed."""
        about = ("/users/", "/roles/")
        return users.decided(server, ids, people, lambda path: not any(word in path for word in about))


if __name__ == "__main__":
    unittest.main()
