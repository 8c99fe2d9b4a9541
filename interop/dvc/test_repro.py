"""Stages run by one tool are up to date for the other."""

import json
import shutil

from repo import TOOLS, Repo, other


class ReproTest(Repo):
    def each(self):
        """Gives every order of the tools a fresh repository."""
        for first in TOOLS:
            with self.subTest(first=first):
                self.setUp()
                self.chain()
                yield first, other(first)

    def test_what_one_ran_the_other_skips(self):
        for first, second in self.each():
            self.call(first, "repro")
            self.assertClean(second)
            lock = self.read("dvc.lock")
            self.assertIn("'train' didn't change, skipping", self.call(second, "repro"))
            self.assertEqual(1, self.runs())
            self.assertEqual(lock, self.read("dvc.lock"))

    def test_both_write_the_same_bytes(self):
        locks, objects, ignores = set(), set(), set()
        for first, _ in self.each():
            self.call(first, "repro")
            locks.add(self.read("dvc.lock"))
            objects.add(tuple(self.objects()))
            ignores.add(self.read(".gitignore"))
        self.assertEqual(1, len(locks), locks)
        self.assertEqual(1, len(objects), objects)
        self.assertEqual(1, len(ignores), ignores)

    def test_a_changed_parameter_runs_only_what_reads_it(self):
        for first, second in self.each():
            self.call(first, "repro")
            self.write("params.yaml", "split: {seed: 1}\nlr: 0.002\n")
            status = json.loads(self.call(second, "status", "--json"))
            self.assertEqual(
                {"train": [{"changed deps": {"params.yaml": {"lr": "modified"}}}]}, status
            )
            self.assertEqual(status, json.loads(self.call(first, "status", "--json")))
            self.assertEqual(self.call(first, "status"), self.call(second, "status"))
            out = self.call(second, "repro")
            self.assertIn("'split' didn't change, skipping", out)
            self.assertIn("Running stage 'train'", out)
            self.assertIn("'evaluate' didn't change, skipping", out)
            self.assertClean(first)

    def test_values_python_holds_equal_are_no_change(self):
        for first, second in self.each():
            self.write("params.yaml", "split: {seed: 1}\nlr: 1\n")
            self.call(first, "repro")
            for text in ("1.0", "true", "1_0e-1", "0x1"):
                self.write("params.yaml", f"# note\nlr: {text}\nsplit: {{seed: 1}}\n")
                self.assertEqual(
                    self.call("dvc", "status", "--json"), self.call("mlops", "status", "--json")
                )
            self.write("params.yaml", "lr: '1'\nsplit: {seed: 1}\n")
            self.assertIn("train", json.loads(self.call(second, "status", "--json")))

    def test_deleted_outputs_come_from_the_others_cache(self):
        for first, second in self.each():
            self.call(first, "repro")
            shutil.rmtree(self.root / "data")
            (self.root / "model.bin").unlink()
            self.assertEqual(self.call(first, "status"), self.call(second, "status"))
            self.assertIn("is cached - skipping run", self.call(second, "repro"))
            self.assertEqual(1, self.runs())
            self.assertClean(first)

    def test_an_earlier_run_of_the_other_is_found_again(self):
        for first, second in self.each():
            self.call(first, "repro")
            self.write("params.yaml", "split: {seed: 1}\nlr: 0.5\n")
            self.call(first, "repro")
            self.assertEqual(2, self.runs())
            self.write("params.yaml", "split: {seed: 1}\nlr: 0.001\n")
            self.assertIn("'train' is cached - skipping run", self.call(second, "repro"))
            self.assertEqual(2, self.runs())
            self.assertClean(first)

    def test_an_edited_command_runs_again(self):
        for first, second in self.each():
            self.call(first, "repro")
            self.write("dvc.yaml", self.read("dvc.yaml").replace("0.5", "0.6"))
            self.assertEqual(self.call(first, "status"), self.call(second, "status"))
            self.assertIn("changed command", self.call(second, "status"))
            self.call(second, "repro")
            self.assertClean(first)

    def test_a_failed_stage_keeps_what_was_finished(self):
        for first, second in self.each():
            self.write("dvc.yaml", self.read("dvc.yaml").replace("date +%N", "false"))
            self.call(first, "repro", code=255)
            self.write("dvc.yaml", self.read("dvc.yaml").replace("false", "date +%N", 1))
            out = self.call(second, "repro")
            self.assertIn("'split' didn't change, skipping", out)
            self.assertClean(first)

    def test_dag_has_the_same_nodes_and_edges(self):
        for _ in self.each():
            for form in ("--dot", "--mermaid"):
                theirs = self.call("dvc", "dag", form).split("\n")
                ours = self.call("mlops", "dag", form).split("\n")
                self.assertEqual(sorted(filter(None, theirs)), sorted(filter(None, ours)))


class TemplateTest(Repo):
    DEFINITION = """\
vars:
- more.yaml
- here: {deep: [x, {y: 7}]}
stages:
  plain:
    cmd: echo ${lr} ${name} ${flag} ${here.deep[1].y} \\${HOME} ${nothing} > o.${name}
    params: [lr]
    outs: ['o.${name}']
  options:
    cmd: echo ${train} > opts
    outs: [opts]
  each:
    foreach: [a, 1, true, 1.5]
    do:
      cmd: echo ${item} > e.${item}
      outs: ['e.${item}']
  keyed:
    foreach: {x: {v: 1}, y: {v: 2}}
    do:
      cmd: echo ${key} ${item.v} > k.${key}
      outs: ['k.${key}']
  grid:
    matrix:
      m: [cnn, rnn]
      f: [{n: 1}, {n: 2}]
    cmd: echo ${item.m} ${item.f.n} > g.${key}
    outs: ['g.${key}']
"""

    def test_templates_loops_and_matrices_mean_the_same(self):
        self.write("params.yaml", "lr: 1e-5\nname: n é\nflag: true\nnothing:\n")
        self.write("params.yaml", self.read("params.yaml").replace("n é", "né"))
        self.write(
            "more.yaml",
            "train: {lr: 0.1, deep: true, off: false, net: {size: 2}, l: [1, b], s: \"a 'b\"}\n",
        )
        self.write("dvc.yaml", self.DEFINITION)
        self.call("mlops", "repro")
        self.assertClean("dvc")
        ours = self.read("dvc.lock")
        names = self.call("dvc", "stage", "list", "--names-only").split()
        self.assertEqual(names, [line.strip(" :\n") for line in ours.split("\n") if line[:2] == "  " and line[2] not in " -"])
        (self.root / "dvc.lock").unlink()
        shutil.rmtree(self.root / ".dvc" / "cache")
        self.call("dvc", "repro")
        self.assertEqual(self.read("dvc.lock"), ours)
        self.assertClean("mlops")


class LayoutTest(Repo):
    def test_a_repository_in_a_folder_of_the_git_repository(self):
        for first in TOOLS:
            with self.subTest(first=first):
                self.setUp()
                sub = self.root / "examples" / "iris"
                sub.mkdir(parents=True)
                self.call("dvc", "init", "-q", "--subdir", cwd=sub)
                root, self.root = self.root, sub
                self.chain()
                self.call(first, "repro")
                self.assertClean(other(first))
                self.root = root

    def test_paths_are_kept_as_written(self):
        locks = set()
        for first in TOOLS:
            self.setUp()
            self.write("x/1", "x")
            self.write(
                "dvc.yaml",
                "stages:\n  w:\n    cmd: cp -r x y; cp -r x z\n    deps: [./x]\n    outs: [y/, ./z]\n",
            )
            self.call(first, "repro")
            self.assertClean(other(first))
            locks.add(self.read("dvc.lock"))
        self.assertEqual(1, len(locks), locks)

    def test_a_repository_without_git(self):
        for first in TOOLS:
            with self.subTest(first=first):
                self.setUp()
                shutil.rmtree(self.root / ".git")
                shutil.rmtree(self.root / ".dvc")
                self.call("dvc", "init", "-q", "--no-scm")
                self.chain()
                self.call(first, "repro")
                self.assertClean(other(first))
                self.assertFalse((self.root / ".gitignore").exists())

    def test_stages_in_folders_and_working_directories(self):
        for first in TOOLS:
            with self.subTest(first=first):
                self.setUp()
                self.write("in", "x")
                self.write("sub/dvc.yaml", "stages:\n  s:\n    cmd: cp ../in o\n    deps: [../in]\n    outs: [o]\n")
                self.write("w/x", "x")
                self.write("dvc.yaml", "stages:\n  w:\n    wdir: w\n    cmd: cp x y; cat ../sub/o >> y\n    deps: [x, ../sub/o]\n    outs: [./y]\n")
                self.call(first, "repro")
                self.assertClean(other(first))
                self.write("in", "y")
                self.assertEqual(self.call("dvc", "status"), self.call("mlops", "status"))
