"""Data added, stored and fetched by one tool is there for the other."""

import os
import shutil

from repo import TOOLS, Repo, other

NAMES = ["a", "sub/b", "sub-c", "sub.d", "é", "e\u0301", "\uffee", "\U0001f600", 'q"uote', "back\\slash", "new\nline", "tab\t", "\x7f"]


class DirectoryTest(Repo):
    def test_a_directory_with_any_names_has_the_same_hash(self):
        locks = set()
        for tool in TOOLS:
            self.setUp()
            for name in NAMES:
                self.write("in/" + name, name)
            self.write("dvc.yaml", "stages:\n  s:\n    cmd: cp -r in out; mkdir -p out/empty\n    deps: [in]\n    outs: [out]\n")
            self.call(tool, "repro")
            self.assertClean(other(tool))
            locks.add(self.read("dvc.lock"))
        self.assertEqual(1, len(locks))

    def test_empty_files_executables_and_empty_directories(self):
        locks = set()
        for tool in TOOLS:
            self.setUp()
            self.write("dvc.yaml", "stages:\n  s:\n    cmd: touch e; mkdir d; echo x > x; chmod +x x\n    outs: [e, d, x]\n")
            self.call(tool, "repro")
            self.assertClean(other(tool))
            locks.add(self.read("dvc.lock"))
            for path in ("e", "x"):
                (self.root / path).unlink()
            self.call(other(tool), "repro")
            self.assertTrue(os.access(self.root / "x", os.X_OK))
        self.assertEqual(1, len(locks))


class AddTest(Repo):
    def prepare(self):
        self.write("data/iris.csv", "a,b\n")
        self.write("data/big/x", "1")
        self.write("data/big/y/z", "2")

    def test_added_data_is_recorded_alike(self):
        files = set()
        for tool in TOOLS:
            self.setUp()
            self.prepare()
            self.call(tool, "add", "data/iris.csv", "data/big")
            self.assertClean(other(tool))
            files.add(
                self.read("data/iris.csv.dvc") + self.read("data/big.dvc") + self.read("data/.gitignore")
            )
        self.assertEqual(1, len(files), files)

    def test_added_data_is_a_dependency(self):
        for tool in TOOLS:
            with self.subTest(tool=tool):
                self.setUp()
                self.prepare()
                self.call(tool, "add", "data/iris.csv")
                self.write("dvc.yaml", "stages:\n  s:\n    cmd: cp data/iris.csv o\n    deps: [data/iris.csv]\n    outs: [o]\n")
                self.call(other(tool), "repro")
                self.assertClean(tool)
                self.assertIn('"data/iris.csv.dvc" -> "s"', self.call("mlops", "dag", "--dot"))

    def test_checkout_from_the_others_cache(self):
        for tool in TOOLS:
            with self.subTest(tool=tool):
                self.setUp()
                self.prepare()
                self.call(tool, "add", "data/iris.csv", "data/big")
                (self.root / "data/iris.csv").unlink()
                shutil.rmtree(self.root / "data/big")
                self.call(other(tool), "checkout")
                self.assertEqual("2", self.read("data/big/y/z"))
                self.assertClean(tool)
                self.assertClean(other(tool))

    def test_edited_data_is_not_overwritten_by_checkout(self):
        self.prepare()
        self.call("dvc", "add", "data/iris.csv")
        self.write("data/iris.csv", "precious")
        out = self.call("mlops", "checkout", code=255)
        self.assertIn("data/iris.csv", out)
        self.assertEqual("precious", self.read("data/iris.csv"))
        self.call("mlops", "checkout", "--force")
        self.assertEqual("a,b\n", self.read("data/iris.csv"))

    def test_push_by_one_pull_by_the_other(self):
        for tool in TOOLS:
            with self.subTest(tool=tool):
                self.setUp()
                self.chain()
                self.call("dvc", "remote", "add", "-d", "store", str(self.root / ".." / "store"))
                self.write("raw/iris.csv", "r")
                self.call(tool, "add", "raw")
                self.call(tool, "repro")
                self.call(tool, "push")
                self.call(other(tool), "push")
                shutil.rmtree(self.root / ".dvc" / "cache")
                shutil.rmtree(self.root / "raw")
                shutil.rmtree(self.root / "data")
                (self.root / "model.bin").unlink()
                self.call(other(tool), "pull")
                self.assertEqual("r", self.read("raw/iris.csv"))
                self.assertClean(tool)
                self.assertClean(other(tool))

    def test_fetch_fills_the_cache_only(self):
        self.prepare()
        self.call("dvc", "remote", "add", "-d", "store", str(self.root / ".." / "store"))
        self.call("dvc", "add", "data/big")
        self.call("dvc", "push")
        shutil.rmtree(self.root / ".dvc" / "cache")
        shutil.rmtree(self.root / "data/big")
        self.call("mlops", "fetch")
        self.assertFalse((self.root / "data/big").exists())
        self.call("dvc", "checkout")
        self.assertClean("mlops")

    def test_what_the_remote_lacks_is_named(self):
        self.prepare()
        self.call("dvc", "remote", "add", "-d", "store", str(self.root / ".." / "store"))
        self.call("dvc", "add", "data/iris.csv")
        shutil.rmtree(self.root / ".dvc" / "cache")
        (self.root / "data/iris.csv").unlink()
        self.assertIn("data/iris.csv", self.call("mlops", "pull", code=1))
