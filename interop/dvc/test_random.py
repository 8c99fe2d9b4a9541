"""Random repositories and random edits: every decision of ours is that of dvc.

REPOSITORIES says how many (6), SEED with which to begin (1). A difference names its seed, which shows it again:
SEED=17 REPOSITORIES=1 python3 -m unittest test_random
"""

import json
import os
import re
import shutil
import subprocess

import forked
from random_repository import RandomRepository
from repo import Repo

REPOSITORIES = int(os.environ.get("REPOSITORIES", "6"))
SEED = int(os.environ.get("SEED", "1"))
QUESTIONS = (
    ("status", "--json"),
    ("status", "-R", ".", "--json"),
    ("data", "status", "--json"),
    ("data", "status", "--granular", "--json"),
    ("params", "diff", "--json"),
    ("diff", "--json"),
    ("stage", "list", "--all"),
    ("dag", "--dot"),
)
RAN = re.compile(r"^(?:Running|Would run|Verifying data sources in) stage:? '(.*)'", re.M)


class RandomTest(Repo):
    def test_every_decision_is_the_same(self):
        for seed in range(SEED, SEED + REPOSITORIES):
            with self.subTest(seed=seed):
                self.setUp()
                self.compare(seed)

    def compare(self, seed):
        self.failed = False
        base = RandomRepository(self.root, seed)
        base.create()
        for path in base.tracked:
            self.tool("mlops" if seed % 2 else "dvc", self.root, "add", "--", path)
        self.commit(self.root)
        theirs, ours = self.copy("theirs"), self.copy("ours")
        self.reproduce(seed, base, ("dvc", theirs), ("mlops", ours))
        for copy in (theirs, ours):
            self.commit(copy)
            base.root, base.story = copy, []
            state = base.rng.getstate()
            base.edit()
            if copy is theirs:
                base.rng.setstate(state)
        asked = theirs if seed % 2 else ours
        for question in QUESTIONS:
            self.same(seed, base, question, *(self.ask(tool, asked, question) for tool in ("dvc", "mlops")))
        # Ours also tells what depends on what would run; dvc fails there, or leaves it out.
        (_, theirs_dry), (_, ours_dry) = (self.runs(tool, asked, "repro", "--dry", "-P") for tool in ("dvc", "mlops"))
        self.assertLessEqual(set(theirs_dry), set(ours_dry), f"seed {seed}, repro --dry, after {base.story}")
        self.reproduce(seed, base, ("dvc", ours), ("mlops", theirs))

    def reproduce(self, seed, base, dvc, mlops):
        before = self.files(dvc[1])
        ran = [self.runs(tool, copy, "repro", "-k", "-P") for tool, copy in (dvc, mlops)]
        self.same(seed, base, "which stages run", *ran)
        locks = [self.lock(base, copy) for _, copy in (dvc, mlops)]
        self.same(seed, base, "dvc.lock", *locks)
        self.failed |= ran[0][0] != 0
        theirs, ours = (self.files(copy) for _, copy in (dvc, mlops))
        if self.failed:
            self.same(seed, base, "the workspace", theirs, self.without_kept(before, theirs, ours))
            self.ignore_alike(dvc[1], mlops[1])
        else:
            self.same(seed, base, "the workspace", theirs, ours)

    def without_kept(self, before, theirs, ours):
        """dvc takes the outputs of a stage away that then cannot start; we leave them."""
        return {name: file for name, file in ours.items() if name in theirs or before.get(name) != file}

    def ignore_alike(self, dvc, mlops):
        """After a failure dvc takes back what it wrote into .gitignore, so that git would get outputs that dvc.lock has."""
        for file in mlops.rglob(".gitignore"):
            if ".dvc" not in file.parts:
                shutil.copy(file, dvc / file.relative_to(mlops))

    def same(self, seed, base, what, theirs, ours):
        self.maxDiff = None
        self.assertEqual(*differing(theirs, ours), f"seed {seed}, {what}, after {base.story}")

    def copy(self, name):
        target = self.root.parent / name
        shutil.copytree(self.root, target, symlinks=True)
        return target

    def commit(self, root):
        self.call("git", "add", "-A", cwd=root)
        person = ("-c", "user.name=interop", "-c", "user.email=interop@localhost")
        self.call("git", *person, "commit", "-q", "--allow-empty", "-m", "state", cwd=root)

    def tool(self, tool, root, *arguments):
        """The exit code and what was printed to both streams, dvc in a forked child since it is asked often."""
        if tool == "dvc":
            return forked.dvc(arguments, root, self.env)
        done = subprocess.run(
            ["mlops", *arguments], cwd=root, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        return done.returncode, done.stdout

    def ask(self, tool, root, question):
        code, text = self.tool(tool, root, *question)
        if code == 0 and question[-1] == "--json":
            return code, sorted_lists(json.loads(text.strip().splitlines()[-1] if text.strip() else "null"))
        return code, normal(text) if code == 0 else "an error"

    def runs(self, tool, root, *arguments):
        code, text = self.tool(tool, root, *arguments)
        return code, sorted(RAN.findall(text))

    def lock(self, base, root):
        base.root = root
        locks = [file.replace("dvc.yaml", "dvc.lock") for file in base.pipelines]
        return {lock: base.read_yaml(lock) if (root / lock).exists() else None for lock in locks}

    def files(self, root):
        """What is where, without what either tool keeps for itself."""
        return {
            str(file.relative_to(root)): (file.read_bytes(), file.stat().st_mode & 0o100)
            for file in sorted(root.rglob("*"))
            if file.is_file()
            and not {".git", ".dvc"} & set(file.relative_to(root).parts)
            and not (self.failed and file.name == ".gitignore")
        }


def normal(text):
    """Lines in order and without what only lays them out: the order of dvc is that of the disk."""
    graph = text[: text.index("}")] if text.startswith("strict digraph") else text
    # dvc leaves quotes within quotes as they are.
    return sorted(re.sub(" {2,}", "  ", line.rstrip()).replace('\\"', '"') for line in graph.splitlines())


def differing(theirs, ours):
    """The entries of two mappings that differ; other values as they are."""
    if not (isinstance(theirs, dict) and isinstance(ours, dict)):
        return theirs, ours
    keys = [key for key in {**theirs, **ours} if theirs.get(key) != ours.get(key)]
    return tuple({key: side[key] for key in keys if key in side} for side in (theirs, ours))


def sorted_lists(value):
    """dvc lists paths in no order that it promises."""
    if isinstance(value, dict):
        return {key: sorted_lists(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted((sorted_lists(item) for item in value), key=json.dumps)
    return value
