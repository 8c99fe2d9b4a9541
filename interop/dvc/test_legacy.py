"""Data that dvc 2 recorded: no `hash:` in its files, objects at the top of the cache, text hashed with LF for CRLF.

Both tools use it as it is, leave it so until its content changes, and mean the same by its state."""

import hashlib
import json
import shutil

from repo import Repo, other

LINES = b"a\r\nb\r\n"
BINARY = b"\x00\x01a\r\n"


def dos2unix(data):
    return hashlib.md5(data if b"\0" in data else data.replace(b"\r\n", b"\n")).hexdigest()


class Legacy(Repo):
    def setUp(self):
        super().setUp()
        self.store = self.root.parent / "store"
        self.call("dvc", "remote", "add", "-q", "-d", "r", str(self.store))
        self.call("dvc", "config", "core.analytics", "false")
        self.texts = {}
        self.files = {"text": LINES, "binary": BINARY, "d/text": LINES, "d/sub/more": b"more\r\n"}
        for path, data in self.files.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            self.object(dos2unix(data), data)
        for path in ("text", "binary"):
            size = len(self.files[path])
            self.definition(path, f"md5: {dos2unix(self.files[path])}\n  size: {size}")
        listing = json.dumps(
            [{"md5": dos2unix(self.files["d/" + p]), "relpath": p} for p in ("sub/more", "text")]
        ).encode()
        oid = hashlib.md5(listing).hexdigest() + ".dir"
        self.object(oid, listing)
        size = len(LINES) + len(b"more\r\n")
        self.definition("d", f"md5: {oid}\n  size: {size}\n  nfiles: 2")
        self.stage()

    def object(self, oid, data):
        file = self.root / ".dvc/cache" / oid[:2] / oid[2:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.write_bytes(data)
        file.chmod(0o444)

    def definition(self, path, content):
        self.texts[f"{path}.dvc"] = f"outs:\n- {content}\n  path: {path}\n"
        self.write(f"{path}.dvc", self.texts[f"{path}.dvc"])

    def stage(self):
        self.write(
            "dvc.yaml",
            "stages:\n  copy:\n    cmd: cp text copy && date +%N >> runs.log\n    deps: [text]\n    outs: [copy]\n",
        )
        entry = f"md5: {dos2unix(LINES)}\n      size: {len(LINES)}"
        self.texts["dvc.lock"] = f"""\
schema: '2.0'
stages:
  copy:
    cmd: cp text copy && date +%N >> runs.log
    deps:
    - path: text
      {entry}
    outs:
    - path: copy
      {entry}
"""
        self.write("dvc.lock", self.texts["dvc.lock"])
        (self.root / "copy").write_bytes(LINES)

    def each(self, case):
        for tool in ("mlops", "dvc"):
            with self.subTest(tool):
                case(tool)
                self.doCleanups()
                self.setUp()

    def assertUntouched(self):
        for name, text in self.texts.items():
            self.assertEqual(text, self.read(name))
        self.assertFalse((self.root / ".dvc/cache/files").exists(), self.objects())

    def lose(self, *paths):
        for path in paths:
            target = self.root / path
            shutil.rmtree(target) if target.is_dir() else target.unlink()

    def test_unchanged_data_is_clean_and_stays_as_it_is(self):
        def case(tool):
            self.assertClean(tool)
            self.call(tool, "add", "text", "binary", "d")
            self.call(tool, "commit", "-f")
            self.assertIn("didn't change, skipping", self.call(tool, "repro"))
            self.assertEqual(0, self.runs())
            self.assertClean(other(tool))
            self.assertUntouched()

        self.each(case)

    def test_data_comes_back_from_the_cache(self):
        def case(tool):
            self.lose("text", "binary", "d", "copy")
            self.call(tool, "checkout")
            for path, data in self.files.items():
                self.assertEqual(data, (self.root / path).read_bytes())
            self.assertClean("dvc")
            self.assertClean("mlops")

        self.each(case)

    def test_what_one_pushes_the_other_pulls(self):
        def case(tool):
            before = self.objects()
            self.assertIn("4 files pushed", self.call(tool, "push"))
            names = (str(f.relative_to(self.store)) for f in self.store.rglob("*") if f.is_file())
            self.assertEqual(before, sorted(names))
            self.assertIn("Everything is up to date.", self.call(other(tool), "push"))
            for reader in (tool, other(tool)):
                self.assertIn("Cache and remote 'r' are in sync.", self.call(reader, "status", "-c"))
            self.lose("text", "binary", "d", "copy", ".dvc/cache")
            self.call(other(tool), "pull")
            self.assertEqual(before, self.objects())
            self.assertClean("dvc")
            self.assertClean("mlops")
            self.assertUntouched()

        self.each(case)

    def test_nothing_in_use_is_garbage(self):
        def case(tool):
            self.call("dvc", "push")
            kept = self.objects()
            self.object("ab" + "0" * 30, b"unused")
            self.call(tool, "gc", "-w", "-c", "-f")
            self.assertEqual(kept, self.objects())
            self.assertEqual(len(kept), len([f for f in self.store.rglob("*") if f.is_file()]))
            self.lose("text", "d", "copy")
            self.call(other(tool), "checkout")
            self.assertClean(tool)

        self.each(case)

    def test_changed_data_becomes_that_of_dvc_3(self):
        left = {}

        def case(tool):
            self.write("text", "changed\n")
            self.write("d/new", "new\n")
            status = json.loads(self.call(tool, "status", "--json"))
            self.call(tool, "add", "text", "d")
            self.call(tool, "repro")
            self.assertClean("dvc")
            self.assertClean("mlops")
            files = {name: self.read(name) for name in self.texts}
            # dvc also leaves a listing that it made to compare.
            left[tool] = (status, files, [name for name in self.objects() if "files/" in name])

        self.each(case)
        self.assertEqual(left["dvc"], left["mlops"])

    def test_a_damaged_object_is_found_and_fetched_again(self):
        self.call("dvc", "push")
        victim = self.root / ".dvc/cache" / self.objects()[0]
        victim.chmod(0o644)
        victim.write_bytes(b"damaged")
        victim.chmod(0o444)
        self.assertIn("damaged:", self.call("mlops", "fsck", code=1))
        self.assertIn("(repaired)", self.call("mlops", "fsck", "--repair"))
        self.call("mlops", "fsck")
        self.call("mlops", "fsck", "-c")
