"""A container of Azure Blob Storage as a remote and as where data comes from."""

import json
import tempfile
import unittest

from repo import other
from servers import Azurite
from test_remotes import RemoteTest

TOOLS = ("dvc", "mlops")


@unittest.skipUnless(Azurite.PROGRAM.exists(), "no Azurite; interop/dvc/run installs it where npm is: apt-get install npm")
class AzureRemote(RemoteTest):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="interop-azurite-")
        cls.addClassCleanup(folder.cleanup)
        cls.server = Azurite(folder.name)
        cls.addClassCleanup(cls.server.close)
        cls.containers = 0

    def options(self):
        AzureRemote.containers += 1
        self.name = f"container-{self.containers}"
        self.container = self.server.container(self.name)
        self.addCleanup(self.container.close)
        self.call("dvc", "remote", "add", "-q", "-d", "r", f"azure://{self.name}/some/folder")
        self.call("dvc", "remote", "modify", "-q", "--local", "r", "connection_string", self.server.connection)

    def keys(self):
        return sorted(self.container.list_blob_names())

    def test_what_one_pushes_the_other_pulls(self):
        def case(tool):
            self.data("dvc")
            before = self.objects()
            self.assertIn("5 files pushed", self.call(tool, "push"))
            self.assertEqual([f"some/folder/{name}" for name in before], self.keys())
            self.assertIn("Everything is up to date.", self.call(other(tool), "push"))
            self.lose("d", "f", ".dvc/cache")
            self.call(other(tool), "pull")
            self.assertEqual(before, self.objects())
            self.assertClean("mlops")

        self.both(case)

    def test_a_file_of_many_blocks(self):
        def case(tool):
            (self.root / "large").write_bytes(bytes(range(256)) * 4096 * 20)
            self.call(tool, "add", "large")
            self.call(tool, "push")
            self.lose("large", ".dvc/cache")
            self.call(other(tool), "pull")
            self.assertClean("dvc")
            self.call("mlops", "fsck", "-c")

        self.both(case)

    def test_garbage_goes(self):
        self.data("dvc")
        self.call("dvc", "push")
        self.write("f", "other\n")
        self.call("dvc", "add", "-q", "f")
        before = self.keys()
        self.call("mlops", "gc", "-w", "-c", "-f")
        self.assertEqual(len(before) - 1, len(self.keys()))
        self.assertIn("1 file pushed", self.call("dvc", "push"))

    def test_data_comes_from_a_url(self):
        for name in ("d/a", "d/b/c", "d/é + &.txt", "x"):
            self.container.upload_blob(name, f"{name}\n".encode())
        said = {}
        for tool in TOOLS:
            for of in ("x", "d"):
                setting = f"connection_string={self.server.connection}"
                self.call(tool, "import-url", f"azure://{self.name}/{of}", "got", "--fs-config", setting)
                said[tool, of] = self.read("got.dvc")
                self.call(tool, "remove", "got.dvc", "--outs")
        for of in ("x", "d"):
            self.assertEqual(said["dvc", of], said["mlops", of])

    def test_stages_read_from_it(self):
        def put(name):
            self.container.upload_blob(f"some/folder/{name}", f"{name}\n".encode())

        for name in ("x", "d/a", "d/b/c"):
            put(name)
        self.write(
            "dvc.yaml", "stages: {s: {cmd: echo > o, deps: ['remote://r/x', 'remote://r/d'], outs: [o]}}\n"
        )
        locked = {}
        for tool in TOOLS:
            self.call(tool, "repro", "--force")
            locked[tool] = self.read("dvc.lock")
            self.assertClean(other(tool))
        self.assertEqual(locked["dvc"], locked["mlops"])
        put("d/new")
        for tool in TOOLS:
            said = json.loads(self.call(tool, "status", "--json"))
            self.assertEqual({"s": [{"changed deps": {"remote://r/d": "modified"}}]}, said)
