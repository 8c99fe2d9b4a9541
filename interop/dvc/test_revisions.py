"""Data of revisions: both tools tell the same differences."""

import json
import shutil

from repo import Repo, TOOLS


def ordered(value):
    """Lists of paths in an order of their own: that of dvc is random."""
    if isinstance(value, dict):
        return {key: ordered(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted((ordered(inner) for inner in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


class Revisions(Repo):
    def commit(self, message):
        self.call("git", "add", "-A")
        identity = ("-c", "user.name=n", "-c", "user.email=n@example.org")
        self.call("git", *identity, "commit", "-qm", message)

    def assertSame(self, *command, code=0, cwd=None):
        told = [self.call(tool, *command, code=code, cwd=cwd) for tool in TOOLS]
        if "--json" in command:
            told = [ordered(json.loads(text.splitlines()[-1])) for text in told]
        self.assertEqual(*told, command)
        return told[0]


class DataDifferenceTest(Revisions):
    def setUp(self):
        super().setUp()
        for name in ("d/1", "d/s/2", "d/3", "f", "p/g", "z", "q"):
            self.write(name, name + "\n")
        self.write(
            "dvc.yaml",
            """\
stages:
  a: {cmd: cp f out, deps: [f], outs: [out]}
  never: {cmd: cp f never, deps: [f], outs: [never]}
  m: {cmd: echo 1 > m.json, metrics: [m.json: {cache: false}]}
""",
        )
        self.call("dvc", "add", "-q", "d", "f", "p/g", "z", "q")
        self.call("dvc", "repro", "-q", "a", "m")
        self.commit("one")

    def change(self):
        """One of each: added, modified, deleted and renamed, recorded or not."""
        self.write("d/1", "other\n")
        (self.root / "d/3").unlink()
        (self.root / "d/s/2").rename(self.root / "d/s/22")
        self.write("d/new", "new\n")
        (self.root / "z").rename(self.root / "é z")
        self.write("h", "h\n")
        self.call("dvc", "remove", "-q", "z.dvc")
        self.call("mlops", "add", "d", "é z", "h")
        self.write("f", "changed\n")
        (self.root / "q").unlink()
        self.write("loose", "nobody keeps it\n")

    def test_differences_are_told_alike(self):
        self.assertSame("diff")
        self.change()
        self.assertSame("diff")
        self.assertSame("diff", "--json", "--show-hash")
        self.assertSame("diff", "--md")
        self.assertSame("diff", "--targets", "d/1", "h.dvc", "a", "--json")
        self.commit("two")
        self.assertSame("diff", "HEAD~", "HEAD", "--show-hash")
        self.assertSame("diff", "HEAD~", "HEAD", "--md", "--show-hash")
        self.assertSame("diff", "HEAD", "HEAD", "--json")
        for tool in TOOLS:
            self.call(tool, "diff", "nope", code=1)
            self.call(tool, "diff", "--targets", "nope", code=255)

    def test_data_status_is_told_alike(self):
        self.assertSame("data", "status", "--json")
        self.change()
        told = self.assertSame("data", "status", "--json", "--unchanged", "--untracked-files")
        self.assertIn("loose", told["untracked"])
        self.assertSame("data", "status", "--json", "--granular", "--unchanged")
        self.assertSame("data", "status", "--json", "--granular", "d/s", "f")
        self.assertSame("data", "status", "--json", "--untracked-files", cwd=self.root / "p")
        for tool in TOOLS:
            text = self.call(tool, "data", "status")
            self.assertIn("DVC committed changes:\n", text)
            self.assertIn("        renamed: z -> é z\n", text)
            self.assertIn("DVC uncommitted changes:\n", text)
            self.call(tool, "data", "status", "--bad", code=254)

    def test_what_cache_and_remote_lack(self):
        self.assertSame("data", "status", "--json", "--not-in-remote")
        self.call("dvc", "remote", "add", "-q", "-d", "s", str(self.root.parent / "store"))
        self.call("mlops", "push", "d", "f")
        shutil.rmtree(next((self.root.parent / "store/files/md5").iterdir()))
        self.assertSame("data", "status", "--json", "--not-in-remote", "--granular")
        self.assertSame("data", "status", "--json", "--not-in-remote")
        self.call("mlops", "data", "status", "--not-in-remote", "-r", "nope", code=251)
        shutil.rmtree(self.root / ".dvc/cache")
        shutil.rmtree(self.root.parent / "home/site")
        self.assertSame("data", "status", "--json", "--granular")
        self.write("d/1", "other\n")
        self.write("d/t/x", "x\n")
        self.assertSame("data", "status", "--json", "--granular")
        self.assertSame("diff", "--json")

    def test_repositories_without_commits_or_git(self):
        for options in ([], ["--no-scm"]):
            root = self.root.parent / "fresh"
            shutil.rmtree(root, ignore_errors=True)
            root.mkdir()
            if not options:
                self.call("git", "init", "-q", cwd=root)
            self.call("dvc", "init", "-q", *options, cwd=root)
            (root / "x").write_text("x")
            self.call("mlops", "add", "x", cwd=root)
            self.assertSame("data", "status", "--json", cwd=root)
            for tool in TOOLS:
                self.call(tool, "diff", code=1 if options else 0, cwd=root)


class PlotsTest(Revisions):
    """The drawings hold the same data, and fill templates with the same."""

    def setUp(self):
        super().setUp()
        self.write("src.csv", "epoch,loss,acc\n0,0.9,0.1\n1,0.5,0.4\n2,0.3,0.7\n")
        self.write("src.json", '{"train": [{"step": 0, "v.x": 1.5}, {"step": 1, "v.x": 2}]}')
        self.write("top.csv", "step,loss\n0,0.8\n1,0.6\n2,0.4\n")
        self.write("cm.csv", "actual,pred\na,a\na,b\nb,b\n")
        self.write("bare.csv", "1,2\n2,3\n")
        self.write("sub/y.yaml", "x:\n- {v: 1, w: 2}\n- {v: 3, w: 4}\n")
        self.write("imgs/10.png", "ten")
        self.write("imgs/2.png", "two")
        self.write(
            ".dvc/plots/mine.json",
            '{"data": {"values": "<DVC_METRIC_DATA>"}, "title": "x <DVC_METRIC_TITLE> y"}',
        )
        self.write(
            "dvc.yaml",
            """\
stages:
  a:
    cmd: cp src.csv out.csv; cp src.json out.json; mkdir -p pd; cp src.csv pd/x.csv; cp bare.csv b.csv
    deps: [src.csv]
    plots:
    - out.csv: {x: epoch, y: loss, title: T, x_label: XL}
    - out.json: {cache: false, template: simple}
    - pd: {y: loss}
    - b.csv: {header: false}
plots:
- top.csv
- imgs
- cm.csv: {template: confusion, x: actual, y: pred}
- cmn: {template: confusion_normalized, x: actual, y: {cm.csv: pred}}
- multi: {y: {out.csv: [loss, acc], top.csv: loss}, title: M}
- fields: {x: epoch, y: {out.csv: [loss, acc]}}
- two: {x: {out.csv: epoch, top.csv: step}, y: {out.csv: loss, top.csv: loss}}
- scattered: {template: scatter, x: epoch, y: {out.csv: acc}}
- smoothed: {template: smooth, x: epoch, y: {out.csv: acc}, y_label: acc}
- bad: {x: nope, y: {out.csv: acc}}
- sub/y.yaml: {y: v}
- custom: {template: mine, x: epoch, y: {out.csv: acc}}
""",
        )
        self.call("mlops", "repro")
        self.commit("one")
        self.write("src.csv", "epoch,loss,acc\n0,0.8,0.2\n1,0.4,0.5\n2,0.2,0.8\n")
        self.call("mlops", "repro")

    def plots(self, tool, *command, cwd=None):
        text = self.call(tool, "plots", *command, "--json", "--split", "-o", "p", cwd=cwd)
        shown = json.loads(text[text.index('{"') :])["data"]
        for drawings in shown.values():
            for drawing in drawings:
                drawing.pop("content", None)
        return shown

    def test_drawings_hold_the_same(self):
        for command in (["show"], ["diff"], ["show", "out.csv", "dvc.yaml::t"]):
            with self.subTest(command=command):
                self.assertEqual(self.plots("dvc", *command), self.plots("mlops", *command))
        vega = [
            json.loads(self.call(t, "plots", "show", "src.csv", "-x", "epoch", "-y", "acc", "--show-vega"))
            for t in TOOLS
        ]
        self.assertEqual(vega[0]["data"], vega[1]["data"])
        self.assertEqual(*(self.call(tool, "plots", "templates") for tool in TOOLS))

    def test_pages_open_without_a_network(self):
        told = self.call("mlops", "plots", "diff").splitlines()[-1]
        self.assertEqual((self.root / "dvc_plots/index.html").as_uri(), told)
        page = self.read("dvc_plots/index.html")
        self.assertNotIn('src="http', page)
        self.assertIn("static/HEAD_imgs_2.png", page)
        for tool in TOOLS:
            self.call(tool, "plots", "show", "--show-vega", code=1)
            self.call(tool, "plots", "diff", "nope", code=1)
            self.call(tool, "plots", "templates", "nope", code=1)


class SourcesTest(Revisions):
    """Files and data of another repository: listed, copied, imported and followed."""

    def setUp(self):
        super().setUp()
        for name in ("data/a", "data/s/b", "f.bin", "code/x.py"):
            self.write(name, name + "\n")
        (self.root / "code/x.py").chmod(0o755)
        self.write(
            "dvc.yaml",
            """\
stages:
  t: {cmd: cp f.bin out; echo 1 > m.json, deps: [f.bin], outs: [out], metrics: [m.json: {cache: false}]}
artifacts:
  model: {path: f.bin, type: model}
""",
        )
        self.call("mlops", "add", "data", "f.bin")
        self.call("mlops", "repro")
        self.commit("one")
        self.call("git", "tag", "v1")
        self.write("data/a", "changed\n")
        self.write("data/c", "c\n")
        self.call("mlops", "add", "data")
        self.commit("two")
        self.other = self.root.parent / "other"
        self.other.mkdir()
        self.call("git", "init", "-q", cwd=self.other)
        self.call("mlops", "init", cwd=self.other)

    def there(self, tool, *command, code=0):
        return self.call(tool, *command, code=code, cwd=self.other)

    def test_lists_are_equal(self):
        for options in (
            ["--size"],
            ["-R", "--json"],
            ["-R", "--dvc-only"],
            ["--tree", "-L", "2", "--show-hash"],
            ["-R", "--rev", "v1", "--size", "--show-hash"],
            ["data", "--rev", "v1", "--json"],
        ):
            self.assertSame("ls", "../repo", *options, cwd=self.other)
        for tool in TOOLS:
            self.there(tool, "ls", "../repo", "nope", code=1)
            self.there(tool, "ls", "../nope", code=1)
            self.there(tool, "ls", "../repo", "--rev", "nope", code=1)

    def test_imports_are_written_alike_and_followed_by_both(self):
        for number, command in enumerate(
            (
                ["data"],
                ["data", "--rev", "v1"],
                ["code/x.py"],
                ["data/s"],
                ["f.bin", "--no-exec"],
                ["data", "--no-download"],
            )
        ):
            written = {}
            for tool in TOOLS:
                out = f"out{number}"
                self.there(tool, "import", "../repo", *command, "-o", out, "-f")
                written[tool] = (self.other / f"{out}.dvc").read_text()
                if tool == "dvc":
                    self.there(tool, "remove", "--outs", f"{out}.dvc")
            self.assertEqual(written["dvc"], written["mlops"], command)
        self.assertEqual("data/a\n", (self.other / "out1/a").read_text())
        for tool in TOOLS:
            self.there(tool, "import", "../repo", "nope", code=255)
            self.there(tool, "import", "../repo", "f.bin", "-o", "out0/f", code=1)
        self.write("data/a", "again\n")
        self.call("dvc", "add", "-q", "data")
        self.commit("three")
        told = self.assertSame("status", "--json", "out0.dvc", "out1.dvc", cwd=self.other)
        self.assertEqual(["out0.dvc"], list(told))
        shutil.rmtree(self.other / ".dvc/cache")
        shutil.rmtree(self.other / "out0")
        self.there("mlops", "pull", "out0.dvc")
        self.assertEqual("changed\n", (self.other / "out0/a").read_text())
        self.there("dvc", "import", "../repo", "data", "-o", "theirs", "--rev", "v1")
        self.there("mlops", "update", "out0.dvc")
        self.there("mlops", "update", "theirs.dvc", "--rev", "HEAD")
        ours = (self.other / "out0.dvc").read_text()
        self.there("dvc", "update", "out0.dvc")
        self.assertEqual(ours, (self.other / "out0.dvc").read_text())
        for name in ("out0", "theirs"):
            self.assertEqual("again\n", (self.other / name / "a").read_text())
        self.assertIn("up to date", self.there("dvc", "status", "out0.dvc", "theirs.dvc"))

    def test_copies_are_equal(self):
        for tool in TOOLS:
            self.there(tool, "get", "../repo", "data", "-o", f"d-{tool}")
            self.there(tool, "get", "../repo", "data/s/b", "-o", f"b-{tool}", "--rev", "v1")
            self.there(tool, "get", "../repo", "code", "-o", f"c-{tool}")
            self.there(tool, "get", "../repo", "nope", code=255)
            self.there(tool, "get", "../repo", "f.bin.dvc", code=1)
            self.there(tool, "get", "../repo", "f.bin", "-o", f"b-{tool}", code=1)
            self.assertEqual("changed\n", (self.other / f"d-{tool}/a").read_text())
            self.assertEqual("data/s/b\n", (self.other / f"b-{tool}").read_text())
        told = [self.there(tool, "get", "../repo", "data", "--show-url") for tool in TOOLS]
        self.assertEqual(*told)

    def test_data_comes_from_the_remote_of_a_clone(self):
        store = self.root.parent / "store"
        self.call("dvc", "remote", "add", "-q", "-d", "s", str(store))
        self.commit("remote")
        self.call("mlops", "push")
        bare = self.root.parent / "bare.git"
        self.call("git", "clone", "-q", "--bare", str(self.root), str(bare))
        url = bare.as_uri()
        self.assertSame("ls", url, "-R", "--dvc-only", cwd=self.other)
        for tool in TOOLS:
            self.there(tool, "get", url, "data", "-o", f"g-{tool}")
            self.assertEqual("c\n", (self.other / f"g-{tool}/c").read_text())
            self.there(tool, "import", url, "f.bin", "-o", "f", "-f")
        self.assertEqual("f.bin\n", (self.other / "f").read_text())

    def test_artifacts_are_found_by_their_tags(self):
        identity = ("-c", "user.name=n", "-c", "user.email=n@example.org")
        for tag, commit in (("model@v0.9.0", "v1"), ("model@v1.0.0", "HEAD"), ("model#prod#1", "v1")):
            self.call("git", *identity, "tag", "-a", "-m", tag, tag, commit)
        for tool in TOOLS:
            for options in ([], ["--stage", "prod"], ["--rev", "v0.9.0"]):
                self.there(tool, "artifacts", "get", "../repo", "model", "-f", "-o", "m", *options)
                self.assertEqual("f.bin\n", (self.other / "m").read_text())
            self.there(tool, "artifacts", "get", "../repo", "nope", code=1)
