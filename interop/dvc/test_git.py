"""What git runs: hooks, and the merge driver, in merges and rebases of real repositories."""

import os
import pathlib
import shlex

from repo import TOOLS, Repo


class Git(Repo):
    def setUp(self):
        super().setUp()
        for key, value in (("user.email", "a@b"), ("user.name", "a")):
            self.call("git", "config", key, value)
        self.call("git", "checkout", "-q", "-b", "main")

    def commit(self, message):
        self.call("git", "add", "-A", ".")
        self.call("git", "commit", "-q", "-m", message)

    def stages(self, names):
        return "stages:\n" + "".join(
            f"  {name}:\n    cmd: cp in {name}\n    deps: [in]\n    outs: [{name}]\n"
            for name in names
        )

    def test_hooks_of_either_tool_bring_the_data(self):
        for tool in TOOLS:
            name = "d-" + tool
            self.write(name, "one")
            self.call(tool, "add", name)
            self.commit("one")
            if tool == "mlops":
                for hook in (self.root / ".git/hooks").glob("p*"):
                    if "sample" not in hook.name:
                        hook.unlink()
            self.call(tool, "install")
            self.call(tool, "install", code=1 if tool == "dvc" else 0)
            self.write(name, "two")
            self.call(tool, "add", name)
            self.commit("two")
            self.call("git", "checkout", "-q", "HEAD~1")
            self.assertEqual("one", self.read(name))
            self.call("git", "checkout", "-q", "main")
            self.assertEqual("two", self.read(name))
            self.write(name, "precious")
            self.call("git", "checkout", "-q", "HEAD~1", code=1)
            self.assertEqual("precious", self.read(name))
            self.write(name, "one")
            self.call("git", "checkout", "-q", "main")
            self.write(name, "two")

    def test_changed_files_are_named_for_git_or_handed_to_it(self):
        for autostage in ("false", "true"):
            told, staged = [], []
            for tool in TOOLS:
                self.setUp()
                self.commit("start")
                self.call("dvc", "config", "core.autostage", autostage)
                source = self.root.parent / "source"
                source.write_text("x", encoding="utf-8")
                self.write("my data", "x")
                for command in (
                    ["add", "my data"],
                    ["import-url", str(source), "it's"],
                    ["import-url", "--no-exec", str(source), "later"],
                    ["stage", "add", "-q", "-n", "s", "-o", "out", "echo x > out"],
                    ["repro", "s"],
                ):
                    lines = self.call(tool, *command).splitlines()
                    names = [shlex.split(line)[2:] for line in lines if line.startswith("\tgit add ")]
                    told.append([tool, command[0], [sorted(each) for each in names]])
                staged.append(self.call("git", "diff", "--cached", "--name-only", "-z").split("\0"))
            half = len(told) // 2
            self.assertEqual([each[1:] for each in told[:half]], [each[1:] for each in told[half:]])
            self.assertEqual(*staged)
            self.assertEqual(autostage == "true", "it's.dvc" in staged[0])

    def test_files_are_staged_where_git_never_had_what_is_gone(self):
        self.write("data", "x")
        self.call("mlops", "add", "data")
        self.call("mlops", "config", "core.autostage", "true")
        self.call("mlops", "move", "data", "moved")
        self.assertIn("moved.dvc", self.call("git", "diff", "--cached", "--name-only"))

    def test_without_git_nothing_is_told(self):
        self.call("mlops", "config", "core.no_scm", "true")
        self.write("data", "x")
        self.assertNotIn("git add", self.call("mlops", "add", "data"))
        self.assertNotIn("git add", self.call("mlops", "import-url", str(self.root / "data"), "copy"))
        self.write("dvc.yaml", self.stages("a").replace("[in]", "[data]").replace("cp in", "cp data"))
        self.assertNotIn("git add", self.call("mlops", "repro"))

    def test_push_of_git_pushes_the_data(self):
        self.write("data", "x")
        self.call("mlops", "add", "data")
        self.call("mlops", "remote", "add", "-d", "store", "../store")
        self.call("mlops", "install")
        self.commit("data")
        self.call("git", "init", "-q", "--bare", "../bare")
        self.call("git", "push", "-q", "../bare", "main")
        store = self.root.parent / "store"
        self.assertTrue(list(store.rglob("*/*")))

    def test_other_hooks_are_kept(self):
        hook = self.write(".git/hooks/pre-push", "#!/bin/sh\n")
        for tool in TOOLS:
            self.call(tool, "install", code=1)
            self.assertEqual("#!/bin/sh\n", hook.read_text())

    def test_locks_are_merged_by_stage(self):
        self.write("in", "x")
        self.write("dvc.yaml", self.stages("ab"))
        self.call("dvc", "repro", "-q")
        self.call("mlops", "install")
        for hook in ("post-checkout", "pre-commit"):
            os.remove(self.root / ".git/hooks" / hook)
        self.commit("base")
        self.call("git", "checkout", "-q", "-b", "side")
        self.write("dvc.yaml", self.stages("abc"))
        self.call("mlops", "repro")
        self.commit("side")
        self.call("git", "checkout", "-q", "main")
        self.write("dvc.yaml", self.stages("ab").replace("cp in a", "cat in > a"))
        self.call("dvc", "repro", "-q")
        self.commit("main")
        self.call("git", "merge", "-q", "-m", "both", "side")
        for tool in TOOLS:
            self.assertClean(tool)
        self.call("git", "checkout", "-q", "side")
        self.call("git", "rebase", "-q", "main")
        self.call("mlops", "checkout")
        for tool in TOOLS:
            self.assertClean(tool)
        self.call("git", "checkout", "-q", "-b", "other", "main~2")
        self.write("dvc.yaml", self.stages("ab").replace("cp in a", "cat < in > a"))
        self.call("mlops", "repro")
        self.commit("other")
        said = self.call("git", "merge", "-q", "main", code=1)
        self.assertIn("stage a was changed on both sides", said)
        self.assertIn("<<<<<<< ours\n  a:\n", self.read("dvc.lock"))
        self.assertEqual(1, self.read("dvc.lock").count("<<<<<<<"))

    def test_directories_are_united_as_by_dvc(self):
        merged = {}
        for tool in TOOLS:
            root = pathlib.Path(self.root)
            self.write("d/a", "1")
            self.call("dvc", "add", "-q", "d")
            if tool == "dvc":
                self.call("dvc", "install")
                self.write(".gitattributes", "*.dvc merge=dvc\n")
            else:
                self.call("mlops", "install")
            for hook in ("post-checkout", "pre-commit"):
                os.remove(root / ".git/hooks" / hook)
            self.commit("base")
            self.call("git", "checkout", "-q", "-b", "side")
            self.write("d/b", "22")
            self.call("dvc", "add", "-q", "d")
            self.commit("side")
            self.call("git", "checkout", "-q", "main")
            os.remove(root / "d/b")
            self.write("d/c", "333")
            self.call("dvc", "add", "-q", "d")
            self.commit("main")
            self.call("git", "merge", "-q", "-m", "both", "side")
            merged[tool] = self.read("d.dvc")
            self.call("dvc", "checkout", "-q")
            self.assertClean("dvc")
            self.assertClean("mlops")
            self.root.rename(self.root.with_name(tool))
            self.root.mkdir()
            self.call("git", "init", "-q", "-b", "main")
            self.call("git", "config", "user.email", "a@b")
            self.call("git", "config", "user.name", "a")
            self.call("dvc", "init", "-q")
        self.assertEqual(merged["dvc"], merged["mlops"])
