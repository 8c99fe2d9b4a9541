"""Users and permissions of the real `mlflow server --app-name basic-auth`, opened by ours and by it again: the same people get in
with the same passwords, and every call is decided the same, with what searches show of it."""

import json
import tempfile
import unittest

import users
from servers import mlflow_server, mlops_server

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


if __name__ == "__main__":
    unittest.main()
