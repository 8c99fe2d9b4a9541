"""Experiments that one tool makes are the other's, too (case 30)."""

import csv
import io
import json

from repo import TOOLS, Repo, other, thorough


class ExperimentsTest(Repo):
    def start(self):
        self.setUp()
        self.call("git", "config", "user.name", "Tester")
        self.call("git", "config", "user.email", "tester@example.org")
        self.chain()
        self.write("params.yaml", "# of the split\nsplit: {seed: 1}\nlr: 0.001 # rate\n")
        self.call("git", "add", ".")
        self.call("git", "commit", "-qm", "first")

    def each(self):
        """Gives every order of the tools a fresh repository with one commit."""
        for first in TOOLS:
            with self.subTest(first=first):
                self.start()
                yield first, other(first)

    def ref(self, name):
        head = self.call("git", "rev-parse", "HEAD").strip()
        return f"refs/exps/{head[:2]}/{head[2:]}/{name}"

    def tree(self, name):
        return self.call("git", "ls-tree", "-r", self.ref(name))

    def message(self, name):
        return self.call("git", "log", "-1", "--format=%P %B", self.ref(name)).strip()

    def refs(self):
        """All refs but those that dvc leaves behind for itself."""
        lines = self.call("git", "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
        return [line for line in lines if "/exec/" not in line]

    def same(self, *command):
        self.assertEqual(self.call("dvc", *command), self.call("mlops", *command), command)

    def test_both_make_the_same_tree_and_message(self):
        made = set()
        for first, _ in self.each():
            head = self.call("git", "symbolic-ref", "HEAD")
            self.call(first, "exp", "run", "-S", "lr=0.5", "-S", "+new.x=[1,a]", "-n", "x")
            self.assertEqual(head, self.call("git", "symbolic-ref", "HEAD"))
            self.assertIn("lr: 0.5   # rate\n", self.read("params.yaml"))
            # The log of runs holds the time.
            made.add((self.tree("x"), self.message("x").split(" ", 1)[1]))
        self.assertEqual(1, len(made), made)

    def test_a_failed_stage_is_told_of_once(self):
        self.start()
        self.write("dvc.yaml", "stages: {a: {cmd: 'false'}}\n")
        for tool in TOOLS:
            text = self.call(tool, "exp", "run", code=255)
            told = [line for line in text.splitlines() if "ERROR" in line]
            self.assertEqual(["ERROR: failed to reproduce 'a': failed to run: false, exited with 1"], told)

    def test_parameters_in_toml_and_python_are_changed_alike(self):
        toml = 'n = 1 # one\nt = "x"\na = [1, 2] # list\n\n[sec] # of it\nx = 1.0   # rate\n\n[sec.sub]\nb = true\n'
        module = "import os\nA = 1  # one\nB: float = 2.5\nL = [1, 2]\n\nclass Train:\n    lr = 0.1  # rate\n    on = True\n"
        # What does not touch the same place goes into one run: a run of dvc takes seconds.
        runs = (
            ("p.toml:n=7", "p.toml:t=new", "p.toml:a=[3,4,5]", "p.toml:sec.x=2.5", "p.toml:sec.sub.b=false"),
            ("p.toml:sec.x=1e-5", "p.toml:+new=1", "p.toml:+sec.new=word", "p.toml:+o.p=1", "p.toml:~n"),
            ("p.toml:~sec.x", "p.py:A=6", "p.py:B=3.5", "p.py:L=[4,5]", "p.py:Train.lr=0.5", "p.py:Train.on=false"),
        )
        self.start()
        self.write("p.toml", toml)
        self.write("p.py", module)
        self.write("dvc.yaml", "stages: {s: {cmd: date +%N > o, params: [{p.toml: , p.py: }], outs: [o]}}\n")
        self.call("git", "add", ".")
        self.call("git", "commit", "-qm", "parameters")
        for number, changes in enumerate(runs):
            with self.subTest(changes=changes):
                text = {}
                for tool in TOOLS:
                    self.write("p.toml", toml)
                    self.write("p.py", module)
                    options = [word for change in changes for word in ("-S", change)]
                    self.call(tool, "exp", "run", "-n", f"{tool}{number}", *options)
                    text[tool] = self.read("p.toml") + self.read("p.py")
                    self.assertClean(other(tool))
                self.assertEqual(text["dvc"], text["mlops"])
        for tool in TOOLS:
            self.call(tool, "exp", "run", "-S", "p.py:new=1", code=255)

    def test_what_one_ran_the_other_shows_lists_and_compares(self):
        for first, second in self.each():
            self.call(first, "exp", "run", "-S", "lr=0.5", "-n", "x")
            self.call(second, "exp", "run", "-S", "lr=0.25", "-n", "y")
            for options in (["--json"], ["--csv"], ["--md"], ["--md", "--only-changed"]):
                self.same("exp", "show", *options)
            self.same("exp", "show", "--csv", "--sort-by", "lr", "--hide-workspace")
            self.same("exp", "diff", "x", "y", "--json")
            self.same("exp", "diff", "x", "y")
            listed = [sorted(self.call(t, "exp", "list").splitlines()) for t in TOOLS]
            self.assertEqual(*listed)
            self.assertEqual(
                *[sorted(self.call(t, "exp", "list", "--name-only").split()) for t in TOOLS]
            )

    def test_what_one_ran_the_other_applies(self):
        for first, second in self.each():
            self.call(first, "exp", "run", "-S", "lr=0.5", "-n", "x")
            self.call(first, "exp", "run", "-S", "lr=0.25", "-n", "y")
            self.write("mine", "kept\n")
            self.call(second, "exp", "apply", "x")
            self.assertIn("lr: 0.5", self.read("params.yaml"))
            self.assertEqual("kept\n", self.read("mine"))
            self.assertClean(first)
            self.call("git", "reset", "-q", "--hard")
            self.call("git", "clean", "-qfd")
            self.call("git", "stash", "apply", "-q", "refs/exps/apply/stash")
            self.assertIn("lr: 0.25", self.read("params.yaml"))
            self.assertEqual("kept\n", self.read("mine"))

    def test_what_one_ran_the_other_renames_branches_and_removes(self):
        for first, second in self.each():
            self.call(first, "exp", "run", "-S", "lr=0.5", "-n", "x")
            commit = self.call("git", "rev-parse", self.ref("x"))
            self.call(second, "exp", "rename", "x", "z")
            self.call(second, "exp", "branch", "z")
            self.assertEqual(commit, self.call("git", "rev-parse", "z-branch"))
            self.assertEqual(
                self.call(first, "exp", "remove", "no", code=255),
                self.call(second, "exp", "remove", "no", code=255),
            )
            self.assertIn("Removed experiments: 'z'", self.call(second, "exp", "remove", "z"))
            self.assertEqual("", self.call(first, "exp", "list"))

    def test_what_one_pushes_the_other_pulls(self):
        for first, second in self.each():
            store = self.root.parent / "store"
            origin = self.root.parent / "origin.git"
            store.mkdir()
            self.call("git", "init", "-q", "--bare", str(origin))
            self.call("git", "remote", "add", "origin", str(origin))
            self.call("dvc", "remote", "add", "-q", "-d", "store", str(store))
            self.call("git", "commit", "-qam", "remote")
            self.call("git", "push", "-q", "origin", "HEAD")
            self.call(first, "exp", "run", "-S", "lr=0.5", "-n", "x")
            self.call(first, "exp", "push", "origin", "x")
            self.assertIn("up to date", self.call(second, "exp", "push", "origin", "x"))
            clone = self.root.parent / "clone"
            self.call("git", "clone", "-q", str(origin), str(clone))
            self.assertIn("x", self.call(second, "exp", "list", "origin", cwd=clone))
            self.call(second, "exp", "pull", "origin", "x", cwd=clone)
            self.call(second, "exp", "apply", "x", cwd=clone)
            self.assertEqual(
                self.read("model.bin"), (clone / "model.bin").read_text(encoding="utf-8")
            )
            self.call(second, "exp", "remove", "-g", "origin", "x", cwd=clone)
            self.assertEqual("", self.call(first, "exp", "list", "origin"))

    def test_a_git_remote_alone_is_enough(self):
        for first, second in self.each():
            origin = self.root.parent / "origin.git"
            self.call("git", "init", "-q", "--bare", str(origin))
            self.call("git", "remote", "add", "origin", str(origin))
            self.call("git", "push", "-q", "origin", "HEAD")
            self.call(first, "exp", "run", "-S", "lr=0.5", "-n", "x")
            self.call(first, "exp", "push", "origin", "x")
            self.assertIn("x", self.call(second, "exp", "list", "origin"))

    def test_what_one_saves_the_other_lists(self):
        made = set()
        for first, second in self.each():
            self.call("dvc", "repro", "-q")
            self.call("git", "add", ".")
            self.call("git", "commit", "-qm", "ran")
            self.write("params.yaml", "split: {seed: 1}\nlr: 7\n")
            self.call(first, "exp", "save", "-n", "s")
            self.assertEqual("s\n", self.call(second, "exp", "list", "--name-only"))
            made.add(self.tree("s").replace(self.runs_blob(), "runs"))
        self.assertEqual(1, len({self.without_leftovers(tree) for tree in made}), made)

    def without_leftovers(self, tree):
        """Without the pickled arguments of an earlier run, which dvc commits when it finds them."""
        return "".join(line for line in tree.splitlines(True) if not line.endswith("repro.dat\n"))

    def runs_blob(self):
        return self.call("git", "hash-object", "runs.log").strip()

    def test_a_taken_name_is_refused_by_both(self):
        for first, second in self.each():
            self.call(first, "exp", "run", "-S", "lr=0.5", "-n", "x")
            before = self.refs()
            self.call(second, "exp", "run", "-S", "lr=0.6", "-n", "x", code=255)
            self.assertEqual(before, self.refs())

    def test_what_ran_elsewhere_is_alike(self):
        made = set()
        for first, second in self.each():
            self.write("params.yaml", "split: {seed: 1}\nlr: 0.125 # mine\n")
            self.call(first, "exp", "run", "--temp", "-S", "split.seed=2", "-n", "x")
            self.assertEqual("split: {seed: 1}\nlr: 0.125 # mine\n", self.read("params.yaml"))
            self.assertFalse((self.root / "model.bin").exists())
            self.assertEqual("", self.call("git", "worktree", "list").partition("\n")[2])
            made.add((self.tree("x"), self.message("x").split(" ", 1)[1]))
            self.call("git", "checkout", "-q", ".")
            self.call(second, "exp", "apply", "x")
            self.assertTrue((self.root / "model.bin").exists())
            self.assertClean(first)
        self.assertEqual(1, len(made), made)

    @thorough
    def test_changed_data_goes_along(self):
        made = set()
        for first, _ in self.each():
            self.write("raw", "1\n")
            self.call("dvc", "add", "-q", "raw")
            self.write("dvc.yaml", "stages:\n  copy:\n    cmd: cp raw out\n    deps: [raw]\n    outs: [out]\n")
            self.call("git", "add", ".")
            self.call("git", "commit", "-qm", "data")
            self.write("raw", "2\n")
            before = self.read("raw.dvc")
            self.call(first, "exp", "run", "--temp", "-n", "x")
            self.assertEqual(before, self.read("raw.dvc"))
            made.add(self.tree("x"))
        self.assertEqual(1, len(made), made)

    def test_the_queue_is_shown_alike(self):
        shown = []
        for first, _ in self.each():
            self.call(first, "exp", "run", "--queue", "-S", "lr=0.5", "-n", "x")
            shown.append([self.shown(first), self.shown(first, "--hide-queued"), self.shown(first, "--hide-failed")])
        self.assertEqual(*shown)

    def shown(self, tool, *options):
        """The rows of a table without what differs from run to run."""
        rows = csv.DictReader(io.StringIO(self.call(tool, "exp", "show", "--csv", *options)))
        return [{name: cell for name, cell in row.items() if name not in ("rev", "Created")} for row in rows]

    def test_a_queue_is_worked_off(self):
        ends = []
        for first, second in self.each():
            said = self.call(first, "exp", "run", "--queue", "-S", "lr=0.5,0.25", "-n", "x")
            self.assertEqual(2, said.count("Queued experiment 'x-"))
            waiting = self.call("git", "reflog", "show", "--format=%gs", "refs/exps/celery/stash").splitlines()
            head = self.call("git", "rev-parse", "HEAD").strip()
            self.assertEqual({f"commit: dvc-exp:{head}:{head}:x-{n}" for n in (1, 2)}, set(waiting))
            status = self.call(first, "queue", "status").splitlines()
            self.assertIn("Worker status: 0 active, 0 idle", status)
            self.call(first, "exp", "run", "--run-all")
            self.assertIn("> cat data/train.csv > model.bin", self.call(first, "queue", "logs", "x-1"))
            listed = sorted(self.call(second, "exp", "list", "--name-only").split())
            self.assertEqual(["x-1", "x-2"], listed)
            ends.append([self.tree(name) for name in listed])
            rows = [line.split()[1:2] + line.split()[-1:] for line in self.call(first, "queue", "status").splitlines()]
            self.assertIn(["x-1", "Success"], rows)
            self.call(first, "queue", "remove", "--all")
            self.assertIn("No experiment tasks in the queue.", self.call(first, "queue", "status"))
            self.assertFalse([ref for ref in self.refs() if "celery" in ref])
        self.assertEqual(*ends)

    @thorough
    def test_what_fails_in_a_queue_is_kept(self):
        shown = []
        for first, _ in self.each():
            self.write("dvc.yaml", "stages:\n  bad:\n    cmd: exit 3\n    outs: [o]\n")
            self.call("git", "commit", "-qam", "bad")
            self.call(first, "exp", "run", "--queue", "-n", "x")
            self.call(first, "exp", "run", "--run-all")
            rows = [line.split()[1:2] + line.split()[-1:] for line in self.call(first, "queue", "status").splitlines()]
            self.assertIn(["x", "Failed"], rows)
            self.assertTrue([ref for ref in self.refs() if "refs/exps/celery/failed" in ref])
            shown.append([self.shown(first), self.shown(first, "--hide-failed")])
            self.assertEqual("", self.call(first, "exp", "list"))
            self.call(first, "queue", "remove", "x")
            self.call(first, "queue", "remove", "x", code=255)
            self.call(first, "queue", "logs", "x", code=255)
            self.call(first, "queue", "kill", "x", code=255)
        self.assertEqual(*shown)
