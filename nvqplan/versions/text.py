"""The outcome of `diff` as text."""

from collections.abc import Callable, Iterator

from nvqplan.core.words import amount, printable
from nvqplan.reports.report import Report, Run, remedy_lines, say_found, say_settled, say_verdict
from nvqplan.reports.results import Case, Checked, Tally
from nvqplan.reports.terminal import Style, write_findings
from nvqplan.versions.comparing import Comparison, DiffResults, Turns
from nvqplan.versions.moves import Turn, move_of

TURNS: dict[Turn, tuple[str, Style]] = {
    "breaks": ("break", "red"),
    "becomes tight": ("become tight", "yellow"),
    "newly passes": ("newly pass", "green"),
    "still passes": ("still pass", "dim"),
    "still fails": ("still fail", "dim"),
    "not judged": ("not judged", "dim"),
}
"""Each turn in the plural and its colour, the worst first."""


def diff_text(run: Run, results: DiffResults | None) -> Report:
    """Without results there are only faults of the rulebooks, which look as elsewhere."""
    if results is not None:
        return DiffText(run, results)
    from nvqplan.reports.check_text import TextReport

    return TextReport(run)


class DiffText:
    """What differs, qualification by qualification; then the pathways for which that matters."""

    def __init__(self, run: Run, results: DiffResults) -> None:
        self._run = run
        self._comparison = results.comparison
        self._differences = results.differences

    def head(self) -> Iterator[str]:
        return self._run.fit(self._head())

    def file(self, checked: Checked) -> Iterator[str]:
        """Nothing of the rulebooks' own files: what is found in them stands before all pathways."""
        if checked.path in self._comparison.paths:
            return iter(())
        return self._run.fit(self._file(checked))

    def tail(self, tally: Tally) -> Iterator[str]:
        yield self._run.paint(self._run.say_sum(tally), "bold")

    def _head(self) -> Iterator[str]:
        names = (self._comparison.old.name, self._comparison.new.name)
        yield self._run.paint(printable(" -> ".join(names)), "bold")
        yield from self._section("the catalogue", "")
        for impact in self._comparison.impacts:
            same = "" if impact.lost or impact.gained else ": the same legal mixes"
            behind = f"{same}, {impact.after:,}" if same else ""
            yield from self._section(impact.id, impact.id, behind)
        yield ""

    def _section(self, title: str, about: str, behind: str = "") -> Iterator[str]:
        """What differs in one qualification or in the catalogue; nothing where that is nothing."""
        findings = [each.finding for each in self._differences if each.qualification == about]
        if findings:
            yield ""
            yield f"{self._run.paint(printable(title), 'bold')}{behind}"
            sources, paint = self._run.sources, self._run.paint
            yield from write_findings(findings, sources, paint, with_source=False)

    def _file(self, checked: Checked) -> Iterator[str]:
        run = self._run
        yield from run.say_findings(checked.findings)
        for name in checked.unjudged:
            yield f"{run.say_name(checked, name)}: {run.paint('not judged', 'red')}, see above"
        if checked.findings or checked.unjudged:
            yield ""
        for case in checked.cases:
            if case.findings:
                yield from self._case(checked, case)

    def _case(self, checked: Checked, case: Case) -> Iterator[str]:
        turn = move_of(case).turn
        name = self._run.say_name(checked, case.pathway.name)
        yield f"{name}: {self._run.paint(turn, TURNS[turn][1])}, {say_verdict(case)}"
        yield from self._run.say_findings(case.findings)
        yield from (f"  {line}" for line in remedy_lines(case))
        yield ""


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
    if pathways := turns.total():
        numbers = ((turns[turn], turn, several) for turn, (several, _) in TURNS.items())
        taken = (f"{n:,} {one if n == 1 else many}" for n, one, many in numbers if n)
        yield f"of {amount(pathways, 'pathways')} {', '.join(taken)}"
    yield from say_found(tally)
    yield say_settled(tally)
