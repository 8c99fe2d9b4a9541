"""gc of both tools leaves the same objects, whatever the scope."""

import shutil

from repo import Repo


class GcTest(Repo):
    def setUp(self):
        super().setUp()
        self.store = self.root.parent / "store"
        self.call("dvc", "remote", "add", "-q", "-d", "r", str(self.store))
        for version in ("one", "two", "three"):
            self.write("d/a", f"{version}\n")
            self.write("d/same", "same\n")
            self.write("f", f"f {version}\n")
            self.call("mlops", "add", "d", "f")
            self.call("git", "add", "-A")
            self.call("git", "-c", "user.name=n", "-c", "user.email=e@x", "commit", "-qm", version)
            if version == "one":
                self.call("git", "tag", "first")
            if version == "two":
                self.call("git", "branch", "side")
        self.write("f", "not committed\n")
        self.call("mlops", "add", "f")
        self.call("mlops", "push", "-A")
        self.kept = self.root.parent / "kept"
        shutil.copytree(self.root / ".dvc/cache", self.kept / "cache")
        shutil.copytree(self.store, self.kept / "store")

    def restore(self):
        for name, place in (("cache", self.root / ".dvc/cache"), ("store", self.store)):
            shutil.rmtree(place)
            shutil.copytree(self.kept / name, place)

    def remote_objects(self):
        return sorted(str(f.relative_to(self.store)) for f in self.store.rglob("*") if f.is_file())

    def test_every_scope(self):
        for scope in (
            ["-w"],
            ["-a"],
            ["-T"],
            ["-A"],
            ["--rev", "HEAD", "-n", "2"],
            ["-a", "-n", "2"],
            ["-w", "-c"],
            ["-w", "--not-in-remote"],
            ["--date", "2020-01-01"],
        ):
            with self.subTest(scope):
                left = {}
                for tool in ("dvc", "mlops"):
                    self.restore()
                    said = self.call(tool, "gc", "-f", *scope)
                    left[tool] = (self.objects(), self.remote_objects())
                self.assertEqual(left["dvc"], left["mlops"], said)

    def test_dry_run_no_and_no_scope(self):
        before = self.objects()
        for tool in ("dvc", "mlops"):
            self.assertIn("Removing ", self.call(tool, "gc", "-w", "--dry"))
            self.call(tool, "gc", code=255)
            self.call("sh", "-c", f"echo n | {tool} gc -w", code=1)
            self.assertEqual(before, self.objects())

    def test_other_projects_keep_their_data(self):
        sibling = self.root.parent / "sibling"
        self.call("git", "clone", "-q", str(self.root), str(sibling))
        self.call("git", "checkout", "-q", "first", cwd=sibling)
        self.call("dvc", "cache", "dir", "--local", str(self.root / ".dvc/cache"), cwd=sibling)
        left = {}
        for tool in ("dvc", "mlops"):
            self.restore()
            self.call(tool, "gc", "-w", "-f", "-p", str(sibling))
            left[tool] = self.objects()
        self.assertEqual(left["dvc"], left["mlops"])

    def test_a_damaged_object_is_found_and_fetched_again(self):
        victim = self.root / ".dvc/cache" / self.objects()[0]
        victim.chmod(0o644)
        victim.write_text("damaged")
        victim.chmod(0o444)
        self.assertIn("damaged:", self.call("mlops", "fsck", code=1))
        self.assertIn("(repaired)", self.call("mlops", "fsck", "--repair"))
        self.call("mlops", "fsck")
        self.call("mlops", "fsck", "-c")
