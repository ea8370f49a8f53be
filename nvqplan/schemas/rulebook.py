"""The schema of rules.toml: the structure that `reading.rulebook` and `rules` accept."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from nvqplan.reading.rulebook import CORRECTION_TEXTS
from nvqplan.rules.age import Age
from nvqplan.rules.barred import Barred
from nvqplan.rules.best import Best
from nvqplan.rules.choose import Choose
from nvqplan.rules.components import Components
from nvqplan.rules.counting import MOST_CAPS
from nvqplan.rules.equivalent import Equivalent
from nvqplan.rules.filters import BUT
from nvqplan.rules.implies import Implies
from nvqplan.rules.kind import BOUNDS, Kind
from nvqplan.rules.mandatory import Mandatory
from nvqplan.rules.requires import Requires
from nvqplan.rules.rule import KINDS, OF_MIXES
from nvqplan.rules.share import BOUNDS as SHARES
from nvqplan.rules.share import FRACTION, Share
from nvqplan.rules.sums import COUNTING, Sum
from nvqplan.rules.together import Together
from nvqplan.schemas.shapes import (
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
from nvqplan.units import GROUP_MARK, Offering

UNITS = array(NAME, minItems=1)
"""`offered_units`; whether they are offered is for the reader to say."""

NAMES: Shape = {"anyOf": [NAME, array(NAME)]}
"""One name, or a list of them."""

ENTRIES = array({"anyOf": [NAME, array(NAME, minItems=2)]}, minItems=1)
"""Units, and lists of units of which one is enough."""

SETS = array(array(NAME, minItems=2), minItems=1)

LEVEL: Shape = {
    "anyOf": [
        WHOLE,
        table({"at_least": WHOLE, "at_most": WHOLE}, minProperties=1),
        array(WHOLE, minItems=1),
    ],
}

_CONDITIONS: Shape = {"group": NAMES, "level": LEVEL, "units": UNITS, "topic": NAMES}

FILTER: Shape = {
    "anyOf": [
        UNITS,
        table({**_CONDITIONS, BUT: {"anyOf": [UNITS, table(_CONDITIONS, minProperties=1)]}}),
    ],
}

FILTER_HERE: Shape = {"$ref": "#/$defs/filter"}

CONDITION: Shape = {"$ref": "#/$defs/condition"}

CAP = table({"of": FILTER_HERE, "at_most": WHOLE}, ("of", "at_most"))


def _bounded(properties: Mapping[str, Shape], required: Sequence[str] = (), **more: Any) -> Shape:
    """A table with `exactly`, or with `at_least`, `at_most` or both."""
    within = [{"required": ["exactly"]}, {"anyOf": one_of_keys(("at_least", "at_most"))}]
    return table({**properties, **dict.fromkeys(BOUNDS, WHOLE)}, required, oneOf=within, **more)


SUM = _bounded(
    {
        "of": FILTER_HERE,
        "absent": array(NAME),
        COUNTING: array(CAP, minItems=1, maxItems=MOST_CAPS),
    },
    dependentSchemas={
        COUNTING: {"required": ["at_least"], "properties": {"at_most": False}},
    },
)

PER_CENT: Shape = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": 100},
        {"type": "string", "pattern": f"^{FRACTION}$(?!\\n)"},
    ],
}

IMPLICATION = table(
    {"if": ENTRIES, "then": ENTRIES, "at_least": {"type": "integer", "minimum": 1}},
    ("if", "then"),
)

COMPONENT = table(
    {"of": FILTER_HERE, **dict.fromkeys(BOUNDS, WHOLE)},
    oneOf=one_of_keys(("exactly", "at_least")),
)
COMPONENT["not"] = {"required": ["exactly", "at_most"]}


def _named(each: Shape) -> Shape:
    """Some of these, each under a name for people."""
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": TEXT,
        "additionalProperties": each,
    }


FAMILIES = array(array(NAME, minItems=2), minItems=1)

SHAPES: Mapping[type[Kind], Shape] = {
    Sum: {"description": "A measure summed over units, within bounds.", **SUM},
    Mandatory: {"description": "Units that every mix must hold.", **ENTRIES},
    Barred: {"description": "Sets of units of which a mix holds at most one.", **SETS},
    Requires: {
        "description": "Units that a unit needs beside it.",
        "type": "object",
        "minProperties": 1,
        "additionalProperties": ENTRIES,
    },
    Age: {
        "description": "The lowest age at registration.",
        **table({"at_least": WHOLE}, ("at_least",)),
    },
    Choose: {
        "description": "Named alternatives, of which so many must hold, or may.",
        **_bounded(
            {
                "of": _named({"anyOf": [CONDITION, array(CONDITION, minItems=1)]}),
            },
            ("of",),
        ),
    },
    Components: {
        "description": "Parts that need so much each; every unit is used for one of them only.",
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": _named(COMPONENT),
    },
    Best: {
        "description": "A sum to which, of each family of units, only the best one adds.",
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": _bounded({"of": FILTER_HERE, "families": FAMILIES}, ("families",)),
    },
    Share: {
        "description": "A part of a sum, in per cent or as a fraction.",
        **table(
            {
                "of": FILTER_HERE,
                "in": FILTER_HERE,
                "measure": NAME,
                **dict.fromkeys(SHARES, PER_CENT),
            },
            ("of",),
            anyOf=one_of_keys(SHARES),
        ),
    },
    Implies: {
        "description": "Where all units of one list are in a mix, so are those of another.",
        **array(IMPLICATION, minItems=1),
    },
    Together: {"description": "Sets of units of which a mix holds all or none.", **SETS},
    Equivalent: {"description": "All numbers of one unit, of which a mix holds one.", **SETS},
}
"""How each kind of rule is written; a new kind is added here."""

WHEN = table(
    {
        "registered": table(
            dict.fromkeys(("before", "until", "on", "from", "after"), DATE), minProperties=1
        )
    },
    ("registered",),
)

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
        key: {"$ref": f"#/$defs/{kind.__name__.lower()}"}
        for kind in KINDS
        for key in kind.keys(Offering({}, {}, measures))
    }
    of_mixes = {
        key: shape
        for key, shape in of_kind.items()
        if any(key in kind.keys(Offering({}, {}, measures)) for kind in OF_MIXES)
    }
    kinds = {kind.__name__.lower(): dict(SHAPES[kind]) for kind in KINDS}
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
            "description": "The credits of all units of a group, where the print declares them.",
            "type": "object",
            "additionalProperties": WHOLE,
        },
        "rule": array({"$ref": "#/$defs/rule"}, minItems=1),
        "remark": array({"$ref": "#/$defs/remark"}),
    }
    optional = ("sums", "remark", *VOUCHING)
    return table(properties, [key for key in properties if key not in optional])


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
