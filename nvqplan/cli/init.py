"""`nvqplan init`: the first files of a centre that begins."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from nvqplan.authoring.first_files import (
    FOLDER,
    SCHEMA,
    first_learners,
    write_ci,
    write_config,
    write_curriculum,
)
from nvqplan.cli import options
from nvqplan.cli.session import Session
from nvqplan.cli.streams import finish_new, write_new
from nvqplan.rules.qualification import Qualification

FolderArgument = Annotated[
    str, typer.Argument(metavar="[FOLDER]", help="Where to write; left out: here.")
]
CiOption = Annotated[
    Literal["github", "gitlab", "none"], typer.Option("--ci", help="For which CI a workflow is.")
]


def command(
    folder: FolderArgument = ".",
    qualification: options.QualificationOption = None,
    level: options.LevelOption = None,
    ci: CiOption = "github",
    data: options.DataOption = None,
) -> None:
    """Write the first files of a centre.

    They are a curriculum with a legal example, the schema by which editors complete it, a
    configuration, and a CI workflow. No file that is there is overwritten: it is left and told,
    and where it is not what would have been written, the exit code is 1.

    \b
    Examples:
      nvqplan init -q l3-diploma
      nvqplan init northfield -q 3412-03 --ci gitlab
      nvqplan init --level 4 --data rulebook --ci none
    """
    session = Session(data)
    chosen = session.qualification(qualification, level)
    files = {
        f"{FOLDER}/{_file_name(chosen)}.yaml": _curriculum(chosen),
        f"{FOLDER}/{SCHEMA}": _schema(session),
        "nvqplan.toml": write_config(data and Path(os.path.relpath(data, folder)).as_posix()),
        **write_ci(ci),
    }
    outcomes = {path: write_new(Path(folder, path), text) for path, text in files.items()}
    finish_new(outcomes, _next_steps(folder, ci))


def _file_name(chosen: Qualification) -> str:
    return (
        "".join(c if c.isalnum() or c in "-_." else "-" for c in chosen.id).lstrip(".") or "first"
    )


def _curriculum(chosen: Qualification) -> str:
    """For the first learners that may be for whom some mix is legal."""
    from nvqplan.advice.suggestions import Preferences, suggest
    from nvqplan.space.mixes import Space

    for terms in first_learners(chosen):
        space = Space(chosen, terms.learner(chosen))
        smallest = suggest(space, Preferences(), 1, rank_surplus=True)
        if smallest:
            return write_curriculum(chosen, terms, smallest[0])
    why = f"nvqplan suggest -q {chosen.id} tells why"
    raise options.wrong_value("-q", f"no mix of {chosen.id} is legal; {why}")


def _schema(session: Session) -> str:
    import json

    from nvqplan.reading.names_schema import curriculum_schema

    return json.dumps(curriculum_schema(session.rulebook), indent=2) + "\n"


def _next_steps(folder: str, ci: str) -> Iterator[str]:
    where = f"{Path(folder, FOLDER).as_posix()}/"
    yield f"Next: write your own pathways in {where}, and check them with: nvqplan check {where}"
    if ci != "none":
        yield "Next: commit what was written: from then on CI checks every change"
