"""`kill -9` of push and gc at random moments: no object with wrong bytes, no listing without its files,
nothing in use lost, and the next command of either tool goes on. KILLS=60 makes it long."""

import hashlib
import json
import os
import random
import shutil
import subprocess
import time

from repo import Repo

KILLS = int(os.environ.get("KILLS", "3"))
FILES = 400


class KillTest(Repo):
    def setUp(self):
        super().setUp()
        self.store = self.root.parent / "store"
        self.call("dvc", "remote", "add", "-q", "-d", "r", str(self.store))
        for number in range(FILES):
            self.write(f"d/{number % 7}/{number}", f"{number}\n" * 500)
        self.call("mlops", "add", "d")

    def kill(self, *command):
        """Starts a command and kills it after a random while; tells whether it was still running."""
        process = subprocess.Popen(
            command,
            cwd=self.root,
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(random.uniform(0.2, 1.5))
        running = process.poll() is None
        process.kill()
        process.wait()
        return running

    def assertSound(self, root):
        """Every object that counts as verified is what its name says; listings have their files."""
        objects = root / "files/md5"
        for file in objects.rglob("*"):
            if not file.is_file() or file.name.startswith("."):
                continue
            self.assertEqual(0o444, file.stat().st_mode & 0o777, file)
            content = file.read_bytes()
            name = file.parent.name + file.name
            self.assertEqual(name.removesuffix(".dir"), hashlib.md5(content).hexdigest())
            if name.endswith(".dir"):
                for entry in json.loads(content):
                    md5 = entry["md5"]
                    self.assertTrue((objects / md5[:2] / md5[2:]).exists(), f"{name} lacks {md5}")

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
