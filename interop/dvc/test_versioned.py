"""Cloud versioned remotes: both tools record the same versions, and get what is recorded by either."""

import re
import shutil

from repo import CLEAN, TOOLS, Repo, other, thorough
from servers import Moto

PIPELINE = """\
stages:
  make:
    cmd: mkdir -p out && cp f.txt out/f.txt && echo same > out/same.txt && echo m > m.txt
    deps: [data, f.txt]
    outs: [m.txt, out]
"""


class Versioned(Repo):
    buckets = 0

    @classmethod
    def setUpClass(cls):
        cls.server = Moto()
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        super().setUp()
        self.env.update(AWS_ACCESS_KEY_ID="somebody", AWS_SECRET_ACCESS_KEY="secret", AWS_DEFAULT_REGION="us-east-1")
        self.call("git", "config", "user.name", "interop")
        self.call("git", "config", "user.email", "interop@localhost")
        self.bucket = self.new_bucket()
        self.call("dvc", "remote", "add", "-q", "-d", "r", f"s3://{self.bucket}/some/folder")
        self.call("dvc", "remote", "modify", "-q", "r", "endpointurl", self.server.url)
        self.call("dvc", "remote", "modify", "-q", "r", "version_aware", "true")

    def new_bucket(self):
        Versioned.buckets += 1
        name = f"bucket-{Versioned.buckets}"
        self.server.bucket(name)
        self.server.keep_versions(name)
        return name

    def data(self):
        self.write("data/a.txt", "a\n")
        self.write("data/sub/é 𝄞.txt", "b\n")
        self.write("data/run.sh", "#!/bin/sh\n").chmod(0o755)
        self.write("f.txt", "f\n")
        self.write("dvc.yaml", PIPELINE)
        self.call("dvc", "add", "-q", "data", "f.txt")
        self.call("dvc", "repro", "-q")
        self.commit()

    def commit(self):
        self.call("git", "add", "-A")
        self.call("git", "commit", "-qm", "more")

    def changes(self):
        return self.call("git", "status", "--short")

    def clone(self, name):
        target = self.root.parent / name
        self.call("git", "clone", "-q", str(self.root), str(target))
        return target

    def assertSynced(self):
        """Nobody sees anything to do, nor changes a file."""
        for tool in TOOLS:
            self.assertIn("Everything is up to date.", self.call(tool, "push"))
        self.assertEqual("", self.changes())

    def test_both_record_the_same(self):
        self.data()
        copy = self.root.parent / "copy"
        shutil.copytree(self.root, copy, symlinks=True)
        config = copy / ".dvc/config"
        config.write_text(config.read_text().replace(self.bucket, self.new_bucket()))
        places = {"dvc": self.root, "mlops": copy}

        def both(*command):
            for tool, place in places.items():
                self.call(tool, *command, cwd=place)
            for name in ("data.dvc", "f.txt.dvc", "dvc.lock"):
                texts = [
                    re.sub(r"version_id: .*", "version_id: X", (place / name).read_text()) for place in places.values()
                ]
                self.assertEqual(*texts, f"{name} after {command}")

        def write(path, text):
            for place in places.values():
                (place / path).write_text(text)

        both("push")
        self.assertIn("version_id", self.read("dvc.lock"))
        both("add", "-q", "data", "f.txt")
        write("f.txt", "changed\n")
        write("data/a.txt", "changed too\n")
        write("data/new.txt", "new\n")
        for place in places.values():
            (place / "data/sub/é 𝄞.txt").unlink()
        both("add", "-q", "data", "f.txt")
        both("push")
        write("data/one.txt", "by itself\n")
        both("add", "-q", "data/one.txt")
        both("repro", "-q")
        both("push")

    def test_what_one_pushes_the_other_pulls(self):
        self.data()
        for tool in TOOLS:
            with self.subTest(pushed_by=tool):
                self.write("f.txt", f"by {tool}\n")
                self.write("data/new.txt", f"by {tool}\n")
                self.call(tool, "add", "-q", "data", "f.txt")
                self.call(tool, "repro", "-q")
                self.call(tool, "push", "-q")
                self.commit()
                self.assertSynced()
                clone = self.clone(f"of-{tool}")
                self.call(other(tool), "pull", "-q", cwd=clone)
                for name in ("f.txt", "data/new.txt", "data/sub/é 𝄞.txt", "out/f.txt"):
                    self.assertEqual(self.read(name), (clone / name).read_text(), name)
                for reader in TOOLS:
                    self.assertIn(CLEAN, self.call(reader, "status", cwd=clone))
                self.assertEqual("", self.call("git", "status", "--short", cwd=clone))

    def test_they_take_turns(self):
        self.data()
        self.call("dvc", "push", "-q")
        self.commit()
        self.assertSynced()
        self.write("data/a.txt", "second\n")
        self.call("dvc", "add", "-q", "data")
        self.call("mlops", "push")
        self.commit()
        self.write("data/new.txt", "third\n")
        self.call("mlops", "add", "-q", "data")
        self.call("dvc", "repro", "-q")
        self.call("mlops", "commit", "-qf")
        self.call("dvc", "push", "-q")
        self.commit()
        self.assertSynced()

    def test_earlier_commits_get_their_own_versions(self):
        self.data()
        self.call("mlops", "push", "-q")
        self.commit()
        self.write("data/a.txt", "second\n")
        self.call("mlops", "add", "-q", "data")
        self.call("mlops", "push", "-q")
        self.commit()
        clone = self.clone("by-dvc")
        self.call("git", "checkout", "-q", "HEAD~1", cwd=clone)
        self.call("dvc", "pull", "-q", cwd=clone)
        self.assertEqual("a\n", (clone / "data/a.txt").read_text())
        clone = self.clone("by-mlops")
        self.call("mlops", "fetch", "-A", cwd=clone)
        self.call("git", "checkout", "-q", "HEAD~1", cwd=clone)
        self.call("mlops", "checkout", "-q", cwd=clone)
        self.assertEqual("a\n", (clone / "data/a.txt").read_text())

    @thorough
    def test_other_repositories_get_and_import_it(self):
        self.data()
        self.call("mlops", "push", "-q")
        self.commit()
        source = str(self.clone("source"))  # has nothing in its cache
        config = self.root / ".dvc/config"
        config.write_text("")
        for tool in TOOLS:
            self.call(tool, "get", "-q", source, "out", "-o", f"got-{tool}")
            self.call(tool, "import", "-q", source, "data", "-o", "imported")
            self.write(f"{tool}.said", self.read("imported.dvc"))
            self.call(tool, "remove", "imported.dvc", "--outs")
            shutil.rmtree(self.root / ".dvc/cache")
        self.assertEqual("f\n", self.read("got-mlops/f.txt"))
        self.assertEqual(self.read("dvc.said"), self.read("mlops.said"))
        urls = [self.call(tool, "get", "--show-url", source, "f.txt") for tool in TOOLS]
        self.assertIn("?versionId=", urls[0])
        self.assertEqual(*urls)

    def test_what_does_not_go_with_versions(self):
        self.data()
        self.call("mlops", "push", "-q")
        self.assertIn("unsupported", self.call("dvc", "push", "-a", code=1))
        self.assertIn("cloud versioned", self.call("mlops", "push", "-a", code=1))
        self.assertIn("unsupported", self.call("dvc", "gc", "-c", "-w", "-f", code=251))
        self.assertIn("cloud versioned", self.call("mlops", "gc", "-c", "-w", "-f", code=251))
        # Ours tells here what it knows.
        self.assertIn("unsupported", self.call("dvc", "status", "-c", code=1))
        self.assertIn("in sync", self.call("mlops", "status", "-c"))
        # Nor does a bucket without versions, which gets nothing.
        self.server.bucket("plain-bucket")
        self.call("dvc", "remote", "modify", "-q", "r", "url", "s3://plain-bucket/x")
        before = self.read("data.dvc")
        self.assertIn("keeps no versions", self.call("mlops", "push", code=1))
        self.assertEqual([], self.server.keys("plain-bucket"))
        self.assertEqual(before, self.read("data.dvc"))

    @thorough
    def test_worktree(self):
        self.call("dvc", "remote", "modify", "-q", "--unset", "r", "version_aware")
        self.call("dvc", "remote", "modify", "-q", "r", "worktree", "true")
        self.test_they_take_turns()
        self.assertIn("`dvc update`", self.call("mlops", "update", "data.dvc", code=1))
