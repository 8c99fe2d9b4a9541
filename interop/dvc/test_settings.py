"""Settings, remotes and ignored paths: the same commands leave the same files and say the same."""

import json
import os
import pathlib
import shutil
import subprocess

from repo import TOOLS, Repo

MANY = """
import json, os, sys
from dvc.cli import main
for command in json.load(sys.stdin):
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.dup2(1, 2)
        code = main(command)
        sys.stdout.flush()
        os._exit(code)
    print("\\0%d" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), end="\\0")
"""


class Settings(Repo):
    def many(self, tool, commands, cwd=None):
        """Runs commands one after the other; returns (exit code, printed) of each."""
        if tool == "mlops":
            found = []
            for command in commands:
                done = subprocess.run(
                    ["mlops", *command],
                    cwd=cwd or self.root,
                    env=self.env,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                )
                found.append((done.returncode, done.stdout))
            return found
        python = pathlib.Path(shutil.which("dvc")).resolve().parent / "python"
        done = subprocess.run(
            [str(python), "-c", MANY],
            cwd=cwd or self.root,
            env=self.env,
            input=json.dumps(commands),
            stdout=subprocess.PIPE,
            text=True,
        )
        parts = done.stdout.split("\0")
        return [(int(parts[i + 1]), parts[i]) for i in range(0, len(parts) - 1, 2)]

    def both(self, commands):
        """Runs commands with each tool in a repository of its own at the same place."""
        results = {}
        for tool in TOOLS:
            results[tool] = self.many(tool, commands)
            kept = self.root.with_name(tool)
            self.root.rename(kept)
            self.root.mkdir()
            self.call("git", "init", "-q")
            self.call("dvc", "init", "-q")
        codes = [[code for code, _ in results[tool]] for tool in TOOLS]
        self.assertEqual(codes[0], codes[1], list(zip(commands, *(results[t] for t in TOOLS))))
        return results

    def same(self, name):
        texts = []
        for tool in TOOLS:
            file = self.root.with_name(tool) / name
            texts.append(file.read_bytes() if file.exists() else b"")
        self.assertEqual(texts[0], texts[1], name)
        return texts[0].decode()

    def test_the_same_commands_leave_the_same_files(self):
        commands = [
            ["config", "cache.type", "hardlink,symlink"],
            ["config", "core.autostage", "TRUE"],
            ["remote", "add", "-d", "Near", "../x"],
            ["remote", "add", "near", "../y"],
            ["remote", "add", "-f", "near", "../y/z"],
            ["remote", "add", "s", "s3://bucket/path"],
            ["remote", "modify", "s", "region", "eu west, 1"],
            ["remote", "modify", "s", "endpointurl", "http://x/#y"],
            ["remote", "modify", "s", "acl", "it's"],
            ["remote", "modify", "s", "credentialpath", "keys/a"],
            ["remote", "modify", "s", "no_such", "x"],
            ["remote", "modify", "nowhere", "url", "x"],
            ["remote", "add", "home", "~/data"],
            ["remote", "add", "absolute", "/tmp/a b"],
            ["remote", "add", "ftp", "ftp://x/y"],
            ["remote", "modify", "--local", "home", "jobs", "3"],
            ["config", "cache.dir", "../c"],
            ["config", "db.d.url", "sqlite:///x"],
            ["remote", "add", "last", "remote://near/sub"],
            ["remote", "rename", "last", "final"],
            ["remote", "rename", "near", "far"],
            ["remote", "rename", "s", "far"],
            ["remote", "default", "s"],
            ["remote", "default", "nowhere"],
            ["config", "core.remote"],
            ["remote", "remove", "s"],
            ["remote", "remove", "s"],
            ["remote", "default"],
            ["config", "core.checksum_jobs", "0"],
            ["config", "no.such", "1"],
            ["config", "core"],
            ["config", "-u", "core.autostage"],
            ["config", "-u", "core.autostage"],
            ["config", "cache.type", "links"],
            ["config", "parsing.bool", "boolean_optional"],
            ["config", "--global", "core.check_update", "false"],
            ["config", "core.analytics", "no"],
            ["config"],
            ["config", "-l", "core.remote"],
            ["remote", "list"],
            ["cache", "dir"],
            ["cache", "dir", "-u"],
            ["cache", "dir", "-u"],
            ["config", "-l"],
            ["config", "-l", "--project", "--show-origin"],
            ["config", "remote.home.jobs"],
            ["config", "--project", "remote.home.jobs"],
            ["config", "--show-origin", "remote.home.jobs"],
            ["root"],
        ]
        results = self.both(commands)
        text = self.same(".dvc/config")
        self.assertIn("['remote \"far\"']", text)
        self.same(".dvc/config.local")
        for command, ours, theirs in zip(commands, results["mlops"], results["dvc"]):
            told = command[0] == "root" or command[:2] in (["remote", "list"], ["cache", "dir"])
            if ours[0] == 0 and (told or command[:2] == ["config", "-l"]):
                self.assertEqual(theirs[1], ours[1], command)

    def test_features_are_told_of(self):
        for tool in TOOLS:
            self.setUp()
            self.assertIn("'feature.x' config option is unsupported", self.call(tool, "config", "feature.x", "true"))
            told = "'feature.x', 'feature.y' config options are unsupported"
            self.assertIn(told, self.call(tool, "config", "--local", "feature.y", "true"))
            self.call(tool, "config", "-u", "feature.x")
            self.assertNotIn("unsupported", self.call(tool, "config", "--local", "-u", "feature.y"))

    def test_wrong_settings_and_places_have_codes_of_their_own(self):
        self.write(".dvc/config", "[core]\n    no_such = 1\n")
        for tool in TOOLS:
            codes = [
                code
                for code, _ in self.many(
                    tool, [["status"], ["check-ignore", "x"], ["root"], ["status", "--no-such"]]
                )
            ]
            self.assertEqual([251, 251, 0, 254], codes, tool)
            outside = [["status"], ["root"], ["remote", "list", "--local"], ["config", "-l"]]
            codes = [code for code, _ in self.many(tool, outside, cwd=self.folder.name)]
            self.assertEqual([253, 253], codes[:2], tool)
            self.assertEqual(0, codes[3], tool)

    def test_ignored_paths_are_the_same(self):
        self.write(".dvcignore", "# no data\n*.tmp\n/top\nbuild/\n!keep.tmp\n\\#odd\ndeep/**/x\n")
        self.write("d/.dvcignore", "!b.tmp\n/own\n**/any\n[a-c].bin\n")
        names = """a.tmp keep.tmp top d/top build build/x #odd deep/x deep/1/2/x deep/y
            d/a.tmp d/b.tmp d/e/b.tmp d/own d/e/own d/e/any d/any d/b.bin d/d.bin .git .git/x
            .dvc/config ../out nested nested/x d/e d plain""".split()
        for name in names:
            if name.startswith((".", "nested")) or name in ("build", "d/e", "d"):
                continue
            self.write(name, name)
        self.write("nested/.dvc/config", "")
        ask = [
            ["check-ignore", *names],
            ["check-ignore", "-d", *names],
            ["check-ignore", "-d", "-n", *names],
            ["check-ignore", "plain"],
            ["check-ignore", "-d", "keep.tmp"],
            ["check-ignore", "keep.tmp"],
            ["check-ignore", "-n", "plain"],
            ["check-ignore"],
        ]
        dvc, mlops = self.many("dvc", ask), self.many("mlops", ask)
        for command, theirs, ours in zip(ask, dvc, mlops):
            self.assertEqual(theirs[0], ours[0], command)
            if theirs[0] < 2:
                self.assertEqual(theirs[1], ours[1], command)

    def test_ignored_files_are_no_data_for_either(self):
        self.write(".dvcignore", "*.tmp\n!keep.tmp\n/d/skip\n")
        for name in "a x.tmp keep.tmp skip/y e/skip/z e/q.tmp".split():
            self.write("d/" + name, name)
        listed = set()
        for tool in TOOLS:
            self.call(tool, "add", "d")
            listed.add(self.read("d.dvc"))
            self.assertClean("dvc")
            self.assertClean("mlops")
            os.remove(self.root / "d.dvc")
        self.assertEqual(1, len(listed))
