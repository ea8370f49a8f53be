"""`nvqplan lint`: what is wrong with a rulebook, before a learner is registered by it."""

from pathlib import Path

import typer

from nvqplan.checking.selection import select as leave_out
from nvqplan.cli import options
from nvqplan.cli.filtering import choose_codes
from nvqplan.cli.outputs import Outputs
from nvqplan.cli.session import Session
from nvqplan.linting.linter import lint


def command(
    context: typer.Context,
    qualification: options.QualificationOption = None,
    data: options.DataOption = None,
    select: options.SelectOption = None,
    ignore: options.IgnoreOption = None,
    fail_on: options.FailOnOption = "error",
    strict: options.StrictOption = False,
    memory: options.MemoryOption = None,
    today: options.TodayOption = None,
    format: options.FindingsFormatOption = "text",
    output: options.OutputsOption = None,
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
    failing = options.least_failing(context, fail_on, strict=strict)
    outputs = Outputs(format, output, failing, command="lint")
    outputs.refuse_to_overwrite(data)
    session = Session(data, outputs.run.sources, outputs.report_faults)
    if data is None:
        for path in (session.rulebook.path, session.rulebook.catalogue.path):
            session.sources.call(path, Path(path).name)
    selection = choose_codes(session, select, ignore)
    chosen = None if qualification is None else session.qualifications(qualification, None)
    day = options.parse_today(today) if strict else None
    found = lint(session.rulebook, chosen, options.parse_memory(memory), day)
    outputs.tally.qualifications = len(chosen or session.rulebook.qualifications)
    outputs.write(leave_out(each, selection) for each in found)
    outputs.exit()
