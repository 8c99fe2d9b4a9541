"""Imports that need settings of their own, and imports whose data comes later."""

import json
import subprocess

import forked
from repo import TOOLS, Repo, other, thorough
from scenario import parsed


class ImportsTest(Repo):
    def setUp(self):
        super().setUp()
        self.source = self.root.parent / "source"
        self.store = self.root.parent / "store"
        self.source.mkdir()
        for command in (
            ("git", "init", "-q"),
            ("git", "config", "user.name", "interop"),
            ("git", "config", "user.email", "interop@localhost"),
            ("dvc", "init", "-q"),
        ):
            self.call(*command, cwd=self.source)
        (self.source / "data").write_text("data\n", encoding="utf-8")
        self.call("dvc", "add", "-q", "data", cwd=self.source)

    def commit(self):
        self.call("git", "add", "-A", cwd=self.source)
        self.call("git", "commit", "-q", "-m", "data", cwd=self.source)

    def moved(self):
        """The data of the source is only in a remote, which is no longer where the settings say."""
        self.call("dvc", "remote", "add", "-q", "-d", "usual", str(self.store), cwd=self.source)
        self.call("dvc", "push", "-q", cwd=self.source)
        self.call("dvc", "remote", "modify", "-q", "usual", "url", str(self.root.parent / "gone"), cwd=self.source)
        self.call("dvc", "remote", "add", "-q", "other", str(self.root.parent / "gone"), cwd=self.source)
        self.commit()
        self.call("rm", "-rf", ".dvc/cache", "data", cwd=self.source)

    def test_settings_for_the_other_repository(self):
        self.moved()
        self.write("settings", f"['remote \"usual\"']\n    url = {self.store}\n")
        for options in (
            ["--config", "settings"],
            ["--remote-config", f"url={self.store}"],
            ["--remote", "other", "--remote-config", f"url={self.store}"],
        ):
            written = []
            for tool in TOOLS:
                with self.subTest(tool=tool, options=options):
                    self.call(tool, "import", str(self.source), "data", *options)
                    written.append(self.read("data.dvc"))
                    self.call("rm", "-rf", ".dvc/cache", "data")
                    self.call(other(tool), "pull")
                    self.assertEqual("data\n", self.read("data"))
                    self.call(tool, "get", str(self.source), "data", "-o", "copy", *options)
                    self.assertEqual("data\n", self.read("copy"))
                    self.call("rm", "-rf", ".dvc/cache", "data", "data.dvc", "copy")
            self.assertEqual(*written)

    def test_what_was_not_downloaded_is_a_part_of_the_graph(self):
        self.commit()
        (self.source / "plain").write_text("plain\n", encoding="utf-8")
        self.write("dvc.yaml", "stages: {copy: {cmd: cp out copy, deps: [out], outs: [copy]}}\n")
        for command in (
            ["import", "--no-download", str(self.source), "data", "-o", "out"],
            ["import-url", "--no-download", str(self.source / "plain"), "out"],
            ["import-url", "--no-exec", str(self.source / "plain"), "out"],
        ):
            made = []
            for tool in TOOLS:
                with self.subTest(tool=tool, command=command):
                    self.call(other(tool), *command)
                    for question in (["status", "--json"], ["dag", "--dot"], ["stage", "list", "--all"]):
                        said = [self.call(asked, *question) for asked in TOOLS]
                        self.assertEqual(*[self.plain(text) for text in said], question)
                    self.assertIn(" -> 'out'", self.call(tool, "repro", "--dry", "out.dvc"))
                    self.call(tool, "repro")
                    made.append([parsed(self.read(name)) for name in ("out.dvc", "out", "copy", "dvc.lock")])
                    self.assertEqual({}, self.plain(self.call(other(tool), "status", "--json")))
                    self.call("rm", "-rf", ".dvc/cache", "out", "out.dvc", "copy", "dvc.lock")
            self.assertEqual(*made)

    def test_what_was_not_downloaded_is_fetched_and_not_recorded(self):
        self.compare_left_for_later(
            [["import-url", "--no-download", "source/plain", "out"]],
            (["checkout"], ["fetch"], ["checkout"], ["data", "status", "--json"], ["update", "out.dvc"]),
        )

    @thorough
    def test_every_command_on_what_was_not_downloaded(self):
        self.compare_left_for_later(
            [
                ["import", "--no-download", "source", "data", "-o", "out"],
                ["import-url", "--no-download", "source/plain", "out"],
                ["import-url", "--no-exec", "source/plain", "out"],
            ],
            (
                ["checkout"],
                ["data", "status", "--json"],
                ["fetch", "out.dvc"],
                ["data", "status", "--json"],
                ["checkout", "out"],
                ["data", "status", "--json"],
                ["push"],
                ["gc", "-w", "-f"],
                ["rm", "out"],
                ["checkout"],
                ["mine"],
                ["status", "--json"],
                ["data", "status", "--json"],
                ["rm", "out", ".dvc/cache", ".dvc/tmp/mlops"],
                ["pull"],
                ["status", "--json"],
                ["update", "out.dvc"],
                ["status", "--json"],
            ),
        )

    def compare_left_for_later(self, imports, steps):
        self.commit()
        (self.source / "plain").write_text("plain\n", encoding="utf-8")
        self.call("dvc", "remote", "add", "-q", "-d", "usual", str(self.store))
        for command, *options in imports:
            self.call("dvc", command, *(option.replace("source", str(self.source)) for option in options))
            written = self.read("out.dvc")
            stories = []
            for tool in TOOLS:
                stories.append([self.left(tool, step) for step in steps])
                self.call("rm", "-rf", "out", ".dvc/cache")
                self.write("out.dvc", written)
            self.assertEqual(*stories)
            self.call("rm", "out.dvc")

    def left(self, tool, step):
        """What a command answers, and what is there afterwards."""
        code, answer = 0, None
        if step[0] == "rm":
            self.call("rm", "-rf", *step[1:])
        elif step[0] == "mine":
            self.write("out", "mine\n")
        else:
            code, text = self.ask(tool, *step)
            answer = self.plain(text) if "--json" in step else None
        data = self.read("out") if (self.root / "out").exists() else None
        return step, code, answer, data, parsed(self.read("out.dvc"))

    @thorough
    def test_what_was_not_downloaded_is_what_the_file_says_or_nothing(self):
        (self.source / "plain").write_text("plain\n", encoding="utf-8")
        self.call("dvc", "import-url", "--no-download", str(self.source / "plain"), "out")
        for change in ("changed\n", None):
            (self.source / "plain").unlink()
            if change:
                (self.source / "plain").write_text(change, encoding="utf-8")
            for step in (["fetch"], ["pull"], ["pull", "--allow-missing"], ["checkout", "--allow-missing"]):
                codes = [self.ask(tool, *step)[0] for tool in TOOLS]
                self.assertEqual(*codes, step)
                self.assertFalse((self.root / "out").exists())
        self.assertIn("is not what it was", self.call("mlops", "fetch"))

    @thorough
    def test_a_folder_that_was_not_downloaded(self):
        """dvc fails to fetch those of URLs."""
        self.commit()
        (self.source / "folder" / "sub").mkdir(parents=True)
        (self.source / "folder" / "sub" / "x").write_text("x\n", encoding="utf-8")
        self.call("dvc", "import-url", "--no-download", str(self.source / "folder"), "out")
        for step in (["data", "status", "--json"], ["data", "status", "--json", "--granular"], ["status", "--json"]):
            self.assertEqual(*[self.plain(self.call(tool, *step)) for tool in TOOLS], step)
        self.assertIn("A       out/\n1 file fetched and 1 file added", self.call("mlops", "pull"))
        self.assertEqual("x\n", self.read("out/sub/x"))
        self.write("out/sub/x", "mine\n")
        self.assertIn("out/sub/x", self.call("mlops", "pull", code=1))
        self.assertEqual("mine\n", self.read("out/sub/x"))
        self.call("mlops", "pull", "-f")
        self.assertEqual("x\n", self.read("out/sub/x"))

    def ask(self, tool, *arguments):
        """The exit code and what was said, whatever it is."""
        if tool == "dvc":
            return forked.dvc(arguments, self.root, self.env)
        done = subprocess.run(
            [tool, *arguments], cwd=self.root, env=self.env, capture_output=True, text=True, timeout=120, check=False
        )
        return done.returncode, done.stdout + done.stderr

    def plain(self, text):
        lines = [line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("WARNING")]
        return json.loads(lines[0]) if lines[0].startswith("{") else sorted(lines)
