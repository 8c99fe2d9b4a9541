"""A container of Azure Blob Storage as a remote and as where data comes from."""

import tempfile
import unittest

from repo import TOOLS, other
from servers import Azurite
from test_remotes import Cloud, RemoteTest


@unittest.skipUnless(Azurite.PROGRAM.exists(), "no Azurite; interop/dvc/run installs it where npm is: apt-get install npm")
class AzureRemote(Cloud, RemoteTest):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="interop-azurite-")
        cls.addClassCleanup(folder.cleanup)
        cls.server = Azurite(folder.name)
        cls.addClassCleanup(cls.server.close)

    def settings(self):
        self.call("dvc", "remote", "add", "-q", "-d", "r", f"azure://{self.bucket}/some/folder")
        self.call("dvc", "remote", "modify", "-q", "--local", "r", "connection_string", self.server.connection)

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
        before = self.server.keys(self.bucket)
        self.call("mlops", "gc", "-w", "-c", "-f")
        self.assertEqual(len(before) - 1, len(self.server.keys(self.bucket)))
        self.assertIn("1 file pushed", self.call("dvc", "push"))

    def test_data_comes_from_a_url(self):
        for name in ("d/a", "d/b/c", "d/é + &.txt", "x"):
            self.server.put(self.bucket, name, f"{name}\n".encode())
        said = {}
        for tool in TOOLS:
            for of in ("x", "d"):
                setting = f"connection_string={self.server.connection}"
                self.call(tool, "import-url", f"azure://{self.bucket}/{of}", "got", "--fs-config", setting)
                said[tool, of] = self.read("got.dvc")
                self.call(tool, "remove", "got.dvc", "--outs")
        for of in ("x", "d"):
            self.assertEqual(said["dvc", of], said["mlops", of])
