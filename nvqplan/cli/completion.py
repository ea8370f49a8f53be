"""What a shell offers behind the tabulator key; the rulebook is read only when a name is asked for.

Lists between commas are completed at their last name. Where nothing fits, the shell offers files.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from nvqplan.rules.qualification import Qualification, Rulebook

Completion = tuple[str, str]
"""A name that can be written, and what it is of."""

Lister = Callable[["Rulebook", "Qualification | None"], Iterable[Completion]]
"""Lists names of a rulebook, and of the one qualification that the line names already."""

SCHEMAS = {
    "curriculum": "curriculum files",
    "rulebook": "rules.toml",
    "proofs": "labelled mixes of a rulebook",
    "check": "what check --format json writes",
}


def complete(what: str, ctx: typer.Context, incomplete: str) -> list[Completion]:
    """What can follow where something such as units is to be named."""
    if what == "names":
        return _complete_names(ctx, incomplete)
    if what in FIXED:
        return _last_of_list(incomplete, list(FIXED[what]()))
    return _from_rulebook(ctx, incomplete, *LISTERS[what])


def _complete_names(ctx: typer.Context, incomplete: str) -> list[Completion]:
    """Codes, words of the glossary, units and qualifications; codes need no rulebook."""
    codes = _last_of_list(incomplete, list(_codes()))
    words = _last_of_list(incomplete, list(_words(incomplete)))
    if codes:
        return codes if incomplete else [*codes, *words]
    return [*words, *_from_rulebook(ctx, incomplete, _units, _qualifications)]


def _codes() -> Iterator[Completion]:
    from nvqplan.core.codes import CODES

    return ((name, code.title) for name, code in CODES.items())


def _words(incomplete: str) -> Iterator[Completion]:
    """The names of the glossary, in small letters where these are what is written."""
    from nvqplan.core.glossary import entries

    small = incomplete.rpartition(",")[2].islower()
    for entry in entries():
        for name in (entry.name, *entry.aliases):
            yield name.lower() if small else name, entry.means


def _units(rulebook: "Rulebook", chosen: "Qualification | None") -> Iterator[Completion]:
    """Units by number, then by the longer names that some people write."""
    offered = chosen.offering.units if chosen else rulebook.catalogue.units
    units = offered.values()
    yield from ((unit.number, unit.title) for unit in units)
    for scheme in rulebook.catalogue.schemes:
        yield from ((f"{scheme}-{unit.number}", unit.title) for unit in units)
    yield from ((unit.uan, unit.title) for unit in units if unit.uan)


def _chosen(rulebook: "Rulebook", ctx: typer.Context) -> "Qualification | None":
    """The one qualification that the line names already."""
    name, level = ctx.params.get("qualification"), ctx.params.get("level")
    named = rulebook.named(name) if name else ()
    if not name and level is not None and ctx.info_name != "units":
        named = tuple(each for each in rulebook.qualifications if each.level == level)
    return named[0] if len(named) == 1 else None


def _topics(rulebook: "Rulebook", chosen: "Qualification | None") -> Iterator[Completion]:
    offered = (chosen.offering if chosen else rulebook.catalogue).units
    for topic in rulebook.catalogue.topics:
        count = sum(topic in unit.topics for unit in offered.values())
        if count:
            yield topic, f"{count} unit{'s' * (count > 1)}"


def _qualifications(rulebook: "Rulebook", _: object) -> Iterator[Completion]:
    for each in rulebook.qualifications:
        yield each.id, each.title
    for each in rulebook.qualifications:
        yield from ((name, each.title) for name in each.names if name != each.id)


def _learners(rulebook: "Rulebook", chosen: "Qualification | None") -> Iterator[Completion]:
    """Every value of every attribute, and every figure, each once."""
    named: dict[str, str] = {}
    for each in (chosen,) if chosen else rulebook.qualifications:
        declared = each.offering.declared
        for name, values in declared.attributes.items():
            named.update({f"{name}={value}": name for value in values})
        named.update({f"{name}=": name.replace("_", " ") for name in declared.figures})
    yield from named.items()


def _measures(rulebook: "Rulebook", _: object) -> Iterator[Completion]:
    says = {"credits": "all credits", "units": "how many units", "glh": "guided learning hours"}
    yield from ((name, says.get(name, "a column")) for name in rulebook.catalogue.measures)
    yield "level", "a level at a time"


def _levels(rulebook: "Rulebook", _: object) -> Iterator[Completion]:
    for level in sorted({each.level for each in rulebook.qualifications}):
        at_level = (each.id for each in rulebook.qualifications if each.level == level)
        yield str(level), ", ".join(at_level)


def _from_rulebook(ctx: typer.Context, incomplete: str, *listers: Lister) -> list[Completion]:
    """What fits of the rulebook in force; nothing of one with faults, which `lint` tells better."""
    from nvqplan.core.findings import Findings
    from nvqplan.core.sources import Sources
    from nvqplan.reading.rulebook import find_data, read_rulebook

    rulebook = read_rulebook(ctx.params.get("data") or find_data(), Sources(), Findings())
    if rulebook is None:
        return []
    chosen = _chosen(rulebook, ctx)
    names = [name for listed in listers for name in listed(rulebook, chosen)]
    return _last_of_list(incomplete, names)


def _last_of_list(incomplete: str, known: list[Completion]) -> list[Completion]:
    """The names that the last of a list can become and that do not stand in it already.

    The short names come first; the long ones only where none of those fits.
    """
    before, comma, begun = incomplete.rpartition(",")
    written = set(before.split(","))
    fitting = [
        (f"{before}{comma}{name}", says)
        for name, says in known
        if name.startswith(begun) and name not in written
    ]
    return [each for each in fitting if begun or not _is_long(each[0].rpartition(",")[2])]


def _is_long(name: str) -> bool:
    return "/" in name or (name[:1].isdigit() and "-" in name)


FIXED: Mapping[str, Callable[[], Iterable[Completion]]] = {
    "codes": _codes,
    "schemas": SCHEMAS.items,
}
"""Names that are the same with every rulebook."""

LISTERS: Mapping[str, tuple[Lister, ...]] = {
    "units": (_units,),
    "topics": (_topics,),
    "topics or units": (_topics, _units),
    "qualifications": (_qualifications,),
    "learners": (_learners,),
    "levels": (_levels,),
    "measures": (_measures,),
}
"""Names that a rulebook has."""


def join_option_signs() -> None:
    """Bash hands over `--with=204` as three words; the sign is left out, as click wants it."""
    words = os.environ.get("COMP_WORDS", "").split("\n")
    current = os.environ.get("COMP_CWORD", "")
    if "=" in words and current.isdigit():
        kept = [(i, word) for i, word in enumerate(words) if word != "=" or i >= int(current)]
        before = sum(i < int(current) for i, _ in kept)
        os.environ["COMP_WORDS"] = "\n".join(word for _, word in kept)
        os.environ["COMP_CWORD"] = str(before)
