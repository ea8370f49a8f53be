"""The outcome of `diff` as text."""

from collections.abc import Callable, Iterable, Iterator

from nvqplan.core.findings import Finding
from nvqplan.core.words import amount, printable
from nvqplan.reports.findings_text import shorten, write_findings
from nvqplan.reports.painter import Style
from nvqplan.reports.report import Run
from nvqplan.reports.results import Case, Checked, Tally, in_order
from nvqplan.reports.settled_text import say_settled
from nvqplan.reports.verdicts import UNJUDGED, remedy_lines, say_verdict
from nvqplan.versions.comparing import Comparison, Turns
from nvqplan.versions.moves import Turn, move_of
from nvqplan.versions.report import Results, rulebook_paths

STYLES: dict[Turn, Style] = {
    "breaks": "red",
    "becomes tight": "yellow",
    "newly passes": "green",
}
"""The turns that are told for themselves; of all others only the number is."""


SEVERAL: dict[Turn, str] = {
    "breaks": "break",
    "becomes tight": "become tight",
    "newly passes": "newly pass",
    "still passes": "still pass",
    "still fails": "still fail",
}
"""The turns as they are said of several pathways, the worst first."""


class DiffText:
    """What differs, qualification by qualification; then the pathways for which that matters."""

    def __init__(self, run: Run, results: Results) -> None:
        self._run = run
        self._comparison, self._told, _ = results
        self._rulebooks = rulebook_paths(self._comparison)

    def head(self) -> Iterable[str]:
        return self._fit(self._head())

    def file(self, checked: Checked) -> Iterable[str]:
        if checked.path in self._rulebooks:
            return ()
        return self._fit(self._file(checked))

    def tail(self, tally: Tally) -> Iterable[str]:
        if self._run.say_sum is not None:
            yield self._run.paint(self._run.say_sum(tally), "bold")

    def _fit(self, lines: Iterator[str]) -> Iterable[str]:
        if self._run.width is None:
            return lines
        from nvqplan.reports.wrapping import wrap

        return wrap(lines, self._run.width)

    def _head(self) -> Iterator[str]:
        names = (self._comparison.old.name, self._comparison.new.name)
        yield self._run.paint(printable(" -> ".join(names)), "bold")
        yield from self._section("the catalogue", "")
        for impact in self._comparison.impacts:
            same = "" if impact.lost or impact.gained else ": the same legal mixes"
            yield from self._section(
                impact.id, impact.id, f"{same}, {impact.after:,}" if same else ""
            )
        yield ""

    def _section(self, title: str, about: str, behind: str = "") -> Iterator[str]:
        """What is told of one qualification or of the catalogue; nothing where that is nothing."""
        findings = [each.finding for each in self._told if each.qualification == about]
        if findings:
            yield ""
            yield f"{self._run.paint(printable(title), 'bold')}{behind}"
            yield from self._findings(findings, with_source=False)

    def _file(self, checked: Checked) -> Iterator[str]:
        yield from self._findings(in_order(checked.findings), with_source=True)
        for name in checked.unjudged:
            verdict = self._run.paint(UNJUDGED, "red")
            yield f"{self._name(checked, name)}: {verdict}, see above"
        if checked.findings or checked.unjudged:
            yield ""
        for case in checked.cases:
            yield from self._case(checked, case)

    def _case(self, checked: Checked, case: Case) -> Iterator[str]:
        if not case.findings:
            return
        turn = move_of(case).turn
        style = STYLES.get(turn, "dim")
        name, told = self._name(checked, case.pathway.name), self._run.paint(turn, style)
        yield f"{name}: {told}, {say_verdict(case)}"
        yield from self._findings(in_order(case.findings), with_source=True)
        yield from (f"  {line}" for line in remedy_lines(case))
        yield ""

    def _findings(self, findings: Iterable[Finding], *, with_source: bool) -> Iterator[str]:
        sources, paint = self._run.sources, self._run.paint
        return write_findings(findings, sources, paint, with_source=with_source)

    def _name(self, checked: Checked, name: str) -> str:
        return f"{printable(checked.path)}: {self._run.paint(printable(shorten(name)), 'bold')}"


def sum_of(comparison: Comparison, turns: Turns) -> Callable[[Tally], str]:
    """The sum of a run in one line, once all pathways are counted."""
    return lambda tally: "; ".join(filter(None, _say_sum(comparison, turns, tally)))


def _say_sum(comparison: Comparison, turns: Turns, tally: Tally) -> Iterator[str]:
    old, new = (printable(each.name) for each in (comparison.old, comparison.new))
    if comparison.says_the_same:
        qualifications = amount(len(comparison.new.qualifications), "qualifications")
        units = amount(len(comparison.new.rulebook.catalogue.units), "units")
        yield f"{old} and {new} say the same: {qualifications}, {units}"
    else:
        mixes = f"{amount(comparison.lost, 'mixes')} lost, {comparison.gained:,} gained"
        yield f"{amount(len(comparison.changes), 'differences')}, {mixes}"
    if turns.pathways:
        yield f"of {amount(turns.pathways, 'pathways')} {', '.join(_say_turns(turns))}"
    severities = tally.findings.items()
    yield ", ".join(amount(number, f"{severity}s") for severity, number in severities if number)
    yield say_settled(tally)


def _say_turns(turns: Turns) -> Iterator[str]:
    """`1 breaks, 2 still pass`: how many pathways take which turn."""
    for turn, several in SEVERAL.items():
        if number := turns[turn]:
            yield f"{number:,} {turn if number == 1 else several}"
    if turns.unjudged:
        yield f"{turns.unjudged:,} {UNJUDGED}"
