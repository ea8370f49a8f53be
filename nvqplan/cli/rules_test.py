"""`nvqplan rules test`: whether a rulebook's own labelled mixes are what they say."""

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path

import typer

from nvqplan.authoring.proving import Proving, say_proofs
from nvqplan.cli import check_options, options, rules_options
from nvqplan.cli.clock import today as day_of
from nvqplan.cli.desk import Desk
from nvqplan.cli.gathering import gather
from nvqplan.cli.outputs import Outputs, Wanted, parse_wanted
from nvqplan.cli.screen import is_coloured, is_terminal, terminal_width
from nvqplan.codes import FAILING
from nvqplan.findings import Finding, Findings, Location
from nvqplan.reading.proofs import read_proofs
from nvqplan.reports.ink import Ink
from nvqplan.reports.report import Run
from nvqplan.results import Checked, Tally, in_order

FOLDER = "proofs"
"""Where a rulebook keeps its labelled mixes, beside rules.toml."""


def command(
    data: rules_options.Tested = None,
    strict: rules_options.Strict = False,
    today: options.Today = None,
    format: check_options.Format = "text",
    output: check_options.Outputs = None,
) -> None:
    """Test a rulebook by its own proofs.

    Proofs are mixes that its author has labelled, in DIR/proofs/*.yaml: legal, or illegal with
    just the rules that they break. Told is where the rules say something else, and which rule no
    proof breaks alone. See docs/proofs.md.

    \b
    Examples:
      nvqplan rules test
      nvqplan rules test rulebook --strict
      nvqplan rules test rulebook --format junit --output sarif=found.sarif
    """
    wanted = parse_wanted(format, output)
    desk = Desk(data, partial(_tell_faults, wanted))
    tally, proving = Tally(), Proving(desk.rulebook)
    outputs = _outputs(desk, wanted, proving, strict=strict)
    outputs.tell(_test(desk, proving, strict=strict, today=today), tally)
    raise typer.Exit(2 if outputs.are_lost else tally.exit_code("remark" if strict else "error"))


def _test(desk: Desk, proving: Proving, *, strict: bool, today: str | None) -> Iterator[Checked]:
    """File after file, then what is to be said of the rulebook."""
    folder = Path(desk.folder, FOLDER)
    if not folder.is_dir():
        message = "there are no proofs: no such folder"
        finding = Finding(Location(str(folder), 1, 1), "NVQ101", message, "see docs/proofs.md")
        yield Checked(str(folder), findings=(finding,))
        return
    for path in gather([str(folder)]):
        if isinstance(path, Finding):
            yield Checked(path.location.path, findings=(path,))
            continue
        found = Findings()
        yield proving.file(read_proofs(path, desk.sources, found), found)
        desk.sources.forget(path)
    open_ends = [*proving.coverage()]
    if strict:
        from nvqplan.provenance import check_provenance

        open_ends += check_provenance(desk.rulebook, day_of(today))
    yield from _by_file(open_ends)


def _by_file(found: Iterable[Finding]) -> Iterator[Checked]:
    by_file = groupby(in_order(found), key=lambda finding: finding.location.path)
    return (Checked(path, findings=tuple(each)) for path, each in by_file)


def _outputs(
    desk: Desk, wanted: Wanted, proving: Proving | None, *, strict: bool, with_text: bool = True
) -> Outputs:
    run = Run(
        desk.sources,
        "printed",
        Ink(coloured=is_coloured(sys.stdout)),
        FAILING["remark" if strict else "error"],
        width=terminal_width() if is_terminal(sys.stdout) else None,
        command="rules test",
        say_sum=partial(_say_sum, proving),
    )
    return Outputs(wanted, run, with_text=with_text)


def _say_sum(proving: Proving | None, tally: Tally) -> str:
    from nvqplan.reports.verdicts import say_found

    told = [] if proving is None else [say_proofs(proving)]
    return "; ".join([*told, *say_found(tally)])


def _tell_faults(wanted: Wanted, desk: Desk) -> None:
    """What is wrong with the rulebook in every format; as text it goes where refusals go."""
    outputs = _outputs(desk, wanted, None, strict=False, with_text=False)
    outputs.tell(_by_file(desk.found), Tally())
