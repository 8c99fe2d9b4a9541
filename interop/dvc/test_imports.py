"""Imports that need settings of their own, and imports whose data comes later."""

import json

from repo import TOOLS, Repo, other
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

    def plain(self, text):
        lines = [line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("WARNING")]
        return json.loads(lines[0]) if lines[0].startswith("{") else sorted(lines)
