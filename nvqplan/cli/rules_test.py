"""`nvqplan rules test`: whether a rulebook's own labelled mixes are what they say."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import typer

from nvqplan.authoring.proving import Proving, say_proofs
from nvqplan.cli import check_options, options, rules_options
from nvqplan.cli.clock import today as day_of
from nvqplan.cli.desk import Desk
from nvqplan.cli.gathering import gather
from nvqplan.cli.outputs import Outputs, Wanted, by_file, new_run, parse_wanted, tell_faults
from nvqplan.findings import Finding, Findings, Location
from nvqplan.reading.proofs import read_proofs
from nvqplan.results import Checked, Tally

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
    desk = Desk(data, partial(tell_faults, told))
    tally, proving = Tally(), Proving(desk.rulebook)
    outputs = told(desk, proving=proving)
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
    yield from by_file(open_ends)


def _outputs(
    wanted: Wanted,
    desk: Desk,
    *,
    strict: bool,
    proving: Proving | None = None,
    with_text: bool = True,
) -> Outputs:
    """Where results go; where the rulebook is at fault there are no proofs to sum up."""
    run = new_run(desk.sources, "remark" if strict else "error")
    run = run._replace(command="rules test", say_sum=partial(_say_sum, proving))
    return Outputs(wanted, run, with_text=with_text)


def _say_sum(proving: Proving | None, tally: Tally) -> str:
    from nvqplan.reports.verdicts import say_found

    told = [] if proving is None else [say_proofs(proving)]
    return "; ".join([*told, *say_found(tally)])
