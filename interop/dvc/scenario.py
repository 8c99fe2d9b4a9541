"""A story that each tool plays in a repository of its own, and how the two ended."""

import re
import signal
import subprocess

import forked
import ruamel.yaml
from repo import TOOLS, Repo, other

EVENTS = {
    "ran": re.compile(r"^Running stage '(.*)':", re.M),
    "skipped": re.compile(r"^(?:Stage )?'(.*)' didn't change, skipping", re.M),
    "cached": re.compile(r"^Stage '(.*)' is cached - skipping run", re.M),
    "verified": re.compile(r"^Verifying (?:outputs in frozen stage|data sources in stage): '(.*)'", re.M),
}


def parsed(text):
    return ruamel.yaml.YAML(typ="safe").load(text)


class Scenario(Repo):
    def tool(self, tool, *arguments, cwd=None):
        """The exit code and what was printed; dvc runs in a forked child."""
        if tool == "dvc":
            return forked.dvc(arguments, cwd or self.root, self.env)
        done = self.start(tool, *arguments, cwd=cwd)
        text, _ = done.communicate(timeout=120)
        return done.returncode, text

    def start(self, *command, cwd=None):
        """Starts a command in a process group of its own."""
        return subprocess.Popen(
            command,
            cwd=cwd or self.root,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # Where Ctrl-C is ignored, as in the background of a script, children would inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def ok(self, tool, *arguments, cwd=None):
        code, text = self.tool(tool, *arguments, cwd=cwd)
        self.assertEqual(0, code, f"{tool} {arguments}:\n{text}")
        return text

    def play(self, story, **names):
        """Lets each tool play its part in a fresh repository, after the other prepared it; compares what came out."""
        ends, texts = [], []
        for tool in TOOLS:
            self.setUp()
            end = story(tool, other(tool))
            ends.append([end, self.state()])
            texts.append(f"{tool}: {end}")
        self.assertEqual(*ends, f"{names}\n" + "\n".join(texts))

    def events(self, tool, *arguments):
        """The exit code and what became of which stage."""
        code, text = self.tool(tool, *arguments)
        self.last = text
        return code, {name: sorted(pattern.findall(text)) for name, pattern in EVENTS.items()}

    def state(self):
        files = {}
        for file in sorted(self.root.rglob("*")):
            path = file.relative_to(self.root)
            if file.is_file() and not {".git", ".dvc"} & set(path.parts):
                text = file.read_text(encoding="utf-8")
                files[str(path)] = parsed(text) if file.suffix in (".lock", ".dvc", ".yaml") else text
        return files, self.objects()
