"""`nvqplan lint`: what is wrong with a rulebook, before a learner is registered by it."""

from functools import partial
from pathlib import Path

import typer

from nvqplan.checking.selection import select as leave_out
from nvqplan.cli import check_options, options
from nvqplan.cli.clock import today as day_of
from nvqplan.cli.filtering import choose_codes, refuse_strict_twice
from nvqplan.cli.outputs import (
    OutputOptions,
    Outputs,
    new_run,
    parse_wanted,
    refuse_to_overwrite,
    tell_faults,
)
from nvqplan.cli.session import Session
from nvqplan.core.codes import FailOn
from nvqplan.linting.linter import lint
from nvqplan.reading.rulebook import find_data
from nvqplan.reports.results import Tally


def command(
    context: typer.Context,
    qualification: options.Qualification = None,
    data: options.Data = None,
    select: check_options.Select = None,
    ignore: check_options.Ignore = None,
    fail_on: check_options.FailOn = "error",
    strict: check_options.Strict = False,
    memory: options.Memory = None,
    today: options.Today = None,
    format: check_options.Format = "text",
    output: check_options.Outputs = None,
) -> None:
    """Find slips in a catalogue and in rules.

    Check characters, shared UANs, sums; units that no mix can hold or that every mix must; rules
    that contradict each other, never bite, or ask for more than they say. Every registration window
    and both readings count, and every answer is proven. With --strict also who has verified the
    rules and units, and whether they are valid.

    \b
    Examples:
      nvqplan lint
      nvqplan lint --data mine --strict
      nvqplan lint -q l3-diploma --select NVQ43 --format json
    """
    refuse_strict_twice(context)
    failing: FailOn = "warning" if strict else fail_on
    wanted = parse_wanted(format, output)
    refuse_to_overwrite(wanted, [data or find_data()])
    told = partial(_outputs, wanted, failing)
    session = Session(data, partial(tell_faults, told))
    if data is None:
        for path in (session.rulebook.path, session.rulebook.catalogue.path):
            session.sources.call(path, Path(path).name)
    selection = choose_codes(session, select, ignore)
    chosen = None if qualification is None else (session.qualification(qualification, None),)
    day = day_of(today) if strict else None
    found = lint(session.rulebook, chosen, options.parse_memory(memory), day)
    tally = Tally(qualifications=len(chosen or session.rulebook.qualifications))
    outputs = told(session)
    outputs.tell((leave_out(each, selection) for each in found), tally)
    raise typer.Exit(2 if outputs.are_lost else tally.exit_code(failing))


def _outputs(
    wanted: OutputOptions, failing: FailOn, session: Session, *, with_text: bool = True
) -> Outputs:
    run = new_run(session.sources, failing)._replace(command="lint")
    return Outputs(wanted, run, with_text=with_text)
