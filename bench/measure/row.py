"""One line of the table."""

from dataclasses import asdict, dataclass, field
from typing import Callable


@dataclass(frozen=True)
class Row:
    """What was measured, what it should reach, and what both systems showed.

    `reach` is a bound on `value` (ours, in `unit`): the row falls short when `reached` is false.
    `original` is None where the replaced system has no counterpart. `details` keeps every single
    run, so that a reader can see the spread.
    """

    what: str
    unit: str
    reach: str
    reached: bool
    value: float
    ours: str
    original: str | None
    command: str
    details: dict = field(default_factory=dict)

    def as_dict(self) -> dict:
        return asdict(self)

    def line(self) -> str:
        verdict = "reached" if self.reached else "FALLS SHORT"
        return (
            f"- {self.what}: {self.ours} (original: {self.original or '-'}; "
            f"reach {self.reach}: {verdict})\n    {self.command}"
        )


def at_most(bound: float, unit: str) -> tuple[str, Callable[[float], bool]]:
    return f"<= {bound:g} {unit}", lambda value: value <= bound


def at_least(bound: float, unit: str) -> tuple[str, Callable[[float], bool]]:
    return f">= {bound:g}{unit}", lambda value: value >= bound
