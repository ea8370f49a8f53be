"""The schemas of all kinds of rules, and of the filters in them."""

from collections.abc import Mapping, Sequence
from typing import Any

from nvqplan.core.old_shapes import FLAG, NAME, TEXT, WHOLE, Shape, array, one_of_keys, table
from nvqplan.rules.age import Age
from nvqplan.rules.barred import Barred
from nvqplan.rules.best import Best
from nvqplan.rules.choose import Choose
from nvqplan.rules.components import Components
from nvqplan.rules.counting import MOST_CAPS
from nvqplan.rules.equivalent import Equivalent
from nvqplan.rules.figures import Figure
from nvqplan.rules.filters import ANY, BUT
from nvqplan.rules.implies import Implies
from nvqplan.rules.kind import BOUNDS, Kind
from nvqplan.rules.mandatory import Mandatory
from nvqplan.rules.requires import Requires
from nvqplan.rules.share import BOUNDS as SHARES
from nvqplan.rules.share import FRACTION, Share
from nvqplan.rules.sums import COUNTING, Sum
from nvqplan.rules.together import Together

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

_CONDITIONS: Shape = {
    "group": NAMES,
    "level": LEVEL,
    "units": UNITS,
    "topic": NAMES,
    "status": {"description": "Of taught, held, apl, exempt.", **NAMES},
    "imported": {"description": "Only imported units, or all others.", **FLAG},
}

_WAY: Shape = {"anyOf": [UNITS, table(_CONDITIONS, minProperties=1)]}

_CONDITIONS_OR: Shape = {
    **_CONDITIONS,
    ANY: {"description": "Filters of which one is enough.", **array(_WAY, minItems=2)},
}

FILTER: Shape = {
    "anyOf": [
        UNITS,
        table({**_CONDITIONS_OR, BUT: {"anyOf": [UNITS, table(_CONDITIONS_OR, minProperties=1)]}}),
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


BETWEEN = table({"at_least": WHOLE, "at_most": WHOLE}, minProperties=1)

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
    Figure: {
        "description": "Figures of the learner within bounds.",
        "type": "object",
        "minProperties": 1,
        "additionalProperties": BETWEEN,
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
