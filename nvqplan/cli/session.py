"""What every command does before and after its own work: read, refuse, write, exit."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

import typer

from nvqplan.cli.options import parse_credits, parse_memory, parse_registered
from nvqplan.cli.screen import is_coloured, write_notes, write_refusals
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.sources import Sources
from nvqplan.core.units import sort_units
from nvqplan.core.words import say_date
from nvqplan.reading.rulebook import find_data, read_rulebook
from nvqplan.reports.terminal import Painter, write_findings
from nvqplan.rules.learner import AGE
from nvqplan.rules.lookup import (
    LearnerFacts,
    find_at_level,
    find_qualification,
    find_told,
    find_units,
    offered,
)
from nvqplan.rules.qualification import Qualification, Rulebook
from nvqplan.rules.terms import Terms
from nvqplan.space.wishes import Wishes

if TYPE_CHECKING:
    from nvqplan.space.mixes import Space

_NAME = re.compile(r"[^,\s]+")


def refuse(found: Findings, sources: Sources) -> NoReturn:
    """Tell everything that was found and stop."""
    write_refusals(write_findings(found, sources, Painter(coloured=is_coloured(sys.stderr))))
    raise typer.Exit(2)


class Session:
    """The rulebook, the texts read so far, and what was wrong with what the user wrote."""

    def __init__(
        self,
        data: str | None,
        tell_faults: Callable[["Session"], None] | None = None,
        older: str | None = None,
    ) -> None:
        """`tell_faults` is called with what is wrong with the rulebook, before all ends.

        An `older` version of it, in another folder, is read first.
        """
        self.sources = Sources()
        self.found = Findings()
        self.folder = data or find_data()
        self.older: Rulebook | None = None
        if older is not None and older != self.folder:
            self.older = read_rulebook(older, self.sources, self.found)
        rulebook = read_rulebook(self.folder, self.sources, self.found)
        if rulebook is None or len(self.found):
            if tell_faults is not None:
                tell_faults(self)
            self.refuse()
        self.rulebook: Rulebook = rulebook

    def refuse(self) -> NoReturn:
        """Tell everything that was found and stop: nothing could be worked out."""
        refuse(self.found, self.sources)

    def refuse_if_found(self) -> None:
        if len(self.found):
            self.refuse()

    def successors(self) -> Mapping[str, str]:
        """From old NOS numbers to the standards that replace them; none where there is no file."""
        from nvqplan.core.units import successors
        from nvqplan.reading.standards import read_standards

        path = Path(self.folder, "nos.csv")
        text = self.sources.read(str(path), self.found) if path.exists() else None
        standards = () if text is None else read_standards(str(path), text, self.found)
        self.refuse_if_found()
        return successors(standards)

    def note_window(self, terms: Terms, qualification: Qualification) -> None:
        """Say which date of registration is assumed, where the rules depend on it."""
        if terms.registered is None and len(qualification.windows) > 1:
            first = say_date(qualification.windows[-1])
            write_notes([f"note: no --registered, taken to be {first} or later"])

    def note_open(self, terms: Terms, *qualifications: Qualification) -> None:
        """Say what of the learner rules ask and nobody told."""
        learners = ((each.questions, terms.learner(each)) for each in qualifications)
        names = [name for questions, learner in learners for name in questions.open(learner)]
        for name in dict.fromkeys(names):
            says = "a mix counts that is legal for some learner"
            write_notes([f"note: no --learner {name}=…: {says}"])

    def note_nothing(self, space: "Space") -> "Space":
        """Say what to do where no mix is left; the same space."""
        if not space.count():
            help = "nvqplan suggest with the same wishes tells what collides"
            write_notes([f"note: no mix fits; {help}"])
        return space

    def note_age(self, terms: Terms, qualification: Qualification) -> None:
        """Say which age a learner must have, where nobody told it."""
        lowest = terms.lowest_age(qualification)
        if lowest is not None:
            write_notes([f"note: learners must be {lowest} or older at registration"])
        for _, bounds in terms.unchecked(qualification):
            write_notes([f"note: learners must have {bounds}"])

    def terms(
        self,
        chosen: Qualification,
        registered: str | None,
        reading: Literal["printed", "intended"],
        learner: Sequence[str] | None,
    ) -> Terms:
        """What the options say of the learner and of the reading."""
        age, written = self.told(learner)
        known = find_told(written, chosen, self.found) or LearnerFacts()
        return Terms(parse_registered(registered), age, reading, *known)

    def told(self, values: Sequence[str] | None) -> tuple[int | None, dict[str, Located]]:
        """The age that --learner tells, and everything else by name, which knows its place."""
        option, age, told = "--learner", None, dict[str, Located]()
        column = self.sources.remember_option(option, " ".join(values or ()))
        for value in values or ():
            name, sign, text = (part.strip() for part in value.partition("="))
            if not (name and sign and text):
                message = f"'{value}' is not a name and its value, such as role=team-leader"
                raise typer.BadParameter(message, param_hint=option)
            if name in told or (name == AGE and age is not None):
                raise typer.BadParameter(f"tells '{name}' twice", param_hint=option)
            number = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
            if name == AGE and number is None:
                raise typer.BadParameter(f"'{text}' is no age in years", param_hint=option)
            behind = column + value.index("=") + 1
            if name == AGE:
                age = number
            else:
                key, place = Location(option, 1, column), Location(option, 1, behind)
                told[name] = Located(text if number is None else number, place, text, key)
            column += len(value) + 1
        return age, told

    def written(self, option: str, values: Sequence[str] | None) -> tuple[Located, ...]:
        """The names that an option holds, between commas or spaces, each knowing its place."""
        value = ",".join(values or ())
        column = self.sources.remember_option(option, value)
        return tuple(
            Located(name[0], Location(option, 1, column + name.start()), name[0])
            for name in _NAME.finditer(value)
        )

    def units(
        self, option: str, values: Sequence[str] | None, within: Qualification | None = None
    ) -> tuple[str, ...]:
        """The units that an option names; with `within` each must be one of its units."""
        named = find_units(self.written(option, values), self.rulebook.catalogue, self.found)
        if within is not None:
            return sort_units(offered(named, within, self.found))
        return sort_units(each.number for each in named)

    def wishes(
        self,
        within: Qualification,
        taken: Sequence[str] | None,
        left: Sequence[str] | None,
        credits: str | None = None,
        max_glh: int | None = None,
    ) -> Wishes:
        """The hard wishes that most commands know."""
        return Wishes(
            taken=self.units("--with", taken, within),
            left=self.units("--without", left),
            credits=parse_credits(credits),
            max_glh=max_glh,
        )

    def space(
        self,
        chosen: Qualification,
        terms: Terms,
        wishes: Wishes,
        memory: str | None,
        *,
        minimal: bool = False,
    ) -> "Space":
        """What all options so far ask for, once everything about them is well."""
        from nvqplan.space.mixes import Space

        allowed = parse_memory(memory)
        self.refuse_if_found()
        self.note_window(terms, chosen)
        self.note_open(terms, chosen)
        reading = terms.rules_read_as_intended(chosen)
        space = Space(chosen, terms.learner(chosen), reading, wishes, allowed)
        return space.minimal() if minimal else space

    def qualification(self, name: str | None, level: int | None) -> Qualification:
        """The qualification that -q or --level names; anything but exactly one is refused."""
        if name is not None and level is not None:
            raise typer.BadParameter("give -q or --level, not both")
        if name is None and level is None:
            ids = ", ".join(each.id for each in self.rulebook.qualifications)
            raise typer.BadParameter(f"choose one qualification, with -q or --level: {ids}")
        option, value, find = (
            ("-q", name, find_qualification)
            if name is not None
            else ("--level", str(level), find_at_level)
        )
        place = Location(option, 1, self.sources.remember_option(option, value))
        chosen = find(Located(value, place, value), self.rulebook, self.found)
        if chosen is None:
            self.refuse()
        return chosen
