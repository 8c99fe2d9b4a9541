"""Data imported from URLs: both tools write the same .dvc files and follow changes."""

from repo import Repo, other
from servers import Web


class UrlTest(Repo):
    def setUp(self):
        super().setUp()
        self.source = self.root.parent / "source"
        (self.source / "s").mkdir(parents=True)
        (self.source / "h.txt").write_text("hello\n")
        (self.source / "s" / "b").write_text("b\n")
        self.server = Web(self.source)
        self.addCleanup(self.server.close)

    def test_imports_are_written_alike(self):
        for url in (str(self.source / "h.txt"), str(self.source), f"{self.server.url}/h.txt"):
            for options in ([], ["--no-download"], ["--no-exec"]):
                with self.subTest(url=url, options=options):
                    written = {}
                    for tool in ("dvc", "mlops"):
                        self.call(tool, "import-url", "-f", *options, url, "out")
                        written[tool] = self.read("out.dvc")
                        self.call("dvc", "remove", "out.dvc", "--outs")
                        (self.root / "out.dvc").unlink(missing_ok=True)
                    self.assertEqual(written["dvc"], written["mlops"])

    def test_updates_follow_the_source(self):
        for tool in ("dvc", "mlops"):
            with self.subTest(imported_by=tool):
                self.call(tool, "import-url", "-f", f"{self.server.url}/h.txt", "out")
                (self.source / "h.txt").write_text(f"changed, {tool}\n")
                self.call(other(tool), "update", "out.dvc")
                self.assertEqual(f"changed, {tool}\n", self.read("out"))
                self.assertClean("mlops")

    def test_copies_and_lists(self):
        for tool in ("dvc", "mlops"):
            self.call(tool, "get-url", str(self.source), f"got-{tool}")
            self.assertEqual("b\n", self.read(f"got-{tool}/s/b"))
            self.assertEqual(
                ["h.txt", "s"], sorted(self.call(tool, "ls-url", str(self.source)).split())
            )
            self.assertEqual(
                ["h.txt", "s/b"], sorted(self.call(tool, "ls-url", "-R", str(self.source)).split())
            )
            self.call(tool, "get-url", str(self.source / "nope"), code=1)
            self.call(tool, "ls-url", str(self.source / "nope"), code=255)
