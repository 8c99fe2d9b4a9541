"""The real dvc in a forked child, which saves the second that it takes to import."""

import importlib
import os
import signal
import sys
import traceback
import warnings

# What most commands of dvc need.
NEEDED = (
    "dvc.cli.parser",
    "dvc.dvcfile",
    "dvc.parsing",
    "dvc.repo",
    "dvc.repo.metrics.show",
    "dvc.repo.trie",
    "dvc.rwlock",
    "dvc.stage.serialize",
    "dvc.utils.strictyaml",
    "networkx",
    "psutil",
    "ruamel.yaml",
)
PATIENCE = 120  # seconds


def preload():
    for name in NEEDED:
        importlib.import_module(name)
    return importlib.import_module("dvc.cli").main


def as_started():
    """Undoes what a process that runs tests has and one of dvc has not: its outputs, its warnings, its colours."""
    colorama = importlib.import_module("colorama")
    colorama.deinit()
    # What dvc leaves in the background closes these, and then nobody waits for it.
    sys.stdout = os.fdopen(1, "w")
    sys.stderr = os.fdopen(2, "w")
    colorama.init()
    warnings.resetwarnings()
    warnings.simplefilter("ignore")


def dvc(arguments, cwd, env):
    """Runs one command line; returns the exit code and what it printed."""
    main = preload()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 99
        try:
            signal.alarm(PATIENCE)
            os.close(reading)
            os.dup2(writing, 1)
            os.dup2(writing, 2)
            os.close(writing)
            os.chdir(cwd)
            os.environ.clear()
            os.environ.update(env)
            as_started()
            code = main(list(arguments)) or 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 98
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code & 255)
    os.close(writing)
    # With the ends of lines that a started command's text has.
    with os.fdopen(reading, encoding="utf-8", errors="replace") as output:
        text = output.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), text
