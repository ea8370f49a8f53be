"""How a run of `check` looks at what it is given: files, folders of them, or one mix."""

from collections.abc import Iterator, Sequence
from datetime import date

import typer

from nvqplan.advice.workings import Workings
from nvqplan.checks import check_curriculum
from nvqplan.cli.desk import Desk
from nvqplan.cli.gathering import gather
from nvqplan.cli.options import ReadingName
from nvqplan.curriculum import Curriculum, Pathway
from nvqplan.findings import Finding, Findings, Located, Location
from nvqplan.qualification import Qualification
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.results import ONE_MIX, Checked


class Checking:
    """Checks one curriculum after the other by the same rulebook, in the same reading."""

    def __init__(self, desk: Desk, reading: ReadingName, *, may_drop_held: bool) -> None:
        self.desk = desk
        self._workings = Workings(desk.rulebook)
        self._reading = reading
        self._may_drop_held = may_drop_held

    def files(self, paths: Sequence[str]) -> Iterator[Checked]:
        """File after file; what has been told of one is not kept for the next."""
        for path in gather(paths):
            if isinstance(path, Finding):
                yield Checked(path.location.path, findings=(path,))
            else:
                yield self.file(path)
                self.desk.sources.forget(path)

    def file(self, path: str) -> Checked:
        found = Findings()
        curriculum = read_curriculum(path, self.desk.sources, found)
        if curriculum is None:
            return Checked(path, findings=tuple(found))
        return self._check(curriculum, found)

    def mix(
        self,
        units: Sequence[str],
        qualification: Qualification,
        registered: date | None,
        age: int | None,
    ) -> Iterator[Checked]:
        """One mix as the only pathway of a curriculum that is no file."""
        place = Location(ONE_MIX, 1, 1)
        mix = Pathway("the mix", place, self.desk.written(ONE_MIX, units))
        if not mix.units:
            raise typer.BadParameter("names no unit", param_hint=ONE_MIX)
        name = Located(qualification.id, place, qualification.id)
        given = {"registered": registered, "youngest": age}
        told = frozenset(key for key, value in given.items() if value is not None)
        curriculum = Curriculum(ONE_MIX, "", name, registered, age, None, (mix,), told)
        return iter([self._check(curriculum, Findings())])

    def _check(self, curriculum: Curriculum, found: Findings) -> Checked:
        return check_curriculum(
            curriculum, self._workings, self._reading, found, may_drop_held=self._may_drop_held
        )
