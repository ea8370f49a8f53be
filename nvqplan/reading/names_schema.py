"""The schemas of files that name units and qualifications of a rulebook: curricula and proofs.

Their shapes say how the files are written; here stand the names that the rulebook knows.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from nvqplan.core.atoms import NAME
from nvqplan.core.findings import Findings
from nvqplan.core.records import document_schema
from nvqplan.core.shapes import Schema
from nvqplan.core.units import Catalogue, Unit, squeeze
from nvqplan.reading.curriculum import CURRICULUM
from nvqplan.reading.proofs import PROOFS
from nvqplan.reading.yaml_tree import read_yaml
from nvqplan.rules.qualification import Qualification, Rulebook


def curriculum_schema(rulebook: Rulebook) -> Schema:
    """The schema of curriculum files for this rulebook."""
    description = "Pathways that a centre proposes towards one qualification."
    given = definitions(rulebook)
    return document_schema("nvqplan curriculum", description, CURRICULUM.shape, given)


def proofs_schema(rulebook: Rulebook) -> Schema:
    """The schema of proof files for this rulebook."""
    description = "Mixes that a rules author has labelled, legal or illegal and why."
    return document_schema("nvqplan proofs", description, PROOFS.shape, definitions(rulebook))


def definitions(rulebook: Rulebook) -> Schema:
    """The names that this rulebook knows."""
    return {
        "qualification": _qualification(rulebook.qualifications),
        "rule": _rule(rulebook.qualifications),
        "unit": _unit(rulebook),
    }


def _qualification(qualifications: Iterable[Qualification]) -> Schema:
    """By id, number or QAN, with any slashes, spaces and letter case, where only one has it."""
    titles = {name: each.title for each in qualifications for name in each.names}
    named = Counter(name for each in qualifications for name in set(map(squeeze, each.names)))
    clear = {name: title for name, title in titles.items() if named[squeeze(name)] == 1}
    pattern = f"^(?:{'|'.join(map(_spelt_freely, clear))})$(?!\\n)"
    return _named({**clear, **_squeezed(clear)}, pattern, "no qualification of the rulebook")


def _rule(qualifications: Iterable[Qualification]) -> Schema:
    """By id: which of them the qualification has, no schema tells, so any name will do."""
    says = {rule.id: rule.says for each in qualifications for rule in each.rules}
    listed = [
        {"const": _plain(id), "title": str(id), "description": said} for id, said in says.items()
    ]
    return {"anyOf": [*listed, NAME.schema({})]}


def _unit(rulebook: Rulebook) -> Schema:
    """By number, with the scheme's number before it or without, or by a UAN that only one has."""
    catalogue = rulebook.catalogue
    titles = {number: _say(unit) for number, unit in catalogue.units.items()}
    named = Counter(squeeze(unit.uan) for unit in catalogue.units.values())
    uans = {
        unit.uan: titles[number]
        for number, unit in catalogue.units.items()
        if unit.uan and named[squeeze(unit.uan)] == 1
    }
    spelt = [*map(_spelt_exactly, titles), *_behind_schemes(catalogue), *map(_spelt_freely, uans)]
    pattern = f"^\\s*(?:{'|'.join(spelt)})\\s*$"
    return _named({**titles, **_squeezed(uans)}, pattern, "no unit of the catalogue")


def _behind_schemes(catalogue: Catalogue) -> Iterator[str]:
    """`3412-204` for 204; what stands behind the last dash is the number, so it holds none."""
    numbers = [_spelt_exactly(number) for number in catalogue.units if "-" not in number]
    if catalogue.schemes and numbers:
        schemes = map(_spelt_exactly, catalogue.schemes)
        yield f"(?:{'|'.join(schemes)})-(?:{'|'.join(numbers)})"


def _say(unit: Unit) -> str:
    topics = f"; {', '.join(unit.topics)}" if unit.topics else ""
    figures = f"level {unit.level}, {unit.credits} credits, {unit.glh} GLH"
    return f"{unit.title} ({figures}{topics})"


def _squeezed(titles: Mapping[str, str]) -> dict[str, str]:
    """Names that are a number when they are written without their marks, such as a QAN."""
    squeezed = {squeeze(name): title for name, title in titles.items()}
    return {name: title for name, title in squeezed.items() if not isinstance(_plain(name), str)}


def _named(titles: Mapping[str, str], pattern: str, otherwise: str) -> Schema:
    """The names that editors offer, each with its title, and every other way to spell them.

    Each name is an alternative of its own: of an `enum` editors show all titles at every one.
    """
    listed = [
        {"const": _plain(name), "title": name, "description": title}
        for name, title in titles.items()
    ]
    spelt = {"type": "string", "pattern": pattern, "patternErrorMessage": otherwise}
    return {"anyOf": [*listed, spelt]}


def _plain(name: str) -> str | int | float:
    """The value of a name that is written without quotation marks: 204 is a number, 0112 is not."""
    node = read_yaml("", name, Findings())
    if node is not None and node.text == name and type(node.value) in (int, float):
        assert isinstance(node.value, int | float)
        return node.value
    return name


def _spelt_freely(code: str) -> str:
    """The pattern of a UAN, QAN or id with any slashes, spaces and letter case; see `squeeze`."""
    letters = (
        f"[{re.escape(c.upper())}{re.escape(c.lower())}]" if c.isalpha() else _literal(c)
        for c in code
        if c not in "/ "
    )
    return f"[/ ]*{'[/ ]*'.join(letters)}[/ ]*"


def _spelt_exactly(name: str) -> str:
    return "".join(map(_literal, name))


def _literal(character: str) -> str:
    """A character that means itself; only those are escaped that must be, as JavaScript asks."""
    return f"\\{character}" if character in r"\^$.|?*+()[]{}/" else character
