"""`kill -9` of add, checkout and repro at random moments: no object with wrong bytes, nothing that was in the
workspace lost, and the next command of either tool goes on."""

import shutil
import time

from killing import KILLS, KillRepo
from repo import TOOLS

FILES = 1500


class KillTest(KillRepo):
    def setUp(self):
        super().setUp()
        self.fill("")

    def fill(self, what):
        for number in range(FILES):
            self.write(f"d/{number % 7}/{number}", f"{what}{number}\n" * 300)

    def workspace(self):
        files = (self.root / "d").rglob("*")
        return {str(f.relative_to(self.root)): f.read_bytes() for f in files if f.is_file()}

    def whole(self, *command):
        """How long a command takes that nobody kills, in seconds."""
        since = time.monotonic()
        self.call(*command)
        return time.monotonic() - since

    def test_add(self):
        within, caught = self.whole("mlops", "add", "d"), 0
        for round in range(KILLS):
            self.fill(f"{round} ")
            before = self.workspace()
            caught += self.kill("mlops", "add", "d", within=within)
            self.assertEqual(before, self.workspace())
            self.assertSound(self.root / ".dvc/cache")
            tool = TOOLS[round % 2]
            self.call(tool, "add", "-q", "d")
            self.assertClean("mlops" if tool == "dvc" else "dvc")
        print(f"add: {caught} of {KILLS} killed while running")

    def test_checkout(self):
        self.call("mlops", "add", "d")
        before, caught = self.workspace(), 0
        shutil.rmtree(self.root / "d")
        within = self.whole("mlops", "checkout")
        for round in range(KILLS):
            # By turns all of it is missing, or a few files are: both ways of putting back.
            if round % 2:
                shutil.rmtree(self.root / "d")
            else:
                shutil.rmtree(self.root / "d/3", ignore_errors=True)
            caught += self.kill("mlops", "checkout", within=within)
            self.assertSound(self.root / ".dvc/cache")
            self.call(TOOLS[round // 2 % 2], "checkout", "-q")
            self.assertEqual(before, self.workspace())
        self.assertClean("dvc")
        self.assertFalse([f.name for f in self.root.iterdir() if f.name.endswith(".tmp")])
        print(f"checkout: {caught} of {KILLS} killed while running")

    def test_repro(self):
        self.chain()
        within, caught = self.whole("mlops", "repro"), 0
        for round in range(KILLS):
            self.write("in.csv", f"a,b\n1,{round + 3}\n")
            caught += self.kill("mlops", "repro", within=within)
            self.assertSound(self.root / ".dvc/cache")
            tool = TOOLS[round % 2]
            self.call(tool, "repro")
            self.assertClean("mlops" if tool == "dvc" else "dvc")
        print(f"repro: {caught} of {KILLS} killed while running")
