"""Options of `diff` alone."""

from typing import Annotated, Literal, NamedTuple

import typer

from nvqplan.cli import check_options, learner_options, options

Old = Annotated[
    str, typer.Argument(metavar="OLD", help="Folder with units.csv and rules.toml as they were.")
]
New = Annotated[str, typer.Argument(metavar="NEW", help="The same of the new version.")]
Plans = Annotated[
    list[str] | None,
    typer.Option(
        "--plans",
        metavar="FILE|DIR",
        help="Curriculum files, or folders of them, to hold against both; may be repeated.",
    ),
]
FailOn = Annotated[Literal["error", "warning", "remark", "never"] | None, check_options.FAIL_ON]


class DiffOptions(NamedTuple):
    """Everything that `diff` can be asked, in the order of its help."""

    context: typer.Context
    old: Old
    new: New
    plans: Plans = None
    registered: options.Registered = None
    age: options.Age = None
    learner: learner_options.Learner = None
    reading: options.Reading = "printed"
    select: check_options.Select = None
    ignore: check_options.Ignore = None
    fail_on: FailOn = None
    strict: check_options.Strict = False
    baseline: check_options.Baseline = None
    update_baseline: check_options.UpdateBaseline = False
    today: options.Today = None
    may_drop_held: check_options.MayDropHeld = False
    memory: options.Memory = None
    format: check_options.Format = "text"
    output: check_options.Outputs = None

    @property
    def failing(self) -> Literal["error", "warning", "remark", "never"]:
        """The least severe findings that fail.

        Where plans are told, they say what breaks; else it is the mixes lost, which are warnings.
        """
        if self.strict:
            return "warning"
        return self.fail_on or ("error" if self.plans else "warning")
