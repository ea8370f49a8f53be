"""The option that tells what rules ask of a learner."""

from typing import Annotated

import typer

from nvqplan.cli import completion

Learner = Annotated[
    list[str] | None,
    typer.Option(
        "--learner",
        metavar="NAME=VALUE",
        help="What rules ask of learners: role=team-leader; as often as you like.",
        autocompletion=completion.complete_learners,
    ),
]
