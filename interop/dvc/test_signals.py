"""Ctrl-C, and both tools at work at the same time."""

import fcntl
import json
import os
import signal
import time

from repo import TOOLS, other
from scenario import Scenario


def meeting(mine, theirs, then):
    return f"touch {mine}; while [ ! -e {theirs} ]; do sleep 0.05; done; {then}"


class SignalsTest(Scenario):
    def await_file(self, name):
        deadline = time.monotonic() + 60
        while not (self.root / name).exists():
            self.assertLess(time.monotonic(), deadline, f"{name} did not come")
            time.sleep(0.05)

    def await_idle(self, running):
        """Until it takes less than a twentieth of a second of a processor in a second: it has started, and waits."""
        before, used = -(10**9), 0
        while used - before > 5:
            before = used
            time.sleep(1)
            with open(f"/proc/{running.pid}/stat", encoding="ascii") as stat:
                used = sum(map(int, stat.read().rpartition(")")[2].split()[11:13]))

    def stages(self, **commands):
        text = "stages:\n"
        for name, (command, deps, outs) in commands.items():
            text += f"  {name}:\n    cmd: {json.dumps(command)}\n    deps: {json.dumps(deps)}\n    outs: {json.dumps(outs)}\n"
        self.write("dvc.yaml", text)

    def test_an_interrupt_during_a_stage(self):
        for tool in TOOLS:
            with self.subTest(tool=tool):
                self.setUp()
                self.write("in", "in")
                # By no program of its own: bash goes on if one ends by itself while the interrupt comes.
                self.stages(
                    a=("cp in oa", ["in"], ["oa"]),
                    b=(": > begun; test -e go || sleep 60; cp oa ob", ["oa"], ["ob"]),
                    c=("cp ob oc", ["ob"], ["oc"]),
                )
                running = self.start(tool, "repro")
                self.await_file("begun")
                os.killpg(running.pid, signal.SIGINT)
                text, _ = running.communicate(timeout=120)
                self.assertEqual(255, running.returncode, text)
                self.assertIn("exited with -2", text)
                rwlock = self.root / ".dvc/tmp/rwlock"
                self.assertEqual({}, json.loads(rwlock.read_text()) if rwlock.exists() else {})
                self.write("go", "")
                code, events = self.events(other(tool), "repro")
                self.assertEqual((0, ["a"], ["b", "c"]), (code, events["skipped"], events["ran"]))
                self.assertClean(tool)

    def test_an_interrupt_between_stages(self):
        for tool in TOOLS:
            with self.subTest(tool=tool):
                self.setUp()
                self.write("in", "in")
                self.stages(a=("cp in oa", ["in"], ["oa"]))
                (self.root / ".dvc/tmp").mkdir(exist_ok=True)
                with open(self.root / ".dvc/tmp/lock", "w", encoding="ascii") as held:
                    fcntl.flock(held, fcntl.LOCK_EX)
                    running = self.start(tool, "--wait-for-lock", "repro")
                    self.await_idle(running)
                    os.killpg(running.pid, signal.SIGINT)
                    text, _ = running.communicate(timeout=120)
                    self.assertEqual(252, running.returncode, text)
                self.ok(other(tool), "repro")
                self.assertClean(tool)

    def test_disjoint_stages_run_at_the_same_time(self):
        for tool in TOOLS:
            with self.subTest(tool=tool):
                self.setUp()
                self.write("in", "in")
                self.stages(
                    a=(meeting("here-a", "here-b", "cp in oa"), ["in"], ["oa"]),
                    b=(meeting("here-b", "here-a", "cp in ob"), ["in"], ["ob"]),
                )
                first = self.start(tool, "repro", "a")
                self.await_file("here-a")
                second = self.start(other(tool), "repro", "b")
                for running in (first, second):
                    text, _ = running.communicate(timeout=120)
                    self.assertEqual(0, running.returncode, text)
                self.assertEqual(["oa", "ob"], sorted(line.split()[-1] for line in self.read("dvc.lock").splitlines() if "path: o" in line))
                for each in TOOLS:
                    self.assertClean(each)

    def test_overlapping_stages_exclude_each_other(self):
        for tool in TOOLS:
            with self.subTest(tool=tool):
                self.setUp()
                self.write("in", "in")
                self.stages(
                    a=("mkdir -p oa; touch begun; while [ ! -e go ]; do sleep 0.05; done; cp in oa/x", ["in"], ["oa"]),
                    reads=("cp oa/x ob", ["oa/x"], ["ob"]),
                    writes=("echo > in", [], ["in"]),
                )
                first = self.start(tool, "repro", "-s", "a")
                self.await_file("begun")
                for stage in ("reads", "writes", "a"):
                    code, text = self.tool(other(tool), "repro", "-s", stage)
                    self.assertEqual(255, code, text)
                    self.assertIn("busy", text)
                    self.assertIn(str(first.pid), text)
                self.write("go", "")
                text, _ = first.communicate(timeout=120)
                self.assertEqual(0, first.returncode, text)
                self.ok(other(tool), "repro", "-s", "reads")
                self.assertNotIn("writes", self.read("dvc.lock"))
