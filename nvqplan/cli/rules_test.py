"""`nvqplan rules test`: whether a rulebook's own labelled mixes are what they say."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from nvqplan.authoring.proving import Proving, say_proofs
from nvqplan.cli import options
from nvqplan.cli.outputs import Outputs, by_file, check_files
from nvqplan.cli.session import Session
from nvqplan.core.findings import Finding, Findings, Location
from nvqplan.reading.proofs import read_proofs
from nvqplan.reports.results import Checked, Tally

FOLDER = "proofs"
"""Where a rulebook keeps its labelled mixes, beside rules.toml."""

RulebookArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[DIR]", help="The rulebook to test; left out: the one in force, see config."
    ),
]
StrictProofsOption = Annotated[
    bool,
    typer.Option(
        "--strict", help="Remarks fail too, and what nobody has verified lately is remarked on."
    ),
]


def command(
    data: RulebookArgument = None,
    strict: StrictProofsOption = False,
    today: options.TodayOption = None,
    format: options.FindingsFormatOption = "text",
    output: options.OutputsOption = None,
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
    outputs = Outputs(format, output, "remark" if strict else "error", command="rules test")
    outputs.say_sum(partial(_say_sum, None))
    session = Session(data, outputs.run.sources, outputs.report_faults)
    proving = Proving(session.rulebook)
    outputs.say_sum(partial(_say_sum, proving))
    outputs.write(_test(session, proving, strict=strict, today=today))
    outputs.exit()


def _test(
    session: Session, proving: Proving, *, strict: bool, today: str | None
) -> Iterator[Checked]:
    """File after file, then what is to be said of the rulebook."""
    folder = Path(session.group.folder, FOLDER)
    if not folder.is_dir():
        message = "there are no proofs: no such folder"
        finding = Finding(Location(str(folder), 1, 1), "NVQ101", message, "see docs/proofs.md")
        yield Checked(str(folder), findings=(finding,))
        return

    def test(path: str) -> Checked:
        found = Findings()
        return proving.file(read_proofs(path, session.sources, found), found)

    yield from check_files([str(folder)], session.sources, test)
    open_ends = [*proving.coverage()]
    if strict:
        from nvqplan.linting.provenance import check_provenance

        open_ends += check_provenance(session.rulebook, options.parse_today(today))
    yield from by_file(open_ends)


def _say_sum(proving: Proving | None, tally: Tally) -> str:
    from nvqplan.reports.report import say_found

    proofs = [] if proving is None else [say_proofs(proving)]
    return "; ".join([*proofs, *say_found(tally)])
