"""Options of add and checkout, links to the cache, and parts of directories: as the other tool has them."""

import os
import shutil

from repo import TOOLS, Repo, other


class PartTest(Repo):
    def prepare(self, tool):
        self.write("d/1", "1\n")
        self.write("d/s/22", "22\n")
        self.call(tool, "add", "d")

    def test_parts_are_added_and_removed_alike(self):
        files = set()
        for tool in TOOLS:
            self.setUp()
            self.prepare(other(tool))
            self.write("d/new", "new\n")
            self.write("d/1", "not added\n")
            self.call(tool, "add", "d/new")
            appended = self.read("d.dvc")
            (self.root / "d/new").unlink()
            self.write("d/s/22", "222\n")
            self.call(tool, "add", "d/new", "d/s")
            files.add(appended + self.read("d.dvc") + "\n".join(self.objects()))
            self.call(other(tool), "checkout", "--force")
            self.assertEqual("1\n", self.read("d/1"))
            self.assertClean(tool)
            self.assertClean(other(tool))
        self.assertEqual(1, len(files), files)

    def test_a_part_is_checked_out_by_itself(self):
        outs = set()
        for tool in TOOLS:
            self.setUp()
            self.prepare(other(tool))
            (self.root / "d/1").unlink()
            (self.root / "d/s/22").unlink()
            outs.add(self.call(tool, "checkout", "d/1"))
            self.assertEqual("1\n", self.read("d/1"))
            self.assertFalse((self.root / "d/s/22").exists())
            outs.add(self.call(tool, "checkout", "--summary"))
            self.assertClean(other(tool))
        self.assertEqual({"M       d/\n", "1 file added\n"}, outs)


class CheckoutTest(Repo):
    def test_changes_are_reported_alike(self):
        texts = set()
        for tool in TOOLS:
            self.setUp()
            self.write("d/1", "1\n")
            self.write("f", "f\n")
            self.write("g/x", "x\n")
            self.write("sub/y", "y\n")
            self.call(tool, "add", "d", "f", "g", "sub/y")
            shutil.rmtree(self.root / "d")
            (self.root / "f").unlink()
            (self.root / "sub/y").unlink()
            self.write("g/x", "lost")
            text = self.call(tool, "checkout", "-R", "sub")
            refused = self.call(tool, "checkout", code=255)
            self.assertIn(str(self.root / "g/x"), refused)
            self.assertFalse((self.root / "f").exists())
            text += self.call(tool, "checkout", "-f")
            text += self.call(tool, "checkout", "--summary")
            (self.root / "f.dvc").unlink()
            text += self.call(tool, "checkout")
            texts.add(text)
        self.assertEqual({"A       sub/y\nM       g/\nA       d/\nA       f\nNo changes.\nD       f\n"}, texts)

    def test_what_the_cache_lacks_is_an_error_unless_allowed(self):
        for tool in TOOLS:
            with self.subTest(tool=tool):
                self.setUp()
                self.write("f", "f\n")
                self.call(tool, "add", "f")
                (self.root / "f").unlink()
                shutil.rmtree(self.root / ".dvc/cache")
                self.assertIn("f", self.call(tool, "checkout", code=255))
                self.call(tool, "checkout", "--allow-missing")


class LinkTest(Repo):
    def kind(self, name):
        file = self.root / name
        if file.is_symlink():
            return "symlink"
        return "hardlink" if file.stat().st_nlink > 1 else "copy"

    def test_every_type_of_link_is_made_and_accepted(self):
        for tool in TOOLS:
            for kind in ("hardlink", "symlink", "copy"):
                with self.subTest(tool=tool, kind=kind):
                    self.setUp()
                    self.call("dvc", "config", "cache.type", kind)
                    self.write("d/1", "1\n")
                    self.write("d/empty", "")
                    self.write("f", "f\n")
                    self.call(tool, "add", "d", "f")
                    self.assertEqual([kind, kind], [self.kind("d/1"), self.kind("f")])
                    self.assertClean(other(tool))
                    shutil.rmtree(self.root / "d")
                    (self.root / "f").unlink()
                    self.call(other(tool), "checkout")
                    self.assertEqual([kind, kind], [self.kind("d/1"), self.kind("f")])
                    modes = {os.stat(self.root / ".dvc/cache" / o).st_mode & 0o777 for o in self.objects()}
                    self.assertEqual({0o444}, modes)
                    self.assertClean(tool)

    def test_relink_and_unprotect(self):
        for tool in TOOLS:
            with self.subTest(tool=tool):
                self.setUp()
                self.write("d/1", "1\n")
                self.write("f", "f\n")
                self.call(other(tool), "add", "d", "f")
                for kind in ("hardlink", "symlink", "copy", "hardlink"):
                    self.call("dvc", "config", "cache.type", kind)
                    self.assertIn("Relinked successfully", self.call(tool, "checkout", "--relink"))
                    self.assertEqual([kind, kind], [self.kind("d/1"), self.kind("f")])
                self.call(tool, "unprotect", "d", "f")
                self.assertEqual(["copy", "copy"], [self.kind("d/1"), self.kind("f")])
                self.assertTrue((self.root / "f").stat().st_mode & 0o200)
                self.assertClean(other(tool))


class AddTest(Repo):
    def test_options(self):
        results = set()
        for tool in TOOLS:
            self.setUp()
            for name in ("a.csv", "b.csv", "g", "z"):
                self.write(name, name)
            self.call(tool, "add", "--glob", "*.csv")
            self.call(tool, "add", "--glob", "none*", code=1)
            self.call(tool, "add", "g", "-o", "h")
            self.call(tool, "add", "g", "-o", "h", code=1)
            self.call(tool, "add", "--no-commit", "z")
            self.assertIn("not in cache", self.call(other(tool), "status", "z.dvc"))
            self.call(tool, "add", "absent", code=1)
            results.add("".join(self.read(f.name) for f in sorted(self.root.glob("[!.]*.dvc"))) + "\n".join(self.objects()))
        self.assertEqual(1, len(results), results)

    def test_links_executables_and_edits_in_place(self):
        results = set()
        for tool in TOOLS:
            self.setUp()
            self.write("f", "f\n")
            os.symlink("f", self.root / "link")
            os.symlink("nowhere", self.root / "broken")
            self.write("e/x", "x")
            os.symlink("../f", self.root / "e/link")
            self.write("q", "3\n")
            self.write("q.dvc", "# head\ndesc: hello  # inline\nouts:\n- md5: b026324c6904b2a9cb4b88d6d61c81d1\n  size: 2\n  hash: md5\n  path: q # here\nmeta: {a: 1}\n")
            self.write("run", "x")
            (self.root / "run").chmod(0o755)
            self.call(tool, "add", "link", "e", "q", "run")
            self.call(tool, "add", "broken", code=1)
            self.assertFalse((self.root / "link").is_symlink())
            self.assertFalse((self.root / "e/link").is_symlink())
            self.write("rules/.dvcignore", "")
            self.call(tool, "add", "rules", code=255)
            self.assertClean(other(tool))
            results.add("".join(self.read(f"{n}.dvc") for n in ("link", "e", "q", "run")))
        self.assertEqual(1, len(results), results)

    def test_what_is_ignored_is_not_tracked(self):
        for tool in TOOLS:
            with self.subTest(tool=tool):
                self.setUp()
                self.write(".dvcignore", "*.tmp\n")
                self.write("a.tmp", "a")
                self.write("ok", "ok")
                source = str(self.write("in", "in"))
                self.call(tool, "add", "ok")
                for command in (
                    ("add", "a.tmp"),
                    ("add", "in", "-o", "b.tmp"),
                    ("move", "ok", "c.tmp"),
                    ("import-url", source, "d.tmp"),
                    ("import-url", "--no-download", source, "d.tmp"),
                ):
                    text = self.call(tool, *command, code=1)
                    self.assertRegex(text, "Path '.*tmp' is ignored by .dvcignore:1:\\*.tmp", command)
                self.assertEqual(["a.tmp", "in", "ok", "ok.dvc"], sorted(f.name for f in self.root.glob("[!.]*")))
                self.assertClean(other(tool))

    def test_an_object_that_was_written_into_is_dropped(self):
        """Case 5: nothing came or went, only the mode and the bytes of an object are others."""
        for tool in ("mlops", "dvc"):
            with self.subTest(tool):
                self.write("d/a", "a\n")
                self.write("d/b", "b\n")
                self.call("dvc", "add", "-q", "d")
                self.assertClean(tool)
                victim = self.root / ".dvc/cache/files/md5/60/b725f10c9c85c70d97880dfe8191b3"
                victim.chmod(0o644)
                victim.write_text("damaged")
                self.assertIn("not in cache", self.call(tool, "status"))
                self.assertFalse(victim.exists())
                self.doCleanups()
                self.setUp()
