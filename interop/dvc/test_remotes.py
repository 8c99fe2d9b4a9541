"""What one tool pushes the other pulls, whatever the remote; and both mean the same by its state."""

import getpass
import json
import os
import shutil
import subprocess
import tempfile
import unittest

import forked
from repo import TOOLS, Repo, other, thorough
from servers import Gcs, Moto, Refusing, Sshd, Web, free_port


class RemoteTest(Repo):
    """A repository with data and stages, and a remote of the kind that a class is about."""

    def setUp(self):
        super().setUp()
        self.store = self.root.parent / "store"
        self.options()

    def options(self):
        self.call("dvc", "remote", "add", "-q", "-d", "r", str(self.store))

    def data(self, tool):
        self.write("d/s/1", "1\n")
        self.write("d/s/22", "2\n")
        self.write("d/é 𝄞.txt", "x\n")
        self.write("f", "f\n")
        self.call(tool, "add", "d", "f")

    def run_entries(self):
        return [name for name in self.objects() if name.startswith("runs/")]

    def lose(self, *paths):
        for path in paths:
            target = self.root / path
            if target.is_dir():
                shutil.rmtree(target)
            else:
                target.unlink()

    def both(self, case):
        for tool in ("mlops", "dvc"):
            with self.subTest(pushed_by=tool):
                case(tool)
                self.doCleanups()
                self.setUp()


class DirectoryRemote(RemoteTest):
    def test_what_one_pushes_the_other_pulls(self):
        def case(tool):
            self.data(tool)
            before = self.objects()
            self.assertIn("5 files pushed", self.call(tool, "push"))
            for reader in (tool, other(tool)):
                self.assertIn("Everything is up to date.", self.call(reader, "push"))
                self.assertIn("Cache and remote 'r' are in sync.", self.call(reader, "status", "-c"))
            self.lose("d", "f", ".dvc/cache")
            self.assertIn("5 files fetched", self.call(other(tool), "pull"))
            self.assertEqual(before, self.objects())
            self.assertEqual({0o444}, self.modes())
            self.assertClean("dvc")
            self.assertClean("mlops")

        self.both(case)

    def test_what_came_is_counted_alike(self):
        said = set()
        for tool in ("dvc", "mlops"):
            self.data("dvc")
            self.call("dvc", "push")
            self.lose("d", "f", ".dvc/cache")
            first = self.call(tool, "pull")
            self.lose("d/s/1")
            self.write("d/s/new", "not added\n")
            said.add(first + self.call(tool, "pull", "--force"))
            self.doCleanups()
            self.setUp()
        self.assertEqual(1, len(said), said)

    def modes(self):
        cache = self.root / ".dvc/cache/files"
        return {f.stat().st_mode & 0o777 for f in cache.rglob("*") if f.is_file()}

    def test_the_run_cache_goes_along(self):
        def case(tool):
            self.chain()
            self.call(tool, "repro")
            self.call(tool, "push", "--run-cache")
            runs = self.run_entries()
            self.lose(".dvc/cache", "data", "model.bin")
            self.call(other(tool), "pull", "--run-cache")
            self.assertEqual(runs, self.run_entries())
            self.assertEqual(3, len(runs))
            self.assertIn("didn't change, skipping", self.call(other(tool), "repro"))

        self.both(case)

    def test_a_lost_file_is_named_and_the_rest_arrives(self):
        for tool in ("dvc", "mlops"):
            with self.subTest(tool):
                self.data("dvc")
                self.call("dvc", "push")
                lost = "files/md5/26/ab0db90d72e28ad0ba1e22ee510510"
                (self.store / lost).unlink()
                self.lose("d", "f", ".dvc/cache")
                said = self.call(tool, "pull", code=1)
                self.assertIn("26ab0db90d72e28ad0ba1e22ee510510", said)
                self.assertTrue((self.root / ".dvc/cache/files/md5/b0").exists())
                self.doCleanups()
                self.setUp()

    def test_a_damaged_object_among_many_is_fetched(self):
        for number in range(10_001):  # so many that their objects are not looked at one by one
            self.write(f"many/{number}", f"{number}\n")
        self.call("mlops", "add", "many")
        self.call("mlops", "push")
        self.call("mlops", "pull")
        (damaged,) = (f for f in (self.root / ".dvc/cache/files").rglob("*") if f.is_file() and f.read_bytes() == b"7\n")
        damaged.chmod(0o644)
        damaged.write_text("8\n")
        self.lose("many/7")
        self.assertIn("1 file fetched and 1 file added", self.call("mlops", "pull"))
        self.assertEqual("7\n", self.read("many/7"))
        self.assertClean("mlops")

    def test_a_lost_file_is_pushed_again(self):
        self.data("dvc")
        self.call("dvc", "push")
        lost = self.store / "files/md5/26/ab0db90d72e28ad0ba1e22ee510510"
        lost.unlink()
        self.assertIn("1 file pushed", self.call("mlops", "push"))
        self.lose("d", "f", ".dvc/cache")
        self.call("dvc", "pull")
        self.assertClean("dvc")

    def test_a_missing_file_holds_the_listing_back(self):
        def case(tool):
            self.data(tool)
            (self.root / ".dvc/cache/files/md5/26/ab0db90d72e28ad0ba1e22ee510510").unlink()
            said = self.call(tool, "push")
            self.assertIn("Some of the cache files do not exist neither locally nor on remote", said)
            self.assertFalse(list(self.store.rglob("*.dir")))
            state = json.loads(self.call(other(tool), "status", "-c", "--json"))
            self.assertEqual({"d": "new", "d/s/22": "missing"}, state)
            self.assertEqual(state, json.loads(self.call(tool, "status", "-c", "--json")))

        self.both(case)

    def test_a_part_of_a_directory_is_pulled(self):
        def case(tool):
            self.data("dvc")
            self.call("dvc", "push")
            self.lose("d", "f", ".dvc/cache")
            self.call(tool, "fetch", "d/s/22")
            got = [name for name in self.objects() if not name.endswith(".dir")]
            self.assertEqual(["files/md5/26/ab0db90d72e28ad0ba1e22ee510510"], got)

        self.both(case)

    def test_outputs_go_to_their_own_remote_and_may_stay_here(self):
        def case(tool):
            self.data("dvc")
            self.call("dvc", "remote", "add", "-q", "q", str(self.root.parent / "own"))
            for file, line in (("f.dvc", "  remote: q\n"), ("d.dvc", "  push: false\n")):
                self.write(file, self.read(file) + line)
            self.assertIn("1 file pushed", self.call(tool, "push"))
            self.assertFalse(self.store.exists())
            self.assertEqual(1, len(list((self.root.parent / "own").rglob("9a/*"))))

        self.both(case)

    def test_what_branches_and_commits_have_is_pushed(self):
        def case(tool):
            self.data("dvc")
            self.call("git", "add", "-A")
            self.call("git", "-c", "user.name=n", "-c", "user.email=e@x", "commit", "-qm", "1")
            self.write("f", "other\n")
            self.call("dvc", "add", "-q", "f")
            said = self.call(tool, "push", "-A")
            self.assertIn("6 files pushed", said)
            self.lose(".dvc/cache")
            self.assertIn("6 files fetched", self.call(other(tool), "fetch", "-a"))
            self.assertEqual({}, json.loads(self.call(other(tool), "status", "-c", "-A", "--json")))

        self.both(case)

    def test_failures_end_alike(self):
        self.data("dvc")
        for command in (
            ["push", "nope"],
            ["fetch", "-r", "nope"],
            ["pull", "nope"],
            ["status", "-c", "-r", "nope"],
            ["status", "-c", "nope"],
        ):
            for tool in ("dvc", "mlops"):
                with self.subTest(tool=tool, command=command):
                    self.call(tool, *command, code=1)


class NoRemote(Repo):
    def test_a_push_needs_a_remote_though_there_is_no_data_yet(self):
        for tool in ("dvc", "mlops"):
            for command in (("pull",), ("fetch",), ("status", "-c")):
                self.call(tool, *command)
            for command in (("push",), ("push", "--run-cache")):
                self.assertIn("no remote specified", self.call(tool, *command, code=1))
            self.assertIn("'nope' doesn't exist", self.call(tool, "push", "-r", "nope", code=1))

    def test_fetching_without_a_remote_is_no_failure_but_data_that_is_not_there_is(self):
        self.write("f", "1\n")
        self.call("dvc", "add", "-q", "f")
        fetches = (("fetch",), ("fetch", "f.dvc"), ("fetch", "--run-cache"))
        for tool in ("dvc", "mlops"):
            for command in (("pull",), ("pull", "--run-cache"), *fetches):
                self.assertIn("No remote provided and no default remote set", self.call(tool, *command))
        (self.root / "f").unlink()
        for tool in ("dvc", "mlops"):
            self.call(tool, "pull")
            self.assertEqual("1\n", self.read("f"))
            (self.root / "f").unlink()
        shutil.rmtree(self.root / ".dvc" / "cache")
        for tool in ("dvc", "mlops"):
            for command in fetches:
                self.call(tool, *command)
            self.call(tool, "pull", code=1)
            self.call(tool, "pull", "--allow-missing")


class Cloud:
    """What a folder in a bucket does as a remote. A class of a cloud has a server for all tests, each of which begins
    with a bucket of its own."""

    buckets = 0

    def options(self):
        type(self).buckets += 1
        self.bucket = f"bucket-{self.buckets}"
        self.server.bucket(self.bucket)
        self.settings()

    def test_what_one_pushes_the_other_pulls(self):
        def case(tool):
            self.data("dvc")
            before = self.objects()
            self.assertIn("5 files pushed", self.call(tool, "push"))
            keys = self.server.keys(self.bucket)
            self.assertEqual([f"some/folder/{name}" for name in before], keys)
            self.assertIn("Everything is up to date.", self.call(other(tool), "push"))
            self.lose("d", "f", ".dvc/cache")
            self.call(other(tool), "pull")
            self.assertEqual(before, self.objects())
            self.assertClean("mlops")

        self.both(case)

    def test_stages_read_from_it(self):
        def put(name):
            self.server.put(self.bucket, f"some/folder/{name}", f"{name}\n".encode())

        for name in ("x", "d/a", "d/b/c"):
            put(name)
        self.write(
            "dvc.yaml", "stages: {s: {cmd: echo > o, deps: ['remote://r/x', 'remote://r/d'], outs: [o]}}\n"
        )
        locked = {}
        for tool in ("dvc", "mlops"):
            self.call(tool, "repro", "--force")
            locked[tool] = self.read("dvc.lock")
            self.assertClean(other(tool))
        self.assertEqual(locked["dvc"], locked["mlops"])
        put("d/new")
        for tool in ("dvc", "mlops"):
            said = json.loads(self.call(tool, "status", "--json"))
            self.assertEqual({"s": [{"changed deps": {"remote://r/d": "modified"}}]}, said)

    def test_the_run_cache_goes_along(self):
        self.chain()
        self.call("mlops", "repro")
        self.call("mlops", "push", "--run-cache")
        runs = self.run_entries()
        self.lose(".dvc/cache", "data", "model.bin")
        self.call("dvc", "pull", "--run-cache")
        self.assertEqual(runs, self.run_entries())


PUT = """\
import sys
import urllib.request

url, file = sys.argv[1:]
with open(file, "rb") as content:
    request = urllib.request.Request(url, content.read(), %r, method="PUT")
urllib.request.urlopen(request, timeout=10).close()
""" % Moto.SOMEBODY


class S3Remote(Cloud, RemoteTest):
    @classmethod
    def setUpClass(cls):
        cls.server = Moto()
        cls.addClassCleanup(cls.server.close)

    def settings(self):
        self.call("dvc", "remote", "add", "-q", "-d", "r", f"s3://{self.bucket}/some/folder")
        self.call("dvc", "remote", "modify", "-q", "r", "endpointurl", self.server.url)
        self.call("dvc", "remote", "modify", "-q", "--local", "r", "access_key_id", "somebody")
        self.call("dvc", "remote", "modify", "-q", "--local", "r", "secret_access_key", "secret")

    def test_stages_write_to_it(self):
        self.write("put.py", PUT)
        url = f"{self.server.url}/{self.bucket}/some/folder"
        put = f"python3 put.py {url}"
        self.write("in", "one\n")
        self.write(
            "dvc.yaml",
            f"""\
stages:
  reads:
    cmd: cp in read
    deps: [remote://r/d/x]
    outs: [read]
  folder:
    cmd: {put}/d/x in && {put}/d/y/z in
    deps: [in]
    outs:
    - {{'remote://r/d': {{cache: false}}}}
  file:
    cmd: {put}/f in
    deps: [in]
    outs:
    - {{'remote://r/f': {{cache: false}}}}
    - {{'remote://r/kept': {{cache: false, persist: true}}}}
""",
        )
        self.server.put(self.bucket, "some/folder/kept", b"kept\n")
        locked = {}
        for tool in TOOLS:
            with self.subTest(tool=tool):
                self.server.put(self.bucket, "some/folder/d/left", b"left\n")
                self.call(tool, "repro", "--force")
                locked[tool] = self.read("dvc.lock")
                self.assertEqual(
                    [f"some/folder/{name}" for name in ("d/x", "d/y/z", "f", "kept")],
                    self.server.keys(self.bucket),
                )
                self.assertClean(other(tool))
                self.server.put(self.bucket, "some/folder/d/new", b"new\n")
                self.server.put(self.bucket, "some/folder/f", b"changed\n")
                said = [json.loads(self.call(each, "status", "--json")) for each in TOOLS]
                self.assertEqual(*said)
                self.assertEqual({"changed outs": {"remote://r/f": "modified"}}, said[0]["file"][0])
                self.call(tool, "commit", "-f", "file")
                self.assertEqual(["folder"], list(json.loads(self.call(other(tool), "status", "--json"))))
        self.assertEqual(locked["dvc"], locked["mlops"])

    def test_stages_that_write_to_it_are_added_and_removed_alike(self):
        written = {}
        for tool in TOOLS:
            self.call(tool, "stage", "add", "-n", "s", "-O", "remote://r/s", "--outs-persist-no-cache", "remote://r/p", "echo")
            self.call(tool, "stage", "add", "-n", "t", "-o", "remote://r/t", "echo", code=255)
            written[tool] = self.read("dvc.yaml")
            for name in ("s", "p"):
                self.server.put(self.bucket, f"some/folder/{name}", b"x\n")
            self.call(tool, "commit", "-f")
            written[tool] += self.read("dvc.lock")
            self.call(tool, "remove", "--outs", "s")
            self.assertEqual([], self.server.keys(self.bucket))
        self.assertEqual(written["dvc"], written["mlops"])


class GcsRemote(Cloud, RemoteTest):
    @classmethod
    def setUpClass(cls):
        cls.server = Gcs()
        cls.addClassCleanup(cls.server.close)

    def settings(self):
        # gcsfs asks Google itself over gRPC what kind of bucket it is, and waits for minutes where that is out of reach.
        self.env["GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT"] = "false"
        self.call("dvc", "remote", "add", "-q", "-d", "r", f"gs://{self.bucket}/some/folder")
        self.call("dvc", "remote", "modify", "-q", "r", "endpointurl", self.server.url)
        self.call("dvc", "remote", "modify", "-q", "r", "allow_anonymous_login", "true")

    @thorough
    def test_garbage_goes_and_damage_is_put_right(self):
        self.data("dvc")
        self.call("dvc", "push")
        self.write("f", "other\n")
        self.call("dvc", "add", "-q", "f")
        before = self.server.keys(self.bucket)
        self.call("mlops", "gc", "-w", "-c", "-f", "--older-than", "1d")
        self.assertEqual(before, self.server.keys(self.bucket))
        self.call("mlops", "gc", "-w", "-c", "-f")
        self.assertEqual(len(before) - 1, len(self.server.keys(self.bucket)))
        self.assertIn("1 file pushed", self.call("dvc", "push"))
        self.call("mlops", "fsck", "-c")

    @thorough
    def test_data_comes_from_a_url(self):
        self.data("dvc")
        self.call("dvc", "push")
        key = self.server.keys(self.bucket)[0]
        said = {}
        for tool in ("dvc", "mlops"):
            options = ["--fs-config", f"endpointurl={self.server.url}"]
            options += ["--fs-config", "allow_anonymous_login=true"]
            self.call(tool, "import-url", f"gs://{self.bucket}/{key}", "got", *options)
            said[tool] = self.read("got.dvc")
            self.call(tool, "remove", "got.dvc", "--outs")
        self.assertEqual(said["dvc"], said["mlops"])


@unittest.skipUnless(os.access(Sshd.PROGRAM, os.X_OK), "no sshd; on Debian: apt-get install openssh-server")
class SshRemote(RemoteTest):
    """Both tools over SFTP; dvc takes any host, ours those it knows."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="interop-sshd-")
        cls.addClassCleanup(folder.cleanup)
        cls.server = Sshd(f"{folder.name}/sshd")
        cls.addClassCleanup(cls.server.close)

    def options(self):
        home = self.root.parent / "home/.ssh"
        home.mkdir()
        (home / "known_hosts").write_text(self.server.known)
        self.url = f"ssh://{getpass.getuser()}@127.0.0.1:{self.server.port}{self.store}"
        self.call("dvc", "remote", "add", "-q", "-d", "r", self.url)
        self.call("dvc", "remote", "modify", "-q", "--local", "r", "keyfile", str(self.server.key))
        self.call("dvc", "remote", "modify", "-q", "r", "allow_agent", "false")

    def stored(self):
        return sorted(str(f.relative_to(self.store)) for f in self.store.rglob("*") if f.is_file())

    def test_what_one_pushes_the_other_pulls(self):
        def case(tool):
            self.data(tool)
            before = self.objects()
            self.assertIn("5 files pushed", self.call(tool, "push"))
            self.assertEqual(before, self.stored())
            for reader in (tool, other(tool)):
                self.assertIn("Everything is up to date.", self.call(reader, "push"))
                self.assertIn("Cache and remote 'r' are in sync.", self.call(reader, "status", "-c"))
            self.lose("d", "f", ".dvc/cache")
            self.assertIn("5 files fetched", self.call(other(tool), "pull"))
            self.assertEqual(before, self.objects())
            self.assertClean("dvc")
            self.assertClean("mlops")

        self.both(case)

    @thorough
    def test_the_run_cache_goes_along(self):
        self.chain()
        self.call("mlops", "repro")
        self.call("mlops", "push", "--run-cache")
        runs = self.run_entries()
        self.lose(".dvc/cache", "data", "model.bin")
        self.call("dvc", "pull", "--run-cache")
        self.assertEqual(runs, self.run_entries())

    def test_data_comes_from_a_url(self):
        (self.root.parent / "source/s").mkdir(parents=True)
        (self.root.parent / "source/s/b").write_text("b\n")
        base = self.url.removesuffix(str(self.store)) + str(self.root.parent / "source")
        for url in (f"{base}/s/b", base):
            said = {}
            for tool in ("dvc", "mlops"):
                self.call(tool, "import-url", url, "got", "--fs-config", f"keyfile={self.server.key}")
                said[tool] = self.read("got.dvc")
                self.call(tool, "remove", "got.dvc", "--outs")
            self.assertEqual(said["dvc"], said["mlops"])

    @thorough
    def test_garbage_goes_and_damage_is_found(self):
        self.data("dvc")
        self.call("mlops", "push")
        before = self.stored()
        self.write("f", "other\n")
        self.call("dvc", "add", "-q", "f")
        self.call("mlops", "gc", "-w", "-c", "-f")
        self.assertEqual(len(before) - 1, len(self.stored()))
        self.assertIn("1 file pushed", self.call("dvc", "push"))
        self.call("mlops", "fsck", "-c")

    def test_a_host_that_is_not_known_is_refused(self):
        (self.root.parent / "home/.ssh/known_hosts").unlink()
        self.data("dvc")
        self.assertIn("accept-new", self.call("mlops", "push", code=255))
        (self.root.parent / "home/.ssh/config").write_text("Host *\n  StrictHostKeyChecking accept-new\n")
        self.call("mlops", "push")
        self.assertIn(f"[127.0.0.1]:{self.server.port}", (self.root.parent / "home/.ssh/known_hosts").read_text())


class DyingRemote(RemoteTest):
    """The server is gone after two objects: who moved data says so, and the next command goes on."""

    def options(self):
        self.store.mkdir(exist_ok=True)
        self.server = Web(self.store)
        self.addCleanup(self.server.close)
        self.call("dvc", "remote", "add", "-q", "-d", "r", self.server.url)

    def test_in_a_push(self):
        self.data("dvc")
        before = self.objects()
        self.server.lives = 2
        said = self.call("mlops", "push", code=1)
        self.assertRegex(said, r"d/s/1|d/s/22|d/é|f")
        self.assertRegex(said, r"files? failed to upload")
        self.assertFalse(list(self.store.rglob("*.dir")))
        self.server.lives = None
        self.call("mlops", "fsck")
        self.assertRegex(self.call("dvc", "push"), r"[34] files pushed")
        self.lose("d", "f", ".dvc/cache")
        self.call("mlops", "pull")
        self.assertEqual(before, self.objects())

    def test_in_a_pull(self):
        self.data("dvc")
        before = self.objects()
        self.call("dvc", "push")
        self.lose("d", "f", ".dvc/cache")
        self.server.lives = 2
        said = self.call("mlops", "pull", code=1)
        self.assertRegex(said, r"files? failed to download|failed to fetch|[Ff]ailed")
        self.server.lives = None
        got = set(self.objects())
        self.assertLess(got, set(before))
        self.call("dvc", "pull")
        self.assertEqual(before, self.objects())
        self.assertClean("mlops")


@thorough
class ClosedRemote(RemoteTest):
    """Nobody listens, or the login is refused: both tools end alike, ours says where, and nothing is half there."""

    def settings(self, **settings):
        lines = "".join(f"    {key} = {value}\n" for key, value in settings.items())
        self.write(".dvc/config", f"[core]\n    remote = r\n['remote \"r\"']\n{lines}")

    def ends(self, *commands):
        """The exit codes of both tools, and what ours said."""
        codes, said = {"dvc": [], "mlops": []}, []
        for tool, ended in codes.items():
            for command in commands:
                code, text = forked.dvc(command, self.root, self.env) if tool == "dvc" else self.ours(command)
                ended.append(code)
                said += [text] if tool == "mlops" else []
        return codes, said

    def ours(self, command):
        done = subprocess.run(["mlops", *command], cwd=self.root, env=self.env, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def assert_alike(self, names):
        self.data("dvc")
        pushing, said = self.ends(["push"], ["status", "-c"])
        self.assertEqual(pushing["dvc"], pushing["mlops"])
        self.lose("d", "f", ".dvc/cache")
        pulling, more = self.ends(["fetch"], ["pull"])
        self.assertEqual(pulling["dvc"], pulling["mlops"])
        for text in said + more:
            self.assertIn(names, text)
        self.assertFalse(self.objects())
        self.assertFalse((self.root / "d").exists() or (self.root / "f").exists())

    def refusing(self, kind):
        server = Refusing(kind)
        self.addCleanup(server.close)
        return server.url

    def test_s3_that_refuses_the_login(self):
        self.settings(
            url="s3://b/x", endpointurl=self.refusing("s3"), access_key_id="me", secret_access_key="s"
        )
        self.assert_alike("403")

    def test_s3_that_is_down(self):
        url = f"http://127.0.0.1:{free_port()}"
        self.settings(url="s3://b/x", endpointurl=url, access_key_id="me", secret_access_key="s")
        self.assert_alike(url)

    def test_cloud_storage_that_refuses_the_login(self):
        self.settings(url="gs://b/x", endpointurl=self.refusing("gs"), allow_anonymous_login="true")
        self.assert_alike("401")

    def test_a_login_by_digest(self):
        """dvc knows the word and does not do it."""
        self.settings(url=self.refusing("http"), auth="digest", user="me", password="s")
        self.data("dvc")
        ended, said = self.ends(["push"], ["fetch"])
        self.assertNotIn(0, ended["dvc"] + ended["mlops"])
        self.assertIn("'auth' is 'digest'", said[0])


class WebRemote(RemoteTest):
    def options(self):
        self.store.mkdir()
        self.server = Web(self.store)
        self.addCleanup(self.server.close)
        self.call("dvc", "remote", "add", "-q", "-d", "r", self.server.url)

    def test_what_one_pushes_the_other_pulls(self):
        def case(tool):
            self.data("dvc")
            before = self.objects()
            self.assertIn("5 files pushed", self.call(tool, "push"))
            self.assertIn("Everything is up to date.", self.call(other(tool), "push"))
            self.lose("d", "f", ".dvc/cache")
            self.call(other(tool), "pull")
            self.assertEqual(before, self.objects())

        self.both(case)

    @thorough
    def test_a_server_that_is_gone(self):
        self.data("dvc")
        self.server.close()
        for tool in ("dvc", "mlops"):
            self.assertIn("failed to upload", self.call(tool, "push", code=1))
