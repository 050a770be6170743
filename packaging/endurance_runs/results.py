"""What came of each test, and the report that anybody can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.endurance.plan import Trial

_TOLD = 20


@dataclass
class Result:
    """One test: what was asked for and what was done."""

    trial: Trial
    wanted: int
    cases: int = 0
    bad: list[str] = field(default_factory=list)
    worst: str = ""
    not_run: str = ""
    seconds: float = 0.0

    @property
    def verdict(self) -> str:
        """PASS, FAIL, NOT RUN, or how much of it passed."""
        if self.bad:
            return "FAIL"
        if self.not_run or not self.cases:
            return "NOT RUN"
        return "PASS" if self.cases >= self.wanted else f"PASS so far ({self.cases} of {self.wanted})"


def report(results: Sequence[Result], column: str, computer: str, day: str) -> str:
    """The report in Markdown: a sentence, a table, then each thing that went wrong."""
    failed = [result for result in results if result.verdict == "FAIL"]
    idle = [result for result in results if result.verdict == "NOT RUN"]
    cases = sum(result.cases for result in results)
    bad = sum(len(result.bad) for result in results)
    first = f"{len(results) - len(failed) - len(idle)} of {len(results)} tests passed"
    lines = [
        f"# dermlog endurance report, {column}",
        "",
        f"{day}, {computer}. {first}; {cases:,} cases, {bad:,} bad.",
        "",
        "Bad means: an acknowledged save lost, a record half there, a wrong value not noticed, a file that "
        "does not open, something readable without the key, or an error without a sentence.",
        "",
        "| Test | Promise | What was done | Cases | Bad | Minutes | Figures | Result |",
        "|---|---|---|---:|---:|---:|---|---|",
        *map(_row, results),
    ]
    for result in (*failed, *idle):
        lines += ["", f"## {result.trial.number}: {result.verdict}", ""]
        lines += [f"- {what}" for what in ([result.not_run] if result.not_run else result.bad[:_TOLD])]
        if len(result.bad) > _TOLD:
            lines.append(f"- and {len(result.bad) - _TOLD} more")
    return "\n".join(lines) + "\n"


def _row(result: Result) -> str:
    trial = result.trial
    cells = (
        trial.number,
        trial.proves,
        trial.what,
        f"{result.cases:,} {trial.unit}",
        f"{len(result.bad):,}",
        f"{result.seconds / 60:.1f}",
        result.worst,
        result.verdict,
    )
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
