"""Data imported from URLs: both tools write the same .dvc files and follow changes."""

import json
import shutil

from repo import Repo, other, thorough
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

    def test_an_import_goes_nowhere_that_is_taken(self):
        self.write("d/x", "x\n")
        self.call("dvc", "add", "-q", "d")
        self.write("dvc.yaml", "stages: {s: {cmd: cp in out, outs: [out]}}\n")
        url = str(self.source / "h.txt")
        for tool in ("dvc", "mlops"):
            for command in (["import-url", url, "out"], ["import-url", "--no-exec", url, "d/y"]):
                with self.subTest(tool=tool, command=command):
                    self.call(tool, *command, code=1)

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

    def test_data_goes_straight_to_a_remote(self):
        store = self.root.parent / "store"
        self.call("dvc", "remote", "add", "-q", "-d", "r", str(store))
        (self.source / "run.sh").write_text("echo 1\n")
        (self.source / "run.sh").chmod(0o755)
        cases = [
            ["add", "--to-remote", str(self.source / "h.txt")],
            ["add", "--to-remote", str(self.source / "run.sh")],
            ["add", "--to-remote", "-o", "out", str(self.source)],
            ["add", "--to-remote", "-o", "out", f"{self.server.url}/h.txt"],
            ["import-url", "--to-remote", str(self.source), "out"],
            ["import-url", "--to-remote", f"{self.server.url}/h.txt", "out"],
        ]
        for case in cases:
            with self.subTest(case=case):
                written = {}
                for tool in ("dvc", "mlops"):
                    self.call(tool, *case)
                    (file,) = (f for f in self.root.glob("*.dvc") if f.is_file())
                    self.assertFalse(file.with_suffix("").exists())
                    # dvc leaves files of its own names behind.
                    objects = [f for f in store.rglob("*") if f.is_file() and f.suffix != ".tmp"]
                    written[tool] = [file.read_text(), sorted(str(f.relative_to(store)) for f in objects)]
                    self.call(other(tool), "pull")
                    self.call("dvc", "remove", file.name, "--outs")
                    shutil.rmtree(store)
                    shutil.rmtree(self.root / ".dvc/cache", ignore_errors=True)
                self.assertEqual(written["dvc"], written["mlops"])

    def test_updates_go_straight_to_a_remote(self):
        self.call("dvc", "remote", "add", "-q", "-d", "r", str(self.root.parent / "store"))
        for tool in ("dvc", "mlops"):
            with self.subTest(tool=tool):
                self.call(tool, "import-url", "-f", "--to-remote", f"{self.server.url}/h.txt", "out")
                (self.source / "h.txt").write_text(f"newer, {tool}\n")
                self.call(tool, "update", "--to-remote", "out.dvc")
                self.assertFalse((self.root / "out").exists())
                self.call(other(tool), "pull")
                self.assertEqual(f"newer, {tool}\n", self.read("out"))
                self.call("dvc", "remove", "out.dvc", "--outs")

    def stages(self):
        self.write("new/x", "x\n")
        self.call("dvc", "remote", "add", "-q", "-f", "r", str(self.source))
        self.call("dvc", "remote", "add", "-q", "-f", "w", self.server.url)
        self.write(
            "dvc.yaml",
            f"""\
stages:
  web:
    cmd: date +%N > web
    deps: [{self.server.url}/h.txt]
    outs: [web]
  named:
    cmd: date +%N > named
    deps: [remote://w/h.txt]
    outs: [named]
  folder:
    cmd: date +%N > folder
    deps: [new, remote://r/h.txt, remote://r/s]
    outs: [folder]
""",
        )

    def status(self):
        said = [json.loads(self.call(tool, "status", "--json")) for tool in ("dvc", "mlops")]
        self.assertEqual(*said)
        self.assertEqual(*(self.call(tool, "status") for tool in ("dvc", "mlops")))
        return said[0]

    def test_stages_that_read_from_urls_are_locked_and_followed_alike(self):
        self.stages()
        self.status()
        locked = {}
        for tool in ("dvc", "mlops"):
            with self.subTest(tool=tool):
                self.call(tool, "repro", "--force")
                locked[tool] = self.inputs()
                self.assertEqual({}, self.status())
                self.assertNotIn("Running", self.call(other(tool), "repro"))
                (self.source / "h.txt").write_text(f"changed, {tool}\n")
                self.assertEqual({"web", "named", "folder"}, set(self.status()))
                said = self.call(other(tool), "repro")
                self.assertEqual(3, said.count("Running stage"))
                self.assertEqual({}, self.status())
                (self.root / "web").unlink()
                self.assertIn("Running stage 'web'", self.call(tool, "repro", "web"))
                (self.source / "h.txt").write_text(f"more, {tool}\n")
                self.call(tool, "commit", "-f")
                self.assertEqual({}, self.status())
                (self.source / "h.txt").unlink()
                self.assertIn(
                    {f"{self.server.url}/h.txt": "deleted"},
                    [part.get("changed deps") for part in self.status()["web"]],
                )
                self.call(tool, "repro", "web", code=255)
                (self.source / "h.txt").write_text("hello\n")
        # Servers without tags are told apart by when the file changed.
        unstamped = {tool: [line for line in lines if "checksum" not in line] for tool, lines in locked.items()}
        self.assertEqual(unstamped["dvc"], unstamped["mlops"])
        self.assertEqual(2, sum("checksum" in line for line in locked["mlops"]))

    def inputs(self):
        """What dvc.lock says but for the outputs, which differ by the time."""
        lines, ours = [], True
        for line in self.read("dvc.lock").splitlines():
            ours = not line.startswith("    outs") and (ours or not line.startswith("    "))
            lines += [line] if ours else []
        return lines

    def test_urls_that_cannot_be_are_refused_by_both(self):
        self.stages()
        for tool in ("dvc", "mlops"):
            with self.subTest(tool=tool):
                said = self.call(tool, "stage", "add", "-n", "x", "-d", "remote://nope/x", "echo", code=251)
                self.assertIn("remote 'nope' doesn't exist", said)
                self.call(tool, "stage", "add", "-n", "x", "-o", f"{self.server.url}/o", "echo", code=255)
        self.write("dvc.yaml", "stages: {x: {cmd: echo, deps: ['remote://nope/x']}}\n")
        for tool in ("dvc", "mlops"):
            for command in ("repro", "dag"):
                self.assertIn("remote 'nope' doesn't exist", self.call(tool, command, code=251))

    @thorough
    def test_all_imports_of_a_folder_are_updated(self):
        for tool in ("dvc", "mlops"):
            with self.subTest(tool=tool):
                (self.root / "sub").mkdir(exist_ok=True)
                self.call(tool, "import-url", "-f", f"{self.server.url}/h.txt", "sub/one")
                self.call(tool, "import-url", "-f", str(self.source / "s/b"), "sub/two")
                (self.source / "h.txt").write_text(f"again, {tool}\n")
                (self.source / "s/b").write_text(f"b again, {tool}\n")
                self.call(tool, "update", "-R", "sub")
                self.assertEqual(f"again, {tool}\n", self.read("sub/one"))
                self.assertEqual(f"b again, {tool}\n", self.read("sub/two"))

    @thorough
    def test_what_does_not_go_together_is_refused(self):
        url = str(self.source / "h.txt")
        for command in (
            ["import-url", "--to-remote", "--no-exec", url, "out"],
            ["import-url", "-r", "x", url, "out"],
            ["import-url", "--to-remote", "-r", "nope", url, "out"],
            ["add", "--to-remote", "-r", "nope", url],
            ["update", "--to-remote", "nope.dvc"],
        ):
            with self.subTest(command=command):
                for tool in ("dvc", "mlops"):
                    self.call(tool, *command, code=1)
        for command in (
            ["import-url", "--no-exec", "--no-download", url, "out"],
            ["import", "--no-exec", "--no-download", "other", "x"],
        ):
            with self.subTest(command=command):
                for tool in ("dvc", "mlops"):
                    self.call(tool, *command, code=254)
