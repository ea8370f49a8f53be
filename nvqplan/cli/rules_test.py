"""`nvqplan rules test`: whether a rulebook's own labelled mixes are what they say."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import typer

from nvqplan.authoring.proving import Proving, say_proofs
from nvqplan.cli import check_options, options, rules_options
from nvqplan.cli.clock import today as day_of
from nvqplan.cli.gathering import gather
from nvqplan.cli.outputs import OutputOptions, Outputs, by_file, new_run, parse_wanted, tell_faults
from nvqplan.cli.session import Session
from nvqplan.core.findings import Finding, Findings, Location
from nvqplan.reading.proofs import read_proofs
from nvqplan.reports.results import Checked, Tally

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
    told = partial(_outputs, wanted, strict=strict)
    session = Session(data, partial(tell_faults, told))
    tally, proving = Tally(), Proving(session.rulebook)
    outputs = told(session, proving=proving)
    outputs.tell(_test(session, proving, strict=strict, today=today), tally)
    raise typer.Exit(2 if outputs.are_lost else tally.exit_code("remark" if strict else "error"))


def _test(
    session: Session, proving: Proving, *, strict: bool, today: str | None
) -> Iterator[Checked]:
    """File after file, then what is to be said of the rulebook."""
    folder = Path(session.folder, FOLDER)
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
        yield proving.file(read_proofs(path, session.sources, found), found)
        session.sources.forget(path)
    open_ends = [*proving.coverage()]
    if strict:
        from nvqplan.linting.provenance import check_provenance

        open_ends += check_provenance(session.rulebook, day_of(today))
    yield from by_file(open_ends)


def _outputs(
    wanted: OutputOptions,
    session: Session,
    *,
    strict: bool,
    proving: Proving | None = None,
    with_text: bool = True,
) -> Outputs:
    """Where results go; where the rulebook is at fault there are no proofs to sum up."""
    run = new_run(session.sources, "remark" if strict else "error")
    run = run._replace(command="rules test", say_sum=partial(_say_sum, proving))
    return Outputs(wanted, run, with_text=with_text)


def _say_sum(proving: Proving | None, tally: Tally) -> str:
    from nvqplan.reports.report import say_found

    told = [] if proving is None else [say_proofs(proving)]
    return "; ".join([*told, *say_found(tally)])
