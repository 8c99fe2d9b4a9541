"""Files that nobody should write, and files that cannot be read: one line says why, with the exit code of dvc."""

import hashlib
import json
import os
import time

from scenario import Scenario

DEEP = 10_000
BOMB = "vars:\n- a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"  a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10)
)
A_STAGE = "stages:\n  a:\n    cmd: echo\n"
PIPELINES = {
    "lists without end": A_STAGE + "    deps: " + "[" * DEEP + "]" * DEEP + "\n",
    "mappings without end": A_STAGE + "    meta: " + "{a: " * DEEP + "1" + "}" * DEEP + "\n",
    "a mapping that never closes": "{" * DEEP,
    "a cycle": "stages:\n  a: {cmd: echo, deps: [x], outs: [y]}\n  b: {cmd: echo, deps: [y], outs: [x]}\n",
    "a stage that reads what it writes": "stages:\n  a: {cmd: echo, deps: [x], outs: [x]}\n",
    "an output within another": "stages:\n  a: {cmd: echo, outs: [x]}\n  b: {cmd: echo, outs: [x/y]}\n",
    "an output outside": "stages:\n  a: {cmd: 'echo > ../outside', outs: [../outside]}\n",
    "an output at the root": "stages:\n  a: {cmd: echo, outs: [.]}\n",
    "a name that no file can have": 'stages:\n  a: {cmd: echo, deps: ["a\\0b"]}\n',
    "a name that is too long": "stages:\n  a: {cmd: echo, deps: [" + "n" * 5000 + "]}\n",
    "a value that refers to itself": "vars:\n- a: ${a}\n" + A_STAGE.replace("echo", "echo ${a}"),
    "no YAML": "stages: [\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "nothing that is text": "stages:\n  a:\n    cmd: \x01\n",
    "a tag of Python": "stages: !!python/object/apply:os.system ['touch owned']\n",
}
WITHOUT_RIGHTS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.getuid() == 0 else []


class HostileTest(Scenario):
    def same(self, *arguments, rights=True):
        """Both tools end alike, and ours says why in one line, which it returns."""
        codes = {}
        for tool in ("dvc", "mlops"):
            codes[tool], text = self.tool(tool, *arguments) if rights else self.without_rights(tool, *arguments)
        lines = [line for line in text.splitlines() if line.startswith("ERROR")]
        self.assertEqual(codes["dvc"], codes["mlops"], text)
        self.assertNotEqual(0, codes["mlops"], text)
        self.assertEqual(1, len(lines), text)
        self.assertNotIn("Exception", text)
        self.assertNotIn("\tat ", text)
        return lines[0]

    def without_rights(self, *command):
        """As a user to whom modes of files apply, also when that is the superuser."""
        running = self.start(*WITHOUT_RIGHTS, *command)
        text, _ = running.communicate(timeout=60)
        return running.returncode, text

    def test_pipelines(self):
        for name, text in PIPELINES.items():
            with self.subTest(name):
                self.write("dvc.yaml", text)
                self.same("repro")
        with self.subTest("a bomb of aliases, which takes all the memory that dvc can get"):
            self.write("dvc.yaml", BOMB + A_STAGE)
            code, text = self.tool("mlops", "repro")
            self.assertEqual(255, code, text)
            self.assertEqual(1, len(text.splitlines()), text)
        with self.subTest("bytes that are no text"):
            (self.root / "dvc.yaml").write_bytes(b"stages:\n  \xff\xfe: 1\n")
            self.same("repro")
        self.assertFalse((self.root / "owned").exists())

    def test_what_cannot_be_read_or_written(self):
        self.chain()
        self.ok("mlops", "repro")
        self.write("secret", "x")
        self.write("d/secret", "x")
        for name, arguments in (("secret", ["add", "secret"]), ("d/secret", ["add", "d"]), ("in.csv", ["repro"])):
            with self.subTest(name):
                self.write(name, "y").chmod(0)
                self.assertIn(name, self.same(*arguments, rights=False))
                (self.root / name).chmod(0o644)
        self.ok("dvc", "repro")
        with self.subTest("a cache that is read only"):
            objects = self.root / ".dvc/cache/files/md5"
            folders = [objects, *objects.iterdir()]
            for folder in folders:
                folder.chmod(0o555)
            self.same("add", "d", rights=False)
            for folder in folders:
                folder.chmod(0o755)
            self.ok("mlops", "add", "d")
            self.assertClean("dvc")

    def test_a_listing_that_leads_out_of_its_directory(self):
        content = json.dumps([{"md5": hashlib.md5(b"x").hexdigest(), "relpath": "../../outside"}])
        name = hashlib.md5(content.encode()).hexdigest() + ".dir"
        self.write(f".dvc/cache/files/md5/{name[:2]}/{name[2:]}", content).chmod(0o444)
        self.write("f", "x")
        self.ok("mlops", "add", "f")
        self.write("d.dvc", f"outs:\n- md5: {name}\n  hash: md5\n  path: d\n")
        code, text = self.tool("mlops", "checkout")
        self.assertNotEqual(0, code)
        self.assertIn("../../outside", text)
        self.assertEqual([], [f for f in self.root.parent.rglob("outside")])

    def test_a_clock_that_was_set_back(self):
        later = time.time() + 10 * 365 * 24 * 3600
        for content in ("one", "two"):
            os.utime(self.write("f", content), (later, later))
            if content == "two":
                self.assertIn("modified", self.ok("mlops", "status"))
            self.ok("mlops", "add", "f")
            self.assertIn(hashlib.md5(content.encode()).hexdigest(), self.read("f.dvc"))
