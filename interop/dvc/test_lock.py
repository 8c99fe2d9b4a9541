"""Both tools respect each other's lock, and a killed process leaves nothing to repair."""

import fcntl
import json
import signal
import subprocess
import time

from repo import TOOLS, Repo, other


class LockTest(Repo):
    def test_a_held_lock_keeps_both_out(self):
        self.chain()
        lock = self.root / ".dvc" / "tmp" / "lock"
        lock.parent.mkdir(exist_ok=True)
        with open(lock, "w", encoding="ascii") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for tool in TOOLS:
                self.assertIn("nable to acquire lock", self.call(tool, "repro", code=255 if tool == "mlops" else self.code("repro")))
        self.call("mlops", "repro")
        self.assertClean("dvc")

    def code(self, _command):
        return 255

    def test_a_killed_run_is_taken_up_by_the_other(self):
        for tool in TOOLS:
            with self.subTest(tool=tool):
                self.setUp()
                self.chain()
                text = self.read("dvc.yaml")
                self.write("dvc.yaml", text.replace("date +%N", "touch started; sleep 30; date +%N"))
                running = subprocess.Popen(
                    [tool, "repro"], cwd=self.root, env=self.env, start_new_session=True,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )
                deadline = time.monotonic() + 60
                while not (self.root / "started").exists() and time.monotonic() < deadline:
                    time.sleep(0.05)
                # The process group: the tool and the command it runs.
                import os

                os.killpg(running.pid, signal.SIGKILL)
                running.wait()
                self.write("dvc.yaml", text)
                # Above the JSON, on stderr, may stand that the killed one was taken out of the rwlock.
                status = self.call(other(tool), "status", "--json").splitlines()[-1]
                self.assertNotIn("split", json.loads(status))
                self.assertIn("'split' didn't change, skipping", self.call(other(tool), "repro"))
                self.assertClean(tool)
