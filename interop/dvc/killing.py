"""Commands killed at random moments, and what must hold of every cache and remote afterwards."""

import hashlib
import json
import os
import random
import signal
import subprocess
import time

from repo import Repo

KILLS = int(os.environ.get("KILLS", "3"))


class KillRepo(Repo):
    """Commands run on this repository are killed with `kill -9`; KILLS=60 makes it long."""

    def kill(self, *command, within=1.5):
        """Starts a command and kills it after a random while; tells whether it was still running."""
        process = subprocess.Popen(
            command,
            cwd=self.root,
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(random.uniform(0.1, within))
        running = process.poll() is None
        if running:
            os.killpg(process.pid, signal.SIGKILL)
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
