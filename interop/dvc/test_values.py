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

    def test_a_revision_that_is_none_is_an_error(self):
        self.write("params.yaml", "lr: 1\n")
        self.call("git", "-c", "user.name=a", "-c", "user.email=a@localhost", "commit", "-qm", "first")
        for tool in ("dvc", "mlops"):
            self.call(tool, "params", "diff", "nothing", code=255)
