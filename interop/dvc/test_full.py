"""A full disk: add, repro and push say so, no object has wrong bytes, nothing of the workspace is lost, and the next
command of either tool goes on once there is room."""

import os
import shutil
import sys
import unittest
from pathlib import Path

from killing import KillRepo
from repo import TOOLS

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reliability"))
import places  # noqa: E402 - the folder must be on the path first

ROUNDS = int(os.environ.get("FULL_ROUNDS", "1"))
FULL = "No space left on device"
OWN_RULES = "# rules of my own\n*.log\n"


@unittest.skipUnless(places.can_mount(), "SKIPPED: only root may mount a small disk")
class FullDiskTest(KillRepo):
    def setUp(self):
        super().setUp()
        self.disk = self.enterContext(places.small_disk(6))
        self.root = Path(shutil.move(self.root, self.disk.path / "repo"))
        self.write(".gitignore", OWN_RULES)

    def refused(self, *command, code=255):
        """The command says which file has no room, and leaves no part of one."""
        text = self.call(*command, code=code)
        self.assertRegex(text, f"(?m)^ERROR: .*{self.disk.path}.*: {FULL}$")
        self.assertNotIn("\tat ", text)
        self.assertSound(self.root / ".dvc/cache")
        self.assertEqual([], [f for f in self.disk.path.rglob("*.tmp") if f.is_file()])
        self.assertTrue(self.read(".gitignore").startswith(OWN_RULES))

    def workspace(self):
        return {f.name: f.read_bytes() for f in (self.root / "d").iterdir()}

    def test_add(self):
        for round in range(ROUNDS):
            for number in range(40):
                self.write(f"d/{number}", f"{round} {number}\n" * 25_000)
            before = self.workspace()
            self.refused("mlops", "add", "d")
            self.assertEqual(before, self.workspace())
            self.disk.grow(8)
            tool = TOOLS[round % 2]
            self.call(tool, "add", "-q", "d")
            self.assertClean("mlops" if tool == "dvc" else "dvc")
            self.disk.fill()

    def test_repro(self):
        self.chain()
        self.call("mlops", "repro")
        lock = self.read("dvc.lock")
        self.write("in.csv", "1,2\n" * 420_000)
        self.refused("mlops", "repro")
        self.assertEqual(lock, self.read("dvc.lock"))
        self.disk.grow(40)
        self.call("mlops", "repro")
        self.assertClean("dvc")

    def test_push(self):
        store = self.disk.path / "store"
        self.call("dvc", "remote", "add", "-q", "-d", "r", str(store))
        for number in range(20):
            self.write(f"d/{number}", f"{number}\n" * 50_000)
        self.call("mlops", "add", "d")
        self.refused("mlops", "push", code=1)
        self.assertSound(store)
        self.disk.grow(8)
        self.call("mlops", "push")
        self.assertIn("Everything is up to date.", self.call("dvc", "push"))

    def test_not_one_byte_is_free(self):
        self.write("old", "old\n" * 100_000)
        self.call("mlops", "add", "old")
        self.write("old", "new\n" * 100_000)
        self.call("mlops", "add", "old")
        self.write("new", "x")
        rules = self.read(".gitignore")
        self.disk.fill()
        self.refused("mlops", "add", "new")
        self.assertEqual(rules, self.read(".gitignore"))
        self.assertClean("mlops")
        self.call("mlops", "gc", "-w", "-f")
        self.call("mlops", "add", "new")
        self.assertClean("dvc")
