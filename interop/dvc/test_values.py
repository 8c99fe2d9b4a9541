"""Metrics and parameters of revisions are the same to both tools."""

import json

from repo import Repo

STAGES = """\
stages:
  train:
    cmd: echo '{"acc":%s,"n":{"loss":1,"name":"%s"}}' > m.json; echo a > t.csv
    params: [lr, other.yaml: [x]]
    metrics: [m.json: {cache: %s}]
    outs: [t.csv]
metrics: [extra.yaml]
"""
QUESTIONS = (
    ("metrics", "show", "--json"),
    ("metrics", "show", "-a", "--json"),
    ("metrics", "show", "-A", "--json"),
    ("metrics", "diff", "--json"),
    ("metrics", "diff", "--json", "--all"),
    ("metrics", "diff", "HEAD", "HEAD", "--json"),
    ("metrics", "diff", "--json", "--targets", "m.json"),
    ("params", "diff", "--json"),
    ("params", "diff", "--json", "--deps"),
    ("params", "diff", "--json", "--all"),
)

ODD_STAGES = """\
stages:
  s:
    cmd: "true"
    params: [a, b, c, d, e, f, h, n]
    metrics: [m.json: {cache: false}]
"""
ODD = {
    "first": (
        "a: [1]\nb: {}\nc: {x: 1}\nd: null\ne: {y: null}\nf: [1, 2]\nh: ''\nn: {}\nsame: null\nempty: {}\nt: 1\nu: [1]\n",
        '{"acc": 1, "one": 1, "e": {}, "n": null, "l": [1], "o": {"x": {}}, "ok": true}',
    ),
    "second": (
        "a: [2]\nb: {z: 1}\nc: {}\ne: {}\nf: [1, 3]\ng: null\nh: null\nn: null\nsame: null\nempty: {}\nt: 1.0\nu: [1.0]\n",
        '{"acc": 2, "one": true, "e": {"k": null}, "l": [2], "q": null, "o": {"x": {}}, "ok": false, "t": ""}',
    ),
}
ODD_QUESTIONS = (
    ("params", "diff", "HEAD~1"),
    ("params", "diff", "HEAD~1", "--all"),
    ("metrics", "diff", "HEAD~1"),
    ("metrics", "diff", "HEAD~1", "--all"),
    ("metrics", "show"),
    ("metrics", "show", "-a"),
    ("exp", "diff", "HEAD~1", "HEAD"),
    ("exp", "show", "--csv"),
)
ODD_JSON = (
    ("params", "diff", "HEAD~1", "--json"),
    ("params", "diff", "HEAD~1", "--json", "--all"),
    ("metrics", "diff", "HEAD~1", "--json", "--all"),
    ("exp", "diff", "HEAD~1", "HEAD", "--json"),
    ("exp", "diff", "--all", "HEAD~1", "HEAD", "--json"),
    ("exp", "show", "--json"),
)
FILES = """\
stages:
  s:
    cmd: "true"
    params: [p, gone.yaml: [q], broken.yaml: [r]]
    metrics:
    - m.json: {cache: false}
    - gone.json: {cache: false}
    - one.yaml: {cache: false}
    - list.json: {cache: false}
    - broken.toml: {cache: false}
    - empty.json: {cache: false}
    - folder: {cache: false}
    - plain: {cache: false}
params: [nowhere.yaml]
metrics: [nowhere.json]
"""
CONTENTS = {
    "broken.yaml": "a: [\n",
    "m.json": '{"a": 1}',
    "one.yaml": "0.5\n",
    "list.json": "[1, 2]",
    "broken.toml": "= 3\n",
    "empty.json": "",
    "folder/in.json": '{"a": 1}',
    "folder/more.yaml": "b: 1\n",
    "plain": "c: 1\n",
    "other.json": '{"z": 1}',
}
FILE_QUESTIONS = (
    ("metrics", "show"),
    ("metrics", "show", "-T"),
    ("metrics", "show", "other.json"),
    ("metrics", "show", "folder"),
    ("metrics", "show", "nothing.json"),
    ("metrics", "diff"),
    ("metrics", "diff", "--all"),
    ("metrics", "diff", "--targets", "other.json"),
    ("params", "diff"),
    ("params", "diff", "--deps"),
    ("params", "diff", "--targets", "other.json"),
    ("exp", "show"),
    ("exp", "diff"),
)


class ValuesTest(Repo):
    def test_both_tell_the_same_of_metrics_and_params(self):
        for cached in ("true", "false"):
            with self.subTest(cached=cached):
                self.setUp()
                self.call("git", "config", "user.name", "interop")
                self.call("git", "config", "user.email", "interop@localhost")
                self.write("params.yaml", "lr: 0.1\nunused: 5\nnet: {size: 3, act: relu}\nlist: [1, a]\n")
                self.write("other.yaml", "x: 1\ny: 2\n")
                self.write("extra.yaml", "z: 7\n")
                self.write("dvc.yaml", STAGES % ("0.81234567", "a", cached))
                self.call("mlops", "repro")
                self.call("git", "add", "-A")
                self.call("git", "commit", "-qm", "first")
                self.write("params.yaml", "lr: 0.2\nunused: 5\nnet: {size: 4, act: relu}\nlist: [1, b]\n")
                self.write("dvc.yaml", STAGES % ("0.9", "b", cached))
                self.call("dvc", "repro")
                for question in QUESTIONS:
                    theirs, ours = (json.loads(self.call(tool, *question)) for tool in ("dvc", "mlops"))
                    self.assertEqual(theirs, ours, question)

    def test_nulls_empty_mappings_and_what_is_no_metric(self):
        self.call("git", "config", "user.name", "interop")
        self.call("git", "config", "user.email", "interop@localhost")
        self.write("dvc.yaml", ODD_STAGES)
        for message, (params, metrics) in ODD.items():
            self.write("params.yaml", params)
            self.write("m.json", metrics)
            self.call("git", "add", "-A")
            self.call("git", "commit", "-qm", message)
        for question in ODD_QUESTIONS:
            self.assertEqual(*(self.call(tool, *question).strip() for tool in ("dvc", "mlops")), question)
        for question in (*QUESTIONS, *ODD_JSON):
            theirs, ours = (json.loads(self.call(tool, *question)) for tool in ("dvc", "mlops"))
            self.assertEqual(theirs, ours, question)

    def test_a_revision_that_cannot_be_read_leaves_the_others(self):
        self.call("git", "config", "user.name", "interop")
        self.call("git", "config", "user.email", "interop@localhost")
        stages = ODD_STAGES
        good = {"dvc.yaml": stages, "params.yaml": "lr: 1\n", "m.json": '{"m": 1}'}
        for name, changed in (
            ("good", {}),
            ("stages", {"dvc.yaml": "stages: [\n"}),
            ("names", {"dvc.yaml": stages.replace("cmd: ", "cmd: echo ${nope}; ")}),
            ("params", {"params.yaml": "a: [\n"}),
        ):
            for path, text in {**good, **changed}.items():
                self.write(path, text)
            self.call("git", "add", "-A")
            self.call("git", "commit", "-qm", name)
            self.call("git", "tag", name)
        for path, text in good.items():
            self.write(path, text)
        self.write("m.json", '{"m": 3}')
        questions = [
            (kind, "diff", *revisions, "--json")
            for kind in ("metrics", "params")
            for revisions in (("stages",), ("names",), ("params",), ("good", "params"), ("good", "names"))
        ]
        for question in (("metrics", "show", "-T", "--json"), ("metrics", "show", "-A", "--json"), *questions):
            answers = []
            for tool in ("dvc", "mlops"):
                text = self.call(tool, *question)
                self.assertRegex(text, f"WARNING: failed to load {question[0]} in revision '.+', ")
                values = json.loads(text.splitlines()[-1])
                answers.append({name: "error" if "error" in value else value for name, value in values.items()})
            self.assertEqual(*answers, question)
        ours = self.call("mlops", "metrics", "show", "-T")
        self.assertIn("in revision 'params', params:params.yaml:2:1: ", ours)
        self.write("params.yaml", "a: [\n")
        for tool in ("dvc", "mlops"):
            self.assertIn("failed to load params in revision 'workspace', ", self.call(tool, "params", "diff", "good"))

    def test_a_revision_that_is_none_is_an_error(self):
        self.write("params.yaml", "lr: 1\n")
        self.call("git", "-c", "user.name=a", "-c", "user.email=a@localhost", "commit", "-qm", "first")
        for tool in ("dvc", "mlops"):
            self.call(tool, "params", "diff", "nothing", code=255)

    def test_a_file_that_cannot_be_read_leaves_the_others(self):
        self.call("git", "config", "user.name", "interop")
        self.call("git", "config", "user.email", "interop@localhost")
        self.write("dvc.yaml", FILES)
        self.write("params.yaml", "p: 1\n")
        for name, text in CONTENTS.items():
            self.write(name, text)
        self.call("git", "add", "-A")
        self.call("git", "commit", "-qm", "first")
        self.call("git", "tag", "first")
        self.write("params.yaml", "p: 2\n")
        self.write("m.json", "{")
        self.write("folder/in.json", '{"a": 2}')
        for question in FILE_QUESTIONS:
            theirs, ours = (values(self.call(tool, *question, "--json")) for tool in ("dvc", "mlops"))
            self.assertEqual(theirs, ours, question)
        for question in (("metrics", "show"), ("metrics", "show", "-T"), ("metrics", "diff"), ("exp", "show", "--csv")):
            theirs, ours = (table(self.call(tool, *question)) for tool in ("dvc", "mlops"))
            self.assertEqual(theirs, ours, question)
        self.write("sub/here.json", '{"z": 1}')
        for question in (("metrics", "show"), ("metrics", "show", "here.json"), ("metrics", "diff"), ("params", "diff")):
            theirs, ours = (
                values(self.call(tool, *question, "--json", cwd=self.root / "sub")) for tool in ("dvc", "mlops")
            )
            self.assertEqual(theirs, ours, question)

    def test_before_the_first_commit_nothing_differs(self):
        self.write("params.yaml", "lr: 1\n")
        for question in ("metrics show", "metrics diff", "params diff", "plots diff", "exp diff"):
            theirs, ours = (self.call(tool, *question.split(), "--json") for tool in ("dvc", "mlops"))
            self.assertEqual(theirs, ours, question)
        self.assertEqual(*(self.call(tool, "exp", "show", "--csv") for tool in ("dvc", "mlops")))

    def test_what_is_wrong_at_a_revision_is_told_by_its_path_there(self):
        self.call("git", "config", "user.name", "interop")
        self.call("git", "config", "user.email", "interop@localhost")
        for name, text in (("bad", "stages: [\n"), ("good", "plots: [p.csv]\n")):
            self.write("dvc.yaml", text)
            self.write("p.csv", "x,y\n1,2\n")
            self.call("git", "add", "-A")
            self.call("git", "commit", "-qm", name)
            self.call("git", "tag", name)
        for command, code in (("diff bad", 1), ("list . --rev bad", 1), ("plots diff bad", 0)):
            for tool in ("dvc", "mlops"):
                text = self.call(tool, *command.split(), code=code)
            self.assertIn(":dvc.yaml:2:1: ", text)
            self.assertNotIn(".dvc/tmp", text)
        self.assertIn("bad:dvc.yaml:2:1: ", self.call("mlops", "report", "--base", "bad", code=255))


def values(text):
    """The JSON that was printed; of errors the type alone, since each tool has its own words."""
    return untold(json.loads(text.splitlines()[-1]))


def untold(value):
    if isinstance(value, dict):
        return {key: untold(item) for key, item in value.items() if key not in ("msg", "timestamp")}
    return [untold(item) for item in value] if isinstance(value, list) else value


def table(text):
    """The rows that were printed, without warnings; dvc has no order among files."""
    return sorted(line for line in text.splitlines() if "failed to load" not in line)
