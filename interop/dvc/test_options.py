"""Every option of repro and commit does the same to stages, the lock, the workspace and the cache.

ALL=1 tries all of them; without it a few of each kind, since each plays a story four times.
"""

import shutil

from repo import ALL, thorough
from scenario import Scenario, parsed

STAGES = """\
stages:
  first:
    cmd: cp in one
    deps: [in]
    outs: [one]
  second:
    cmd: cat one > two; echo ${lr} >> two
    deps: [one]
    params: [lr]
    outs: [two]
  third:
    cmd: cp two three
    deps: [two]
    outs: [three: {cache: false}]
  aside:
    cmd: cp data.txt four
    deps: [data.txt]
    outs: [four]
  each:
    foreach: [x, y]
    do:
      cmd: echo ${item} > e-${item}
      outs: ['e-${item}']
"""
BELOW = """\
stages:
  below:
    cmd: cp ../one five
    deps: [../one]
    outs: [five]
  lone:
    cmd: echo 1 > six
    outs: [six]
"""


class OptionsTest(Scenario):
    def project(self, tool):
        """What `tool` ran, with data at a remote."""
        self.write("in", "in")
        self.write("data.txt", "data")
        self.write("params.yaml", "lr: 1\n")
        self.write("dvc.yaml", STAGES)
        self.write("sub/dvc.yaml", BELOW)
        self.ok("dvc", "remote", "add", "-d", "store", str(self.root.parent / "store"))
        self.ok(tool, "add", "data.txt")
        self.ok(tool, "repro", "-P")
        self.ok(tool, "push")

    def each(self, change, *commands, often=1):
        """Plays each command after a change; without ALL=1 only the first few."""
        for arguments in commands if ALL else commands[:often]:

            def story(tool, before):
                self.project(before)
                change()
                events = self.events(tool, "repro", *arguments)
                # Where data is missing dvc may fail although nothing runs; see use-beside-dvc.md.
                told = change in (self.lost_data, self.lost_input)
                return events, told or self.events(before, "repro", "--dry", *arguments)[0]

            with self.subTest(arguments=arguments, change=change.__name__):
                self.play(story, arguments=arguments, change=change.__name__)

    def nothing(self):
        pass

    def inputs(self):
        self.write("in", "changed")
        self.write("data.txt", "changed")

    def parameter(self):
        self.write("params.yaml", "lr: 2\n")

    def lost_outputs(self):
        for name in ("one", "two", "e-x", "sub/five"):
            (self.root / name).unlink()

    def lost_data(self):
        self.lost_outputs()
        shutil.rmtree(self.root / ".dvc/cache/files")

    def lost_input(self):
        (self.root / "data.txt").unlink()
        (self.root / "four").unlink()
        shutil.rmtree(self.root / ".dvc/cache/files")

    def broken(self):
        self.inputs()
        self.write("dvc.yaml", STAGES.replace("cat one > two", "false"))

    def test_what_is_selected(self):
        self.each(
            self.inputs, (), ("second",), ("-s", "second"), ("-s", "first", "third"), ("-p", "second"), ("-P",),
            ("-R", "sub"), ("-R", "."), ("--downstream", "second"), ("--downstream", "first"), ("--glob", "[ft]*"),
            ("each",), ("each@x",), ("sub/dvc.yaml",), ("sub/dvc.yaml:below",), ("data.txt.dvc",), ("dvc.yaml", "aside"),
            ("nope",), ("-s", "each"),
        )  # fmt: skip

    @thorough
    def test_an_output_stands_for_its_stage(self):
        """dvc knows stages only; see use-beside-dvc.md."""
        self.project("dvc")
        self.inputs()
        self.assertEqual(255, self.events("dvc", "repro", "one")[0])
        self.assertEqual((0, ["first"]), (lambda end: (end[0], end[1]["ran"]))(self.events("mlops", "repro", "one")))

    def test_what_is_run_again(self):
        self.each(self.nothing, ("-f",), ("-f", "second"), ("-f", "-s", "second"), ("-f", "-P"), ("-i",), often=0)
        self.each(self.parameter, ("--force-downstream",), ("-i", "second"), ("--no-commit",), ("--no-run-cache",), often=0)

    def test_what_is_missing(self):
        self.each(self.lost_outputs, (), ("--no-run-cache",), ("--allow-missing",), ("-f", "--no-commit"), often=0)
        self.each(self.lost_data, ("--pull",), ("--pull", "--allow-missing"), (), ("--allow-missing",))
        self.each(self.lost_input, (), ("--allow-missing",), ("--pull",), ("--pull", "--allow-missing"), often=0)

    def test_what_fails(self):
        self.each(self.broken, (), ("-k",), ("--ignore-errors",), ("-k", "-P"), ("--ignore-errors", "-P"), ("-s", "-k", "second", "third"))

    def test_what_was_not_stored_is_stored_by_commit(self):
        kinds = (("-f",), ("-f", "third"), ("-f", "-d", "third"), ("-f", "-R", "sub"), (), ("first", "each@x"), ("data.txt.dvc",))
        for arguments in kinds if ALL else kinds[2:3]:

            def story(tool, before):
                self.project(before)
                self.inputs()
                self.ok(before, "repro", "-P", "--no-commit")
                self.write("in", "in again")
                return self.tool(tool, "commit", *arguments)[0], self.ok("dvc", "status", "--json").splitlines()[-1]

            with self.subTest(arguments=arguments):
                self.play(story, arguments=arguments)

    @thorough
    def test_another_folder_is_the_working_directory(self):
        def story(tool, before):
            self.project(before)
            self.inputs()
            return self.events(tool, "--cd", "sub", "repro")

        self.play(story)


class FrozenTest(Scenario):
    COMMENTED = """\
# the pipeline
stages:
    first:   # one
        cmd: "cp in one"   # quoted
        deps:
          - in  # indented
        outs: [one]

    # before second
    second: {cmd: 'cat one > two', deps: [one], outs: [two],}
    always:
        cmd: date +%N > now
        always_changed: true   # every time
    back:
        cmd: echo >> log
"""

    def test_frozen_stages_are_edited_in_place_and_not_run(self):
        def story(tool, before):
            self.write("in", "in")
            self.write("dvc.yaml", self.COMMENTED)
            self.ok(before, "repro")
            texts = []
            for verb, names in (("freeze", ("first", "second")), ("unfreeze", ("second",)), ("unfreeze", ("second",))):
                self.ok(tool, verb, *names)
                texts.append(parsed(self.read("dvc.yaml")))
                if tool == "mlops":
                    self.assertIn('cmd: "cp in one"   # quoted\n', self.read("dvc.yaml"))
            self.write("in", "changed")
            (self.root / "two").unlink()
            ends = [self.events(tool, "repro"), self.ok("dvc", "status", "--json").splitlines()[-1]]
            said = [self.ok(asked, "status", "--json").splitlines()[-1] for asked in ("dvc", "mlops")]
            self.assertEqual(*said)
            (self.root / "one").unlink()
            ends.append(self.events(tool, "repro"))
            ends.append(self.events(tool, "repro", "-k"))
            ends.append([self.tool(tool, "freeze", name)[0] for name in ("nope", "back", "always")])
            (self.root / "now").unlink(missing_ok=True)
            return texts, ends

        self.play(story)


class PathsTest(Scenario):
    NAMES = (
        "new\nline", 'quo"te', "*", "😀", "back\\slash", "tab\there", " lead", "trail ", "ünï", "[a]", "#hash", "!not",
        "a:b", "-dash",
    )  # fmt: skip

    @thorough
    def test_odd_names(self):
        folders = [f"d-{name}" for name in self.NAMES]

        def story(tool, before):
            for name in self.NAMES:
                self.write(name, "x")
                self.write(f"d-{name}/in {name}", "y")
            self.ok(tool, "add", "--", *self.NAMES, *folders)
            self.assertClean(before)
            for target in (*self.NAMES, *folders):
                file = self.root / target
                shutil.rmtree(file) if file.is_dir() else file.unlink()
            self.ok(before, "checkout")

        self.play(story)

    @thorough
    def test_touched_data_is_no_change(self):
        def story(tool, before):
            for number in range(5):
                self.write(f"d/{number}", f"{number}")
            self.ok(before, "add", "d")
            content = self.read("d.dvc")
            for number in range(5):
                (self.root / f"d/{number}").touch()
            self.assertClean(tool)
            self.ok(tool, "add", "d")
            self.assertEqual(content, self.read("d.dvc"))
            return self.ok(tool, "data", "status", "--json").splitlines()[-1]

        self.play(story)


class PlotsModifyTest(Scenario):
    STAGES = """\
stages:
  s:   # one
    cmd: touch p.csv o.csv m.json
    outs:
    - o.csv
    - keep.csv: {persist: true}
    metrics:
    - m.json: {cache: false}
    plots:
    - p.csv: {x: a, y: b}
    - q.csv
"""

    def test_the_same_is_written(self):
        def story(tool, before):
            self.write("dvc.yaml", self.STAGES)
            ends = []
            for arguments in (
                ("p.csv", "-x", "c", "--title", "a title"), ("p.csv", "--unset", "y", "x"), ("p.csv", "--unset", "nope"),
                ("q.csv", "-t", "linear", "--no-header"), ("q.csv", "--unset", "template", "header"), ("q.csv",),
                ("o.csv", "--x-label", "l"), ("keep.csv", "-y", "z"), ("o.csv", "--unset", "x"), ("none.csv", "-x", "a"),
                ("q.csv", "-t", "none"), ("m.json", "--unset", "x"), ("m.json", "-x", "a"),
            ):  # fmt: skip
                code = self.tool(tool, "plots", "modify", *arguments)[0]
                # dvc sorts the lists; we leave what is there where it is.
                stage = parsed(self.read("dvc.yaml"))["stages"]["s"]
                lists = {name: sorted(items, key=str) for name, items in stage.items() if isinstance(items, list)}
                ends.append((arguments, code, lists))
            (self.root / "dvc.yaml").unlink()
            return ends

        self.play(story)
