"""How a run of `check` looks at what it is given: files, folders of them, or one mix."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import typer

from nvqplan.advice.cache import RulebookCache
from nvqplan.checking.checks import check_curriculum
from nvqplan.checking.exceptions import approve
from nvqplan.checking.filters import FindingFilters, settle
from nvqplan.cli.check_options import CheckOptions
from nvqplan.cli.gathering import gather
from nvqplan.cli.options import parse_date, parse_memory
from nvqplan.cli.session import Session
from nvqplan.core.curricula import Curriculum, Pathway
from nvqplan.core.findings import Finding, Findings, Located, Location
from nvqplan.core.sources import Sources
from nvqplan.reading.comments import find_comments
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.reports.results import ONE_MIX, Checked

if TYPE_CHECKING:
    from nvqplan.fixing.fixer import Fixer


class Checking:
    """Checks one curriculum after the other by the same rulebook, as it was asked."""

    def __init__(self, session: Session, asked: CheckOptions, filters: FindingFilters) -> None:
        self._session = session
        self._asked = asked
        self._filters = filters
        memory = None if asked.memory is None else parse_memory(asked.memory)
        self._cache = RulebookCache(session.rulebook, memory)

    def files(self, mend: Callable[[str], Iterable[Finding]] | None = None) -> Iterator[Checked]:
        """File after file, each mended first; what has been told of one is not kept."""
        sources = self._session.sources
        for path in gather(self._asked.paths or ()):
            if isinstance(path, Finding):
                yield Checked(path.location.path, findings=(path,))
                continue
            found = tuple(mend(path)) if mend is not None else ()
            checked = self.file(path, sources)
            yield checked._replace(findings=(*checked.findings, *found))
            sources.forget(path)

    def file(self, path: str, sources: Sources) -> Checked:
        """What is to be told of one file."""
        checked, curriculum = self._look(path, sources)
        comments = find_comments(path, sources.lines(path))
        return settle(checked, comments, curriculum, self._filters)

    def _look(self, path: str, sources: Sources) -> tuple[Checked, Curriculum | None]:
        """What there is to find, whether or not it is to be told."""
        found = Findings()
        curriculum = read_curriculum(path, sources, found)
        if curriculum is None:
            return Checked(path, findings=tuple(found)), None
        return self._check(curriculum, found), curriculum

    def mix(self) -> Iterator[Checked]:
        """One mix as the only pathway of a curriculum that is no file."""
        asked, place = self._asked, Location(ONE_MIX, 1, 1)
        qualification = self._session.qualification(asked.qualification, asked.level)
        mix = Pathway("the mix", place, self._session.written(ONE_MIX, asked.units))
        if not mix.units:
            raise typer.BadParameter("names no unit", param_hint=ONE_MIX)
        name = Located(qualification.id, place, qualification.id)
        registered = parse_date(asked.registered)
        age, learners = self._session.told(asked.learner)
        age = asked.age if age is None else age
        given = {"registered": registered, "youngest": age}
        told = frozenset(key for key, value in given.items() if value is not None)
        curriculum = Curriculum(
            ONE_MIX, "", name, registered, age, None, (mix,), told, learners=learners
        )
        return iter([settle(self._check(curriculum, Findings()), (), None, self._filters)])

    def fixer(self) -> "Fixer":
        from nvqplan.fixing.fixer import Fixer

        def look(path: str, sources: Sources) -> Checked:
            checked, _ = self._look(path, sources)
            return approve(checked, self._filters.today)

        return Fixer(self._session.rulebook.catalogue, look, unsafe=self._asked.unsafe)

    def _check(self, curriculum: Curriculum, found: Findings) -> Checked:
        asked = self._asked
        return check_curriculum(
            curriculum, self._cache, asked.reading, found, may_drop_held=asked.may_drop_held
        )
