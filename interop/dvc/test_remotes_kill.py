"""`kill -9` of push and gc at random moments: no object with wrong bytes, no listing without its files,
nothing in use lost, and the next command of either tool goes on."""

import shutil

from killing import KILLS, KillRepo

FILES = 400


class KillTest(KillRepo):
    def setUp(self):
        super().setUp()
        self.store = self.root.parent / "store"
        self.call("dvc", "remote", "add", "-q", "-d", "r", str(self.store))
        for number in range(FILES):
            self.write(f"d/{number % 7}/{number}", f"{number}\n" * 500)
        self.call("mlops", "add", "d")

    def test_push(self):
        caught = 0
        for _ in range(KILLS):
            caught += self.kill("mlops", "push")
            self.assertSound(self.store)
            if list(self.store.rglob("*.dir")):
                shutil.rmtree(self.store)
        print(f"push: {caught} of {KILLS} killed while running")
        self.call("mlops", "push")
        self.assertIn("Everything is up to date.", self.call("dvc", "push"))
        shutil.rmtree(self.root / ".dvc/cache")
        shutil.rmtree(self.root / "d")
        self.call("dvc", "pull")
        self.assertClean("dvc")

    def test_gc(self):
        caught = 0
        for round in range(KILLS):
            for number in range(FILES):
                self.write(f"old/{number}", f"{round} {number}\n")
            self.call("mlops", "add", "old")
            (self.root / "old.dvc").unlink()
            shutil.rmtree(self.root / "old")
            caught += self.kill("mlops", "gc", "-w", "-f")
            self.assertSound(self.root / ".dvc/cache")
            self.assertClean("mlops")
        print(f"gc: {caught} of {KILLS} killed while running")
        self.call("dvc", "gc", "-w", "-f")
        self.assertClean("dvc")
        self.assertIn("No unused 'repo' cache", self.call("mlops", "gc", "-w", "-f"))
