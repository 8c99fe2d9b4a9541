"""Runs the rows, prints them as they come, and keeps them: python -m measure [ROW ...]"""

import argparse
import json
import signal
import sys
import tempfile
import time
from pathlib import Path

from . import commands, first_run, machine, pipeline, serving, table, tracking
from .places import RESULTS
from .row import Row

GROUPS = {
    "serving": serving.measure,
    "commands": commands.measure,
    "first-run": first_run.measure,
    "tracking-sqlite": tracking.sqlite,
    "tracking-artifacts": tracking.artifact_rows,
    "tracking-postgresql": tracking.postgresql,
    "tracking-soak": tracking.soak,
    "pipeline-data": pipeline.data,
    "pipeline-repro": pipeline.stages,
    "pipeline-remotes": pipeline.remotes,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("group", nargs="*", help=f"some of {', '.join(GROUPS)}; default all")
    chosen = parser.parse_args().group or list(GROUPS)
    unknown = [name for name in chosen if name not in GROUPS]
    if unknown:
        parser.error(f"no such rows: {', '.join(unknown)}; there are {', '.join(GROUPS)}")

    # As after Ctrl-C, what is being timed is ended, and the work folder goes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    facts = machine.facts()
    print(machine.text(facts), flush=True)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="mlops-bench-") as work:
        for name in chosen:
            for row in GROUPS[name](Path(work)):
                print(row.line(), flush=True)
                rows.append(row)

    result = {"machine": facts, "rows": [row.as_dict() for row in rows]}
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / time.strftime("%Y%m%dT%H%M%SZ.json", time.gmtime())
    file.write_text(json.dumps(result, indent=2) + "\n")
    print(f"\n{table.markdown([result])}\nkept in {file}")
    if len(chosen) == len(GROUPS):
        table.write([result])
    return 0


sys.exit(main())
