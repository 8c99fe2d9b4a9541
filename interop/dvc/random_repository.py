"""Random repositories: stages, data and parameters with all that names and values may be, and random edits of them.

The same seed makes the same repository, and the same edits of two copies of it.
"""

import json
import pathlib
import random
import shlex

import tomlkit
from ruamel.yaml import YAML

# Without '#': dvc looks for data of an earlier commit whose name has one in the wrong place.
NAMES = (
    "a", "b.txt", "data", "model.bin", "with space", "é", "日本", "it's", 'say "hi"', ".hidden", "a,b",
    "x=y", "100%", "[1]", "a;b", "&more", "😀", "UPPER", "trailing.", "-dash", "a+b", "~home", "a@b", "(p)", "!bang",
)  # fmt: skip
VALUES = (
    0, 1, -7, 2**40, 10**25, 0.5, 1e-05, 1e20, -0.0, 3.0, True, False, None, "", "text", "é 日本", "1", "1e5", "yes",
    "null", "~", "2024-01-01", "a: b", "- x", "#no", "it's", 'q"q', "two\nlines", [], [1, 2], ["a", None, 1.5],
    {}, {"k": 1}, {"deep": {"er": [1, {"x": False}]}}, 1e16, 1e-07, 123456789.125, -1e-300, 2**63, "0x1f", "1_000",
    ".inf", "=", "?", "a #b", "tab\there", " lead", "trail ", "😀", [[1], [{"a": []}]], {"1": "one", "é": None},
)  # fmt: skip
# What a command may hold when it is filled in.
SCALARS = (0, -7, 0.5, 1e-05, 1e20, True, False, "text", "é", "1e5", "yes", "a-b", 10**25)


def is_toml(value):
    """TOML has no null, and whole numbers of 64 bits."""
    if isinstance(value, dict):
        return all(is_toml(item) for item in value.values())
    if isinstance(value, list):
        return all(is_toml(item) for item in value)
    return value is not None and (isinstance(value, bool) or not isinstance(value, int) or -(2**63) <= value < 2**63)


class RandomRepository:
    """A repository on disk, and what was put into it."""

    def __init__(self, root, seed):
        self.root = pathlib.Path(root)
        self.rng = random.Random(seed)
        self.taken = set()
        self.plain, self.tracked, self.made, self.params = [], [], [], []
        self.story = []

    def create(self):
        for _ in range(self.rng.randint(1, 3)):
            self.plain.append(self._file(self._path(), self._text()))
        for _ in range(self.rng.randint(1, 3)):
            self.tracked.append(self._file(self._path(), self._text()) if self._one_in(2) else self._folder())
        self._params_files()
        stages = {}
        for number in range(self.rng.randint(2, 6)):
            stages[f"s{number}"] = self._stage(number)
        if self._one_in(2):
            stages["each"] = self._foreach()
        if self._one_in(2):
            stages["keyed"] = self._keyed()
        if self._one_in(3):
            stages["grid"] = self._matrix()
        if self._one_in(3):
            stages["filled"] = self._filled()
        self._yaml("dvc.yaml", {"stages": stages})
        self.pipelines = ["dvc.yaml"]
        for number in range(self.rng.randint(0, 2)):
            self._pipeline_below(number)

    # What there is

    def _one_in(self, n):
        return self.rng.randrange(n) == 0

    def _path(self):
        while True:
            path = "/".join(self.rng.choice(NAMES) for _ in range(self.rng.randint(1, 3)))
            parents = {str(p) for p in pathlib.PurePosixPath(path).parents}
            if path not in self.taken and not parents & self.files() and path not in self.folders():
                self.taken.add(path)
                return path

    def files(self):
        return self.taken

    def folders(self):
        return {str(p) for path in self.taken for p in pathlib.PurePosixPath(path).parents}

    def _text(self):
        return "".join(self.rng.choice("ab é\n") for _ in range(self.rng.randint(0, 40)))

    def _file(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return path

    def _folder(self):
        path = self._path()
        for _ in range(self.rng.randint(1, 4)):
            names = self.rng.sample(NAMES, self.rng.randint(1, 2))
            file = self.root / path / "/".join(names)
            if not any(p.is_file() for p in file.parents) and not file.is_dir():
                self._file(str(file.relative_to(self.root)), self._text())
        return path

    def _yaml(self, path, value):
        yaml = YAML(typ="safe")
        yaml.default_flow_style = False
        yaml.allow_unicode = True
        yaml.width = 4096
        with open(self.root / path, "w", encoding="utf-8") as out:
            yaml.dump(value, out)

    def read_yaml(self, path):
        with open(self.root / path, encoding="utf-8") as file:
            return YAML(typ="safe").load(file)

    def _params_files(self):
        keys = [f"p{n}" for n in range(self.rng.randint(1, 5))]
        self._yaml(
            "params.yaml",
            {"nested": {key: self.rng.choice(VALUES) for key in keys}, "top": 1, "name": "filled out"},
        )
        self.params += [f"nested.{key}" for key in keys] + ["top"]
        if self._one_in(2):
            (self.root / "more.json").write_text(json.dumps({"j": self.rng.choice(VALUES)}))
            self.params.append({"more.json": ["j"]})

        if self._one_in(3):
            value = self.rng.choice([v for v in VALUES if is_toml(v)])
            (self.root / "set.toml").write_text(tomlkit.dumps({"t": {"x": value}, "other": 1}), encoding="utf-8")
            self.params.append({"set.toml": self.rng.choice([["t.x"], ["t"], None])})
        if self._one_in(3):
            literals = [v for v in VALUES if v == v]
            (self.root / "conf.py").write_text(
                f"X = {self.rng.choice(literals)!r}\n\nclass C:\n    y = {self.rng.choice(literals)!r}\n", encoding="utf-8"
            )
            self.params.append({"conf.py": self.rng.choice([["X"], ["C.y"], ["X", "C"]])})

    # Stages

    def _stage(self, number):
        inputs = self.plain + self.tracked + self.made
        deps = self.rng.sample(inputs, self.rng.randint(0, min(3, len(inputs))))
        out = self._path()
        stage = {"deps": deps, "outs": [self._out(out)]}
        wdir = "." if self._one_in(3) or number == 0 else f"w{number}"
        up = "" if wdir == "." else "../"
        stage["cmd"] = self._command(number, [up + d for d in deps], up + out)
        if up:
            (self.root / wdir).mkdir(exist_ok=True)
            stage.update(wdir=wdir, deps=[up + d for d in deps], outs=[self._out(up + out)])
        elif self.params and not self._one_in(3):
            stage["params"] = self.rng.sample(self.params, self.rng.randint(1, len(self.params)))
        for flag in ("frozen", "always_changed"):
            if self._one_in(12):
                stage[flag] = True
        if self._one_in(4):
            stage["desc"] = self._text().replace("\n", " ").strip()
        self.made.append(out)
        return {key: value for key, value in stage.items() if value}

    def _pipeline_below(self, number):
        """A dvc.yaml of its own in a folder, which reads what the one at the top makes, and has parameters of its own."""
        folder = f"below{number}/" + "/".join(self.rng.sample(("x", "with space", "é", "[1]"), self.rng.randint(0, 2)))
        folder = folder.rstrip("/")
        (self.root / folder).mkdir(parents=True)
        up = "../" * (folder.count("/") + 1)
        self._yaml(f"{folder}/params.yaml", {"own": self.rng.choice(VALUES), "more": {"x": self.rng.choice(VALUES)}})
        stages = {}
        for index in range(self.rng.randint(1, 2)):
            inputs = self.plain + self.tracked + self.made
            deps = [up + d for d in self.rng.sample(inputs, self.rng.randint(1, min(2, len(inputs))))]
            out = f"{self.rng.choice(NAMES)} {index}"
            stage = {"cmd": self._command(index, deps, out), "deps": deps, "outs": [self._out(out)]}
            if self._one_in(2):
                stage["params"] = self.rng.choice((["own"], ["more.x"], ["own", "more"], [{"params.yaml": None}]))
            if self._one_in(3):
                stage["metrics"] = [{f"m{index}.json": {"cache": False}}]
                stage["cmd"] = [stage["cmd"], f"echo '{{\"v\": {index}}}' > m{index}.json"]
            stages[f"b{number}-{index}"] = stage
            self.made.append(f"{folder}/{out}")
        self._yaml(f"{folder}/dvc.yaml", {"stages": stages})
        self.pipelines.append(f"{folder}/dvc.yaml")

    def _keyed(self):
        """A foreach over a mapping, whose values may be mappings."""
        keys = self.rng.sample(["one", "é", "with-dash", "under_score", "7"], self.rng.randint(1, 3))
        items = {key: {"v": self.rng.choice(SCALARS), "w": {"x": self.rng.choice(SCALARS)}} for key in keys}
        cmd = "echo ${item.v} ${item.w.x} ${key} > keyed-${key}"
        return {"foreach": items, "do": {"cmd": cmd, "outs": ["keyed-${key}"]}}

    def _filled(self):
        """A stage that variables of its own and of a file fill in."""
        self._yaml("vars.yaml", {"from_file": {"x": self.rng.choice(SCALARS)}})
        return {
            "vars": ["vars.yaml", {"own": self.rng.choice(SCALARS)}],
            "cmd": "echo ${from_file.x} ${own} ${top} \\${literal} > '${name}'",
            "outs": ["${name}"],
        } | ({"params": ["top"]} if self._one_in(2) else {})

    def _out(self, path):
        flags = {}
        if self._one_in(5):
            flags["cache"] = False
        if self._one_in(6):
            flags["persist"] = True
        return {path: flags} if flags else path

    def _command(self, number, deps, out):
        quoted = shlex.quote("./" + out)
        read = " ".join(f"find {shlex.quote('./' + d)} -type f -exec cat {{}} + ;" for d in deps)
        if self._one_in(3):
            inner = shlex.quote(f"./{out}/{self.rng.choice(NAMES)}")
            return f"mkdir -p {quoted} && {{ {read} echo {number}; }} > {inner} && echo x > {quoted}/fixed"
        return f"mkdir -p \"$(dirname {quoted})\" && {{ {read} echo {number}; }} > {quoted}"

    def _foreach(self):
        items = self.rng.sample(["x", "y", "z", 1, 2.5], self.rng.randint(1, 3))
        return {"foreach": items, "do": {"cmd": "echo ${item} > each-${item}", "outs": ["each-${item}"]}}

    def _matrix(self):
        if self._one_in(2):
            return {
                "matrix": {"m": [{"a": 1}, {"a": self.rng.choice(SCALARS)}], "n": self.rng.sample([1, True, "x"], 2)},
                "cmd": "echo ${item.m.a} ${item.n} > grid-${key}",
                "outs": ["grid-${key}"],
            }
        return {
            "matrix": {"m": self.rng.sample(["u", "v"], self.rng.randint(1, 2)), "n": [1, 2]},
            "cmd": "echo ${item.m} ${item.n} > grid-${item.m}-${item.n}",
            "outs": ["grid-${item.m}-${item.n}"],
        }

    # Edits: each leaves both copies of a repository alike

    def edit(self):
        edits = [
            self._touch, self._append, self._set_param, self._drop_param, self._delete_output, self._spoil_output,
            self._change_command, self._add_to_folder, self._remove_from_folder, self._execute, self._ignore,
            self._freeze, self._drop_object, self._drop_lock, self._file_for_folder, self._set_below, self._freeze_data,
        ]  # fmt: skip
        for _ in range(self.rng.randint(1, 4)):
            edit = self.rng.choice(edits)
            self.story.append(f"{edit.__name__.strip('_')} {edit() or ''}")

    def _some(self, paths):
        return self.root / self.rng.choice(sorted(paths))

    def _files_below(self, paths):
        found = []
        for path in paths:
            at = self.root / path
            found += [f for f in at.rglob("*") if f.is_file()] if at.is_dir() else [at] if at.is_file() else []
        return sorted(found)

    def _touch(self):
        file = self._some(self.plain)
        file.touch()
        return file.name

    def _append(self):
        files = self._files_below(self.plain + self.tracked)
        if files:
            file = self.rng.choice(files)
            with open(file, "a", encoding="utf-8") as out:
                out.write("more")
            return file.name
        return None

    def _set_param(self):
        values = self.read_yaml("params.yaml")
        key = self.rng.choice(sorted(values["nested"]) or ["p0"])
        values["nested"][key] = self.rng.choice(VALUES)
        self._yaml("params.yaml", values)
        return f"{key} = {values['nested'][key]!r}"

    def _drop_param(self):
        values = self.read_yaml("params.yaml")
        if self._one_in(3) and values["nested"]:
            key = self.rng.choice(sorted(values["nested"]))
            del values["nested"][key]
            self._yaml("params.yaml", values)
            return key
        return None

    def _delete_output(self):
        files = self._files_below(self.made)
        if files:
            file = self.rng.choice(files)
            file.unlink()
            return file.name
        return None

    def _spoil_output(self):
        files = self._files_below(self.made)
        if files:
            file = self.rng.choice(files)
            file.chmod(0o644)
            file.write_text("spoilt")
            return file.name
        return None

    def _change_command(self):
        file, text, stage, name = self._any_stage()
        if isinstance(stage["cmd"], list):
            stage["cmd"].append("true")
        else:
            stage["cmd"] += " && true"
        self._yaml(file, text)
        return name

    def _any_stage(self):
        file = self.rng.choice(self.pipelines)
        text = self.read_yaml(file)
        name = self.rng.choice(sorted(name for name in text["stages"] if "cmd" in text["stages"][name]))
        return file, text, text["stages"][name], name

    def _set_below(self):
        for file in self.pipelines[1:]:
            params = file.replace("dvc.yaml", "params.yaml")
            values = self.read_yaml(params)
            values["own"] = self.rng.choice(VALUES)
            self._yaml(params, values)
            return f"{params} own = {values['own']!r}"
        return None

    def _freeze_data(self):
        if self.tracked:
            file = self.rng.choice(self.tracked) + ".dvc"
            text = self.read_yaml(file)
            self._yaml(file, text | {"frozen": True})
            return file
        return None

    def _folders_tracked(self):
        return [path for path in self.tracked if (self.root / path).is_dir()]

    def _add_to_folder(self):
        folders = self._folders_tracked()
        if folders:
            file = self._some(folders) / f"new {self.rng.randrange(9)}"
            file.write_text("new")
            return str(file.relative_to(self.root))
        return None

    def _remove_from_folder(self):
        files = self._files_below(self._folders_tracked())
        if files:
            file = self.rng.choice(files)
            file.unlink()
            return str(file.relative_to(self.root))
        return None

    def _execute(self):
        file = self._some(self.plain)
        file.chmod(0o755)
        return file.name

    def _ignore(self):
        folders = self._folders_tracked()
        if folders and self._one_in(2):
            (self.root / ".dvcignore").write_text("new*\n*.tmp\n")
            return "new* *.tmp"
        return None

    def _freeze(self):
        file, text, stage, name = self._any_stage()
        stage["frozen"] = not stage.get("frozen", False)
        self._yaml(file, text)
        return name

    def _drop_object(self):
        cache = self.root / ".dvc" / "cache" / "files" / "md5"
        objects = sorted(f for f in cache.rglob("*") if f.is_file() and f.parent != cache)
        if objects and self._one_in(2):
            file = self.rng.choice(objects)
            file.unlink()
            return file.parent.name + file.name
        return None

    def _drop_lock(self):
        if self._one_in(3):
            file = self.root / self.rng.choice(self.pipelines).replace("dvc.yaml", "dvc.lock")
            file.unlink(missing_ok=True)
            return str(file.relative_to(self.root))
        return None

    def _file_for_folder(self):
        folders = self._folders_tracked()
        if folders and self._one_in(2):
            at = self._some(folders)
            for file in sorted(at.rglob("*"), reverse=True):
                file.rmdir() if file.is_dir() else file.unlink()
            at.rmdir()
            at.write_text("a file now")
            return at.name
        return None
