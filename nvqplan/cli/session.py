"""What every command starts from: a rulebook, and what was wrong with what the user wrote."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from nvqplan.cli.options import is_given, wrong_value
from nvqplan.cli.streams import refuse
from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.sources import Sources
from nvqplan.core.units import sort_units
from nvqplan.reading.rulebook import find_data, read_rulebook
from nvqplan.rules.learner import AGE
from nvqplan.rules.lookup import find_at_level, find_qualification, find_topics, find_units, offered
from nvqplan.rules.qualification import Correction, Qualification, Rulebook

if TYPE_CHECKING:
    from nvqplan.checking.filters import FindingFilters


class Group:
    """What holds for the files under one settings file: the rulebook, the texts read, the filters.

    Filters are there once `open_filters` has read the options that ask for them.
    """

    filters: "FindingFilters"

    def __init__(self, folder: str, rulebook: Rulebook, sources: Sources) -> None:
        self.folder = folder
        self.rulebook = rulebook
        self.sources = sources


class Session:
    """A group for each settings file in force, and what has been found so far.

    Today one settings file is in force at a time, so that there is one group.
    """

    def __init__(
        self,
        data: str | None,
        sources: Sources | None = None,
        report_faults: Callable[[Findings], None] | None = None,
        older: str | None = None,
    ) -> None:
        """`report_faults` is called with what is wrong with the rulebook, before all ends.

        An `older` version of it, in another folder, is read first.
        """
        self.found = Findings()
        self.older: Rulebook | None = None
        folder, sources = data or find_data(), sources or Sources()
        if older is not None and older != folder:
            self.older = read_rulebook(older, sources, self.found)
        rulebook = read_rulebook(folder, sources, self.found)
        if rulebook is None or len(self.found):
            if report_faults is not None:
                report_faults(self.found)
            refuse(self.found, sources)
        self.groups = (Group(folder, rulebook, sources),)

    @property
    def group(self) -> Group:
        return self.groups[0]

    @property
    def rulebook(self) -> Rulebook:
        return self.group.rulebook

    @property
    def sources(self) -> Sources:
        return self.group.sources

    def refuse(self) -> NoReturn:
        """Show everything that was found and stop: nothing could be worked out."""
        refuse(self.found, self.sources)

    def refuse_if_found(self) -> None:
        if len(self.found):
            self.refuse()

    def successors(self) -> Mapping[str, str]:
        """From old NOS numbers to the standards that replace them; none where there is no file."""
        from nvqplan.reading.standards import read_standards, successors

        path = Path(self.group.folder, "nos.csv")
        text = self.sources.read(str(path), self.found) if path.exists() else None
        standards = () if text is None else read_standards(str(path), text, self.found)
        self.refuse_if_found()
        return successors(standards)

    def corrections(self, chosen: Sequence[Qualification]) -> list[Correction]:
        """The known slips in the print of some qualifications and of their units."""
        about = {name for each in chosen for name in (each.id, *each.offering.units)}
        return [each for each in self.rulebook.corrections if each.subject in about]

    def named(self, option: str, values: Sequence[str] | None) -> tuple[Located, ...]:
        """The names that an option holds, between commas or spaces, each knowing its place."""
        if values is None:
            return ()
        value = ",".join(values)
        column = self.sources.remember_option(option, value)
        return tuple(
            Located(name[0], Location(option, 1, column + name.start()), name[0])
            for name in re.finditer(r"[^,\s]+", value)
        )

    def units(
        self, option: str, values: Sequence[str] | None, within: Qualification | None = None
    ) -> tuple[str, ...]:
        """The units that an option names; with `within` each must be one of its units."""
        units = find_units(self.named(option, values), self.rulebook.catalogue, self.found)
        if within is not None:
            return sort_units(offered(units, within, self.found))
        return sort_units(each.number for each in units)

    def topics(self, option: str, values: Sequence[str] | None) -> frozenset[str]:
        """The units that an option names, by their topics or themselves."""
        return find_topics(self.named(option, values), self.rulebook.catalogue, self.found)

    def qualifications(self, name: str | None, level: int | None) -> tuple[Qualification, ...]:
        """The one that -q or --level names; all where neither is given."""
        if name is None and level is None:
            return self.rulebook.qualifications
        return (self.qualification(name, level),)

    def qualification(self, name: str | None, level: int | None) -> Qualification:
        """The qualification that -q or --level names; anything but exactly one is refused."""
        if name is not None and level is not None:
            raise typer.BadParameter("give -q or --level, not both")
        if name is None and level is None:
            ids = ", ".join(each.id for each in self.rulebook.qualifications)
            raise typer.BadParameter(f"choose one qualification, with -q or --level: {ids}")
        option, value, find = "--level", str(level), find_at_level
        if name is not None:
            option, value, find = "-q", name, find_qualification
        place = Location(option, 1, self.sources.remember_option(option, value))
        chosen = find(Located(value, place, value), self.rulebook, self.found)
        if chosen is None:
            self.refuse()
        return chosen


def parse_learner(
    values: Sequence[str] | None, sources: Sources
) -> tuple[int | None, dict[str, Located]]:
    """The age that --learner gives, and everything else by name, which knows its place."""
    option, age, facts = "--learner", None, dict[str, Located]()
    column = sources.remember_option(option, " ".join(values or ()))
    for value in values or ():
        name, sign, text = (part.strip() for part in value.partition("="))
        if not (name and sign and text):
            says = f"'{value}' is not a name and its value, such as role=team-leader"
            raise wrong_value(option, says)
        if name in facts or (name == AGE and age is not None):
            raise wrong_value(option, f"tells '{name}' twice")
        number = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
        if name == AGE and number is None:
            raise wrong_value(option, f"'{text}' is no age in years")
        behind = column + value.index("=") + 1
        if name == AGE:
            age = number
        else:
            key, place = Location(option, 1, column), Location(option, 1, behind)
            facts[name] = Located(text if number is None else number, place, text, key)
        column += len(value) + 1
    return age, facts


def refuse_age_twice(context: typer.Context, learner: Sequence[str] | None) -> None:
    """Refuse two ages of one learner; what is configured gives way."""
    names = [each.partition("=")[0].strip() for each in learner or ()]
    if is_given(context, "age") and AGE in names:
        raise typer.BadParameter("give --age or --learner age=…, not both")
