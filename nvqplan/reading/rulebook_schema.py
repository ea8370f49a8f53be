"""The schema of rules.toml: the structure that `reading.rulebook` and `rules` accept."""

import re
from collections.abc import Mapping, Sequence

from nvqplan.core.old_shapes import (
    DATE,
    DIALECT,
    NAME,
    TEXT,
    WHOLE,
    Shape,
    array,
    one_of_keys,
    table,
)
from nvqplan.core.units import GROUP_MARK, Offering
from nvqplan.reading.declarations import NAME as DECLARED_NAME
from nvqplan.reading.declarations import RESERVED
from nvqplan.reading.rulebook import CORRECTION_TEXTS, REQUIRED
from nvqplan.rules.best import Best
from nvqplan.rules.components import Components
from nvqplan.rules.kind_schemas import BETWEEN, FILTER, SHAPES, UNITS
from nvqplan.rules.kinds import FOR_EVERYBODY, all_kinds, kind_at, kind_keys

WHEN = table(
    {
        "registered": table(
            dict.fromkeys(("before", "until", "on", "from", "after"), DATE), minProperties=1
        ),
        "age": BETWEEN,
    },
    minProperties=1,
    additionalProperties={"anyOf": [NAME, array(NAME, minItems=1)]},
)
"""Beside date and age, attributes that are declared; a name alone, or a list of values."""

DECLARED_AS: Shape = {
    "type": "string",
    "pattern": f"^{DECLARED_NAME}$(?!\\n)",
    "not": {"enum": list(RESERVED)},
}

DECLARATIONS: Mapping[str, Shape] = {
    "attributes": {
        "description": "What rules may ask of learners, each with its values.",
        "type": "object",
        "propertyNames": DECLARED_AS,
        "additionalProperties": array(NAME, minItems=1),
    },
    "figures": {
        "description": "Figures of learners that rules may ask for, such as practice_hours.",
        **array(DECLARED_AS),
    },
}

VOUCHING: Mapping[str, Shape] = {
    "valid": {
        "description": "The registration dates for which it is known to count.",
        **table({"from": DATE, "until": DATE}, minProperties=1),
    },
    "verified": {
        "description": "When it was held against the print, and by whom.",
        **table({"on": DATE, "by": TEXT}, ("on", "by")),
    },
}
"""`parse_provenance`; of a qualification it counts for all its rules."""


def rulebook_schema(measures: tuple[str, ...]) -> Shape:
    """The schema of rules files for a catalogue that can be summed over these measures."""
    of_kind = {
        key: {"$ref": f"#/$defs/{kind_at(key).__name__.lower()}"}
        for key in kind_keys(Offering({}, {}, measures))
    }
    of_mixes = {key: shape for key, shape in of_kind.items() if key not in FOR_EVERYBODY}
    kinds = {kind.__name__.lower(): dict(SHAPES[kind]) for kind in all_kinds()}
    for kind in (Components, Best):
        kinds[kind.__name__.lower()]["propertyNames"] = {"enum": list(measures)}
    return {
        "$schema": DIALECT,
        "title": "nvqplan rulebook",
        "description": "Qualifications, their groups and rules of combination: rules.toml.",
        **table(
            {
                "qualification": array({"$ref": "#/$defs/qualification"}, minItems=1),
                "correction": array({"$ref": "#/$defs/correction"}),
                **DECLARATIONS,
            },
            ("qualification",),
        ),
        "$defs": {
            "qualification": _qualification(),
            "rule": _rule(of_kind, of_mixes),
            "condition": _one_kind(of_mixes, {}, ()),
            "remark": _one_kind(of_mixes, {"id": TEXT, "says": TEXT, "when": WHEN}, ("id", "says")),
            "correction": _correction(),
            "filter": FILTER,
            "group": _group(),
            "declared_sum": {
                "description": "Credits, or what the group adds by measure.",
                "anyOf": [WHOLE, table(dict.fromkeys(measures, WHOLE), minProperties=1)],
            },
            **kinds,
        },
    }


def _qualification() -> Shape:
    name: Shape = {"anyOf": [{"const": ""}, TEXT]}
    properties = {
        "id": {"description": "What it is called on the command line.", **TEXT},
        "title": TEXT,
        "number": {"description": "The awarding body's number, or nothing.", **name},
        "qan": {"description": "The qualification accreditation number, or nothing.", **name},
        "level": WHOLE,
        "credits": {"description": "The total that a rule asks for, or 0.", **WHOLE},
        "source": {"description": "Where the print has it.", **TEXT},
        **VOUCHING,
        "groups": {
            "description": "The units of each group, or the groups in it.",
            **_GROUPS,
        },
        "sums": {
            "description": "What all units of a group add, where the print declares it.",
            "type": "object",
            "additionalProperties": {"$ref": "#/$defs/declared_sum"},
        },
        "rule": array({"$ref": "#/$defs/rule"}, minItems=1),
        "remark": array({"$ref": "#/$defs/remark"}),
        "imported": {
            "description": "That pathways may import units, and into which group.",
            **table({"group": NAME}),
        },
        **DECLARATIONS,
    }
    return table(properties, REQUIRED)


_GROUPS: Shape = {
    "type": "object",
    "propertyNames": {"not": {"pattern": re.escape(GROUP_MARK)}},
    "additionalProperties": {"$ref": "#/$defs/group"},
}


def _group() -> Shape:
    return {"anyOf": [UNITS, {**_GROUPS, "minProperties": 1}]}


def _rule(of_kind: Mapping[str, Shape], of_mixes: Mapping[str, Shape]) -> Shape:
    meant = _one_kind(of_mixes, {"says": TEXT, "why": TEXT}, ("says", "why"))
    common = {
        "id": TEXT,
        "says": {"description": "A short sentence of your own.", **TEXT},
        "source": {"description": "Where the print has it; left out: as of the whole.", **TEXT},
        "when": WHEN,
        **VOUCHING,
        "intended": {"description": "The other reading of a misprinted or open rule.", **meant},
    }
    (for_all,) = of_kind.keys() - of_mixes.keys()
    conditional = {"not": {"anyOf": one_of_keys(("when", "intended"))}}
    shape = _one_kind(of_kind, common, ("id", "says"))
    return {**shape, "dependentSchemas": {for_all: conditional}}


def _one_kind(
    of_kind: Mapping[str, Shape], common: Mapping[str, Shape], required: Sequence[str]
) -> Shape:
    """A table that has exactly one key that says of what kind it is."""
    return table({**common, **of_kind}, required, oneOf=one_of_keys(of_kind))


def _correction() -> Shape:
    subjects = ("unit", "qualification")
    properties = {**dict.fromkeys(subjects, NAME), **dict.fromkeys(CORRECTION_TEXTS, TEXT)}
    return table(properties, CORRECTION_TEXTS, oneOf=one_of_keys(subjects))
