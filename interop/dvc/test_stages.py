"""Stages written, listed, removed and moved by one tool are the same for the other."""

import json
import re

import ruamel.yaml
from repo import TOOLS, Repo, other

COMMENTED = """\
# the pipeline
vars: &defaults   # anchor
  - {size: 1}   # flow

stages:
    first:   # one
        cmd: "cat 'in' > a"   # quoted
        deps:
          - in  # indented
        outs: [a]

    # before second
    second: {cmd: 'cat a > b', deps: [a], outs: [b],}

    third:
        cmd: |
            cat b > c
        deps: [b]
        outs:
          - c
        # inside third

# tail
metrics: []
"""

ADDED = [
    "-n a -d in -d ./b -p lr,k -p p2.yaml:z,y -p p3.yaml: -o o2 -o o1 -O o3 --outs-persist pe "
    "--outs-persist-no-cache pn -m m1 -M m2 --plots p1 --plots-no-cache p2 --always-changed".split()
    + ["--desc", "my desc", "echo", "a b", "", 'c"d', "x>y", "-n", "5"],
    ["-n", "v", "-o", "ab*c", "-o", "é", "echo", "$HOME", "a'b", "a|b"],
    ["-n", "one", 'single arg "x"'],
    ["-n", "long", "echo " + "word " * 40],
    ["-n", "lines", "echo a\necho b"],
    ["-n", "w", "-w", "sub", "-d", "k", "-o", "./l", "-o", "sp ace#!", "echo"],
    ["-n", "v", "-f", "-o", "é", "echo", "again"],
]

REFUSED = [
    (255, ["-n", "a", "echo"], "already exists"),
    (255, ["-n", "a.b", "echo"], "punctuation"),
    (255, ["-n", "b"], "command is not specified"),
    (254, ["echo"], "name"),
    (255, ["-n", "b", "-o", "q", "-o", "q", "echo"], "specified more than once"),
    (255, ["-n", "b", "-o", "q", "-d", "q", "echo"], "an output and as a dependency"),
    (255, ["-n", "t", "-o", "tracked", "echo"], "already tracked by SCM"),
    (255, ["-n", "b", "-o", "../y", "echo"], "outside"),
    (255, ["-n", "b", "-o", "o/p", "-o", "o", "echo"], "'o'"),
    (255, ["-n", "b", "-o", "out", "echo"], "'a'"),
    (255, ["-n", "b", "-o", "out/x", "echo"], "out"),
    (255, ["-n", "b", "-d", "out", "-o", "in", "echo"], "a"),
    (255, ["-n", "b", "-w", "nowhere", "echo"], "does not exist"),
    (255, ["-n", "b", "-o", "ignored", "echo"], ".dvcignore"),
]


def parsed(text):
    return ruamel.yaml.YAML(typ="safe").load(text)


class StageTest(Repo):
    def test_stages_are_written_alike(self):
        files = []
        for tool in TOOLS:
            self.setUp()
            (self.root / "sub").mkdir()
            for options in ADDED:
                self.assertIn("Added stage", self.call(tool, "stage", "add", *options))
            files.append([self.read("dvc.yaml"), self.read(".gitignore"), self.read("sub/.gitignore")])
            for reader in TOOLS:
                files[-1].append(self.call(reader, "stage", "list"))
        self.assertEqual(files[0], files[1])
        self.assertEqual(files[0][3], files[0][4])

    def test_what_is_refused(self):
        for tool in TOOLS:
            self.setUp()
            self.write("tracked", "x")
            self.call("git", "add", "tracked")
            self.write(".dvcignore", "ignored\n")
            self.call(tool, "stage", "add", "-n", "a", "-d", "in", "-o", "out", "echo")
            for code, options, words in REFUSED:
                with self.subTest(tool=tool, options=options):
                    text = self.call(tool, "stage", "add", *options, code=code)
                    self.assertIn(words, text)

    def test_a_stage_that_runs_at_once(self):
        locks = set()
        for tool in TOOLS:
            self.setUp()
            out = self.call(tool, "stage", "add", "-n", "r", "-o", "o", "--run", "echo hi > o")
            self.assertIn("> echo hi > o", out)
            (told,) = re.findall(r"^\tgit add (.*)$", out, re.M)
            self.assertEqual({".gitignore", "dvc.lock", "dvc.yaml"}, set(told.split()))
            self.assertNotIn(" push", out)
            self.assertClean(other(tool))
            locks.add(self.read("dvc.lock"))
            again = self.call(tool, "stage", "add", "-f", "-n", "r", "-o", "o", "--run", "echo hi > o")
            self.assertIn("> echo hi > o", again)
            out = self.call(tool, "stage", "add", "-n", "f", "-o", "p", "--run", "false", code=255)
            self.assertIn("ERROR: failed to run: false, exited with 1", out)
        self.assertEqual(1, len(locks))

    def test_a_stage_that_ran_before_is_taken_from_the_run_cache(self):
        self.write("in", "1")
        for tool in TOOLS:
            add = (tool, "stage", "add", "-f", "-n", "r", "-d", "in", "-o", "o", "--run", "cp in o")
            self.call(*add)
            self.assertIn("'r' is cached - skipping run, checking out outputs", self.call(*add))

    def test_nothing_is_tracked_yet(self):
        for tool in TOOLS:
            for options in ((), ("-c",), ("-r", "unknown")):
                self.assertIn("There are no data or pipelines tracked", self.call(tool, "status", *options))

    def test_lists(self):
        self.write("s/dvc.yaml", 'stages: {q: {cmd: ls, desc: "\\n a \\nb"}, g: {foreach: [1, x y], do: {cmd: ls}}}\n')
        self.write("t/dvc.yaml", "stages: {q: 1}\n")
        self.write("dvc.yaml", "stages: {n: {cmd: ls, deps: [é], params: [x]}, m: {cmd: ls, metrics: [m], outs: [o, p]}}\n")
        for options, code in (
            ("", 0), ("--all", 0), ("--all --fail", 255), ("s/dvc.yaml", 0), ("s/dvc.yaml:q", 0), ("s/dvc.yaml:g", 0),
            ("--names-only s/dvc.yaml", 0), ("n", 0), ("none", 255), ("t/dvc.yaml", 255), ("x.dvc", 255), ("m n", 0),
        ):
            with self.subTest(options=options):
                texts = [self.call(tool, "stage", "list", *options.split(), code=code) for tool in TOOLS]
                if code == 0:
                    self.assertEqual(*(sorted(line.rstrip() for line in t.splitlines()) for t in texts))

    def test_groups_have_the_same_members(self):
        self.write("params.yaml", "l: [true, null, 2.5, 1e-7]\nd: {k: {v: 1}, l: {v: 2}}\nt: {lr: 0.1, on: true, off: false, s: a b, l: [1, x y]}\n")
        self.write("dvc.yaml", """\
vars: [{v: {a: 1}}, 'more.json:q']
stages:
  a: {foreach: [true, 1, 1.0, null, 1e-7, x y, x y], do: {cmd: 'echo ${item}'}}
  b: {foreach: '${l}', do: {cmd: 'echo ${item}', outs: ['b-${item}']}}
  c: {foreach: '${d}', do: {cmd: 'echo ${key} ${item.v} ${v.a} ${q[0]}'}}
  m: {matrix: {m: '${l}', n: [true, {z: 1}], o: '${d}'}, cmd: 'echo ${key} ${item.m}'}
  t: {cmd: 'echo ${t} \\${HOME}'}
""")
        self.write("more.json", '{"q": [5], "r": 1}')
        for command in ("stage list --names-only", "repro --dry", "repro --dry b", "repro --dry m@True-n1-k", "status --json a"):
            with self.subTest(command=command):
                texts = [self.call(tool, *command.split()) for tool in TOOLS]
                commands = [[l for l in t.splitlines() if "@" in l or l.startswith(">")] for t in texts]
                # Of a group that is named, dvc takes the members in no order of its own.
                order = sorted if command.split()[-1] in ("b", "a") else list
                self.assertEqual(*map(order, commands))
                self.assertTrue(commands[0])
        for bools, lists in (("boolean_optional", "append"), ("store_true", "nargs")):
            self.call("dvc", "config", "parsing.bool", bools)
            self.call("dvc", "config", "parsing.list", lists)
            self.assertEqual(*(self.call(tool, "repro", "--dry", "t").splitlines()[1] for tool in TOOLS))

    def test_edits_leave_every_other_byte(self):
        self.write("in", "x")
        self.write("dvc.yaml", COMMENTED)
        self.call("mlops", "stage", "add", "-n", "fourth", "-d", "c", "-o", "d", "cat c > d")
        added = "    fourth:\n        cmd: cat c > d\n        deps:\n          - c\n        outs:\n          - d\n"
        text = COMMENTED.replace("        # inside third\n", "        # inside third\n" + added)
        self.assertEqual(text, self.read("dvc.yaml"))
        self.call("dvc", "repro", "-q")
        self.assertClean("mlops")
        self.call("mlops", "remove", "second")
        line = "    second: {cmd: 'cat a > b', deps: [a], outs: [b],}\n"
        self.assertEqual(text.replace(line + "\n", "\n"), self.read("dvc.yaml"))
        self.assertNotIn("second", self.read("dvc.lock"))
        self.assertNotIn("/b\n", self.read(".gitignore"))
        self.assertEqual("x", self.read("b"))
        self.assertEqual(self.call("dvc", "stage", "list"), self.call("mlops", "stage", "list"))
        windows = self.read("dvc.yaml").replace("\n", "\r\n").rstrip()
        (self.root / "dvc.yaml").write_bytes(windows.encode())
        self.call("mlops", "stage", "add", "-n", "fifth", "true")
        added = "    fifth:\r\n        cmd: 'true'\r\n"
        before, after = windows.split("\r\n# tail")
        expected = before.rstrip("\r\n") + "\r\n" + added + "\r\n# tail" + after
        self.assertEqual(expected.encode(), (self.root / "dvc.yaml").read_bytes())

    def test_removing_leaves_the_same(self):
        results = []
        for tool in TOOLS:
            self.setUp()
            self.chain()
            self.write("f.txt", "hi")
            self.call("dvc", "add", "-q", "f.txt")
            self.call(other(tool), "repro", "-q") if tool == "mlops" else self.call(other(tool), "repro")
            self.call(tool, "remove", "nope", code=1)
            self.call(tool, "remove", "nope.dvc", code=1)
            self.call(tool, "remove", "f.txt", code=1)
            self.call(tool, "remove", "evaluate", "f.txt.dvc")
            self.call(tool, "remove", "--outs", "split")
            names = sorted(p.name for p in self.root.iterdir())
            results.append([parsed(self.read("dvc.yaml")), parsed(self.read("dvc.lock")), self.read(".gitignore"), names])
            self.call(tool, "remove", "train")
            self.assertFalse((self.root / "dvc.yaml").exists() or (self.root / "dvc.lock").exists())
            self.assertTrue((self.root / "model.bin").exists())
        self.assertEqual(*results)

    def test_moving_leaves_the_same(self):
        results = []
        for tool in TOOLS:
            self.setUp()
            self.write("d/x", "1")
            self.write("f.txt", "hi")
            self.write("v.txt", "v")
            (self.root / "sub").mkdir()
            self.call(other(tool), "add", "d", "f.txt", "v.txt")
            with open(self.root / "f.txt.dvc", "a") as file:
                file.write("meta: {a: 1} # c\ndesc: hello\n")
            self.call(tool, "move", "f.txt", "sub/g.txt")
            self.call(tool, "move", "d", "sub")
            self.call(tool, "move", "v.txt", "w.txt")
            for wrong in (("nope", "x"), ("w.txt", "sub/g.txt"), ("w.txt", "../w.txt"), ("w.txt", "no/w.txt")):
                self.call(tool, "move", *wrong, code=1)
            for reader in TOOLS:
                self.assertClean(reader)
            dvc = {str(p.relative_to(self.root)): parsed(p.read_text()) for p in self.root.rglob("*.dvc") if p.is_file()}
            results.append([dvc, self.read(".gitignore"), self.read("sub/.gitignore"), sorted(p.name for p in self.root.iterdir())])
        self.assertEqual(*results)

    def test_paths_outside_of_the_repository_are_shown_whole(self):
        outside = self.root.parent / "outside"
        outside.write_text("x")
        self.write(
            "dvc.yaml",
            f"stages: {{a: {{cmd: x, deps: [../outside, {outside}2], outs: [o], metrics: [../m: {{cache: false}}]}}}}\n",
        )
        self.write("sub/x", "")
        for cwd in (self.root, self.root / "sub"):
            for command in (("status",), ("status", "--json"), ("dag", "--outs", "--dot")):
                lines = [sorted(filter(None, self.call(tool, *command, cwd=cwd).splitlines())) for tool in TOOLS]
                self.assertEqual(*lines, command)

    def test_of_several_broken_files_the_one_here_is_named(self):
        self.write("a/dvc.yaml", "stages: [\n")
        self.write("b/dvc.yaml", "stages: {s: {cmd: 5}}\n")
        for tool in TOOLS:
            self.assertIn("cmd", self.call(tool, "repro", cwd=self.root / "b", code=255))
        self.write("b/dvc.yaml", "stages: {s: {cmd: ls}}\n")
        for tool in TOOLS:
            self.assertIn("a/dvc.yaml", self.call(tool, "repro", cwd=self.root / "b", code=255))

    def test_broken_files_end_alike(self):
        self.write("good", "x")
        lock = "stages: {a: {cmd: x}}\n"
        cases = {
            "stages: {a: {cmd: x, foo: a}}\n": "foo",
            "stages: {a: {deps: [a]}}\n": "cmd",
            "stages: {a: {cmd: x, deps: a}}\n": "deps",
            "stages: {a: {cmd: x}, a: {cmd: y}}\n": "a",
            "stages: []\n": "stages",
            "- 1\n": "",
            "stages: {a: {cmd: 'x ${nope}'}}\n": "nope",
            "vars: [{a: '${x}'}]\n" + lock: "vars",
            "<<<<<<< HEAD\na: 1\n=======\n": "possible merge conflicts",
            "stages: [\n": "",
        }
        for text, words in cases.items():
            with self.subTest(text=text):
                self.write("dvc.yaml", text)
                for tool in TOOLS:
                    self.assertIn(words, self.call(tool, "status", code=1))
                    self.call(tool, "repro", code=255)
        self.write("dvc.yaml", lock)
        for text in ("schema: '3.0'\n", "schema: '2.0'\nstages: {a: {cmd: x, foo: 1}}\n", "a: [\n", "<<<<<<< HEAD\na: 1\n"):
            with self.subTest(lock=text):
                self.write("dvc.lock", text)
                for tool in TOOLS:
                    self.call(tool, "status", code=1)
                    self.call(tool, "repro", code=255)
        (self.root / "dvc.lock").unlink()
        for text in (
            "stages: {a: {cmd: x, outs: [p], metrics: [p]}}\n",
            "stages: {a: {cmd: x, outs: [p], deps: [p]}}\n",
            "stages: {a: {cmd: x, outs: [p]}, b: {cmd: x, outs: [p/q]}}\n",
            "stages: {a: {cmd: x, outs: [p], deps: [q]}, b: {cmd: x, outs: [q], deps: [p]}}\n",
        ):
            with self.subTest(graph=text):
                self.write("dvc.yaml", text)
                self.assertEqual(*(json.loads(self.call(tool, "status", "--json")) for tool in TOOLS))
                for tool in TOOLS:
                    self.call(tool, "repro", code=255)
                    self.call(tool, "dag", code=255)

