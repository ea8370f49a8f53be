"""The schema of rules.toml: the structure that `reading.rulebook` and `rules` accept."""

from collections.abc import Mapping, Sequence

from nvqplan.reading.declarations import NAME as DECLARED_NAME
from nvqplan.reading.declarations import RESERVED
from nvqplan.reading.rulebook import CORRECTION_TEXTS, REQUIRED
from nvqplan.rules.age import Age
from nvqplan.rules.barred import Barred
from nvqplan.rules.figures import Figure
from nvqplan.rules.kind import Kind
from nvqplan.rules.mandatory import Mandatory
from nvqplan.rules.requires import Requires
from nvqplan.rules.rule import KINDS
from nvqplan.rules.sums import BOUNDS, Sum
from nvqplan.schemas.shapes import (
    DATE,
    DIALECT,
    FLAG,
    NAME,
    TEXT,
    WHOLE,
    Shape,
    array,
    one_of_keys,
    table,
)
from nvqplan.units import Offering

UNITS = array(NAME, minItems=1)
"""`offered_units`; whether they are offered is for the reader to say."""

NAMES: Shape = {"anyOf": [NAME, array(NAME)]}
"""One name, or a list of them."""

LEVEL: Shape = {
    "anyOf": [WHOLE, table({"at_least": WHOLE, "at_most": WHOLE}, minProperties=1)],
}

FILTER: Shape = {
    "anyOf": [
        UNITS,
        table(
            {
                "group": NAMES,
                "level": LEVEL,
                "units": UNITS,
                "topic": NAMES,
                "status": {"description": "Of taught, held, apl, exempt.", **NAMES},
                "imported": {"description": "Only imported units, or all others.", **FLAG},
            }
        ),
    ],
}

SUM = table(
    {"of": FILTER, "absent": array(NAME), **dict.fromkeys(BOUNDS, WHOLE)},
    oneOf=[
        {"required": ["exactly"]},
        {"anyOf": one_of_keys(("at_least", "at_most"))},
    ],
)

BETWEEN = table({"at_least": WHOLE, "at_most": WHOLE}, minProperties=1)

SHAPES: Mapping[type[Kind], Shape] = {
    Sum: {"description": "A measure summed over units, within bounds.", **SUM},
    Mandatory: {"description": "Units that every mix must hold.", **UNITS},
    Barred: {
        "description": "Sets of units of which a mix holds at most one.",
        **array(array(NAME, minItems=2), minItems=1),
    },
    Requires: {
        "description": "Units that a unit needs beside it.",
        "type": "object",
        "minProperties": 1,
        "additionalProperties": UNITS,
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
}
"""How each kind of rule is written; a new kind is added here."""

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
    "pattern": f"^{DECLARED_NAME.pattern}$(?!\\n)",
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


def rulebook_schema(measures: tuple[str, ...]) -> Shape:
    """The schema of rules files for a catalogue that can be summed over these measures."""
    of_kind = {
        key: {"$ref": f"#/$defs/{kind.__name__.lower()}"}
        for kind in KINDS
        for key in kind.keys(Offering({}, {}, measures))
    }
    kinds = {kind.__name__.lower(): SHAPES[kind] for kind in KINDS}
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
            "rule": _rule(of_kind),
            "remark": _one_kind(of_kind, {"id": TEXT, "says": TEXT, "when": WHEN}, ("id", "says")),
            "correction": _correction(),
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
        "groups": {
            "description": "The units of each group.",
            "type": "object",
            "additionalProperties": UNITS,
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


def _rule(of_kind: Mapping[str, Shape]) -> Shape:
    meant = _one_kind(of_kind, {"says": TEXT, "why": TEXT}, ("says", "why"))
    common = {
        "id": TEXT,
        "says": {"description": "A short sentence of your own.", **TEXT},
        "source": {"description": "Where the print has it; left out: as of the whole.", **TEXT},
        "when": WHEN,
        "intended": {"description": "The other reading of a misprinted or open rule.", **meant},
    }
    return _one_kind(of_kind, common, ("id", "says"))


def _one_kind(
    of_kind: Mapping[str, Shape], common: Mapping[str, Shape], required: Sequence[str]
) -> Shape:
    """A table that has exactly one key that says of what kind it is."""
    return table({**common, **of_kind}, required, oneOf=one_of_keys(of_kind))


def _correction() -> Shape:
    subjects = ("unit", "qualification")
    properties = {**dict.fromkeys(subjects, NAME), **dict.fromkeys(CORRECTION_TEXTS, TEXT)}
    return table(properties, CORRECTION_TEXTS, oneOf=one_of_keys(subjects))
