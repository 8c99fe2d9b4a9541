"""Measurements as Markdown, and their place in docs/benchmarks.md."""

from . import machine
from .places import DOCS

BEGIN = "<!-- measured: written by bench/report -->"
END = "<!-- end of measured -->"


def markdown(results: list[dict]) -> str:
    """One table for each run, since a number belongs to the run that it was measured in."""
    return "\n".join(_run(result) for result in results)


def _run(result: dict) -> str:
    lines = [
        machine.text(result["machine"]) + ".",
        "",
        "| what | reach | mlops | what it replaces | |",
        "|---|---|---|---|---|",
    ]
    lines += [_line(row) for row in result["rows"]]
    lines += ["", "| row | command |", "|---|---|"]
    lines += [f"| {row['what']} | `{row['command']}` |" for row in result["rows"]]
    return "\n".join(lines) + "\n"


def _line(row: dict) -> str:
    verdict = "reached" if row["reached"] else "**falls short**"
    cells = (row["what"], row["reach"], row["ours"], row["original"] or "–", verdict)
    return f"| {' | '.join(cells)} |"


def write(results: list[dict]) -> None:
    before, _, rest = DOCS.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    DOCS.write_text(f"{before}{BEGIN}\n{markdown(results)}{END}{after}")
    print(f"written to {DOCS}")
