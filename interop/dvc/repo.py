"""A repository in a temporary directory that both tools work on."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

import forked

CLEAN = "Data and pipelines are up to date."
TOOLS = ("dvc", "mlops")

# ALL=1 tries everything; without it tests that are much like others are left out.
ALL = os.environ.get("ALL", "") not in ("", "0")
thorough = unittest.skipUnless(ALL, "ALL=1 runs it")


class Repo(unittest.TestCase):
    """Starts each test with an empty git and dvc repository."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="interop-dvc-")
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name, "repo")
        home = pathlib.Path(self.folder.name, "home")
        home.mkdir()
        self.env = dict(
            os.environ,
            HOME=str(home),
            CI="1",  # or dvc looks for newer releases, in a process of its own for each command
            DVC_NO_ANALYTICS="1",
            DVC_SITE_CACHE_DIR=str(home / "site"),
            LC_ALL="C.UTF-8",
        )
        self.root.mkdir()
        self.call("git", "init", "-q")
        self.call("dvc", "init", "-q")

    def call(self, *command, cwd=None, code=0):
        """Runs a command; returns what it printed, checks how it ended. dvc runs in a forked child."""
        if command[0] == "dvc":
            ended, text = forked.dvc(command[1:], cwd or self.root, self.env)
            self.assertEqual(code, ended, f"{command}:\n{text}")
            return text
        done = subprocess.run(
            command,
            cwd=cwd or self.root,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        self.assertEqual(code, done.returncode, f"{command}:\n{done.stdout}")
        return done.stdout

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def read(self, path):
        return (self.root / path).read_text(encoding="utf-8")

    def chain(self):
        """Three stages, the last two of which read a parameter each."""
        self.write("in.csv", "a,b\n1,2\n")
        self.write("params.yaml", "split: {seed: 1}\nlr: 0.001\n")
        self.write(
            "dvc.yaml",
            """\
stages:
  split:
    cmd: mkdir -p data/sub && cp in.csv data/train.csv && cp in.csv data/sub/é.csv
    deps: [in.csv]
    params: [split.seed]
    outs: [data]
  train:
    cmd:
    - cat data/train.csv > model.bin
    - date +%N >> runs.log
    deps: [data]
    params: [lr]
    outs: [model.bin]
  evaluate:
    cmd: "echo '{\\"acc\\": 0.5}' > metrics.json"
    deps: [model.bin]
    metrics:
    - metrics.json: {cache: false}
""",
        )

    def runs(self):
        """How often the stage `train` ran."""
        log = self.root / "runs.log"
        return len(log.read_text().splitlines()) if log.exists() else 0

    def assertClean(self, tool):
        self.assertIn(CLEAN, self.call(tool, "status"))
        self.assertEqual({}, json.loads(self.call(tool, "status", "--json")))

    def objects(self):
        """The paths in the cache, without the file that dvc sometimes leaves of trying a reflink."""
        cache = self.root / ".dvc" / "cache"
        files = (f for f in cache.rglob("*") if f.is_file())
        return sorted(str(f.relative_to(cache)) for f in files if f.parent.name != "md5")


def other(tool):
    return TOOLS[1 - TOOLS.index(tool)]
