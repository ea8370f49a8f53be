"""The schema of curriculum files: what `reading.curriculum` and `lookup` accept."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from nvqplan.core.findings import Findings
from nvqplan.core.shapes import (
    DATE,
    DIALECT,
    NAME,
    SCALARS,
    TEXT,
    WHOLE,
    Shape,
    array,
    named,
    spelt_exactly,
    spelt_freely,
    table,
)
from nvqplan.core.units import Catalogue, Unit, squeeze
from nvqplan.reading.mixes import NEEDED
from nvqplan.reading.yaml_tree import read_yaml
from nvqplan.rules.qualification import Qualification, Rulebook

UNITS = array({"$ref": "#/$defs/unit"})

APPROVAL: Mapping[str, Shape] = {
    "rule": {"description": "The id of the rule that may be broken.", "$ref": "#/$defs/rule"},
    "reason": {"description": "Why that was approved.", **TEXT},
    "by": {"description": "Who approved it.", **TEXT},
    "until": {"description": "The last day on which it counts.", **DATE},
}
"""The keys of an approved exception, all of which must be there."""

PATHWAY: Mapping[str, Shape] = {
    "units": {"description": "The units of the mix.", **UNITS},
    "status": {
        "description": "Whether these are all units, or some legal mix need only contain them.",
        "enum": ["final", "draft"],
        "markdownEnumDescriptions": [
            "Exactly these units must meet the rules; so it is where nothing is written.",
            "Some legal mix, within the offer, must contain these units.",
        ],
    },
    "held": {
        "description": "Units already achieved or evidenced (RPL): part of units, exempt from "
        "the offer.",
        **UNITS,
    },
    "apl": {"description": "Units accredited on prior learning: as held.", **UNITS},
    "exempt": {"description": "Units from which learners are exempt: as held.", **UNITS},
    "learners": {"description": "What rules ask of these learners, by name.", **SCALARS},
    "imported": {
        "description": "Units of elsewhere, with what each weighs.",
        **array(
            {
                "type": "object",
                "properties": {"unit": NAME, "title": TEXT},
                "required": list(NEEDED),
                "propertyNames": {"not": {"const": "<<"}},
                "additionalProperties": WHOLE,
            }
        ),
    },
    "exceptions": {
        "description": "Rules that this pathway may break, and who has approved it.",
        **array(table(dict(APPROVAL), APPROVAL)),
    },
}
"""The keys of a pathway; a key that the reader learns to know is added here."""

CURRICULUM: Mapping[str, Shape] = {
    "centre": {"description": "The centre's name.", **TEXT},
    "qualification": {
        "description": "Id, number or QAN.",
        "$ref": "#/$defs/qualification",
    },
    "registered": {
        "description": "The learners' date of registration, without quotation marks.",
        **DATE,
    },
    "youngest": {"description": "The youngest learner's age at registration, in years.", **WHOLE},
    "learners": {"description": "What rules ask of all learners, by name.", **SCALARS},
    "offer": {"description": "The units that the centre delivers; left out: all.", **UNITS},
    "pathways": named("pathway", "The mixes to check, by names of your own."),
}
"""The keys of a curriculum; a key that the reader learns to know is added here."""


def curriculum_schema(rulebook: Rulebook) -> Shape:
    """The schema of curriculum files for this rulebook."""
    return {
        "$schema": DIALECT,
        "title": "nvqplan curriculum",
        "description": "Pathways that a centre proposes towards one qualification.",
        **table(dict(CURRICULUM), ("qualification", "pathways")),
        "$defs": {
            "pathway": table(dict(PATHWAY), ("units",)),
            **definitions(rulebook),
        },
    }


def definitions(rulebook: Rulebook) -> dict[str, Shape]:
    """The names that this rulebook knows."""
    return {
        "qualification": _qualification(rulebook.qualifications),
        "rule": _rule(rulebook.qualifications),
        "unit": _unit(rulebook),
    }


def _qualification(qualifications: Iterable[Qualification]) -> Shape:
    """By id, number or QAN, with any slashes, spaces and letter case, where only one has it."""
    titles = {name: each.title for each in qualifications for name in each.names}
    named = Counter(squeeze(name) for each in qualifications for name in _distinct(each.names))
    clear = {name: title for name, title in titles.items() if named[squeeze(name)] == 1}
    pattern = f"^(?:{'|'.join(map(spelt_freely, clear))})$(?!\\n)"
    return _named({**clear, **_squeezed(clear)}, pattern, "no qualification of the rulebook")


def _rule(qualifications: Iterable[Qualification]) -> Shape:
    """By id: which of them the qualification has, no schema tells, so any name will do."""
    says = {rule.id: rule.says for each in qualifications for rule in each.rules}
    listed = [
        {"const": _plain(id), "title": str(id), "description": said} for id, said in says.items()
    ]
    return {"anyOf": [*listed, NAME]}


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """The names of one thing, those that differ in marks and letter case only taken once."""
    yield from {squeeze(name): name for name in names}.values()


def _unit(rulebook: Rulebook) -> Shape:
    """By number, with the scheme's number before it or without, or by a UAN that only one has."""
    catalogue = rulebook.catalogue
    titles = {number: _say(unit) for number, unit in catalogue.units.items()}
    named = Counter(squeeze(unit.uan) for unit in catalogue.units.values())
    uans = {
        unit.uan: titles[number]
        for number, unit in catalogue.units.items()
        if unit.uan and named[squeeze(unit.uan)] == 1
    }
    spelt = [*map(spelt_exactly, titles), *_behind_schemes(catalogue), *map(spelt_freely, uans)]
    pattern = f"^\\s*(?:{'|'.join(spelt)})\\s*$"
    return _named({**titles, **_squeezed(uans)}, pattern, "no unit of the catalogue")


def _behind_schemes(catalogue: Catalogue) -> Iterator[str]:
    """`3412-204` for 204; what stands behind the last dash is the number, so it holds none."""
    numbers = [spelt_exactly(number) for number in catalogue.units if "-" not in number]
    if catalogue.schemes and numbers:
        schemes = map(spelt_exactly, catalogue.schemes)
        yield f"(?:{'|'.join(schemes)})-(?:{'|'.join(numbers)})"


def _say(unit: Unit) -> str:
    topics = f"; {', '.join(unit.topics)}" if unit.topics else ""
    figures = f"level {unit.level}, {unit.credits} credits, {unit.glh} GLH"
    return f"{unit.title} ({figures}{topics})"


def _squeezed(titles: Mapping[str, str]) -> dict[str, str]:
    """Names that are a number when they are written without their marks, such as a QAN."""
    squeezed = {squeeze(name): title for name, title in titles.items()}
    return {name: title for name, title in squeezed.items() if not isinstance(_plain(name), str)}


def _named(titles: Mapping[str, str], pattern: str, otherwise: str) -> Shape:
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
