"""The schema of proof files: what `reading.proofs` and `lookup` accept."""

from collections.abc import Mapping

from nvqplan.core.shapes import DATE, DIALECT, WHOLE, Shape, array, named, one_of_keys, table
from nvqplan.reading.curriculum_schema import PATHWAY, definitions
from nvqplan.reading.mixes import KEYS as OF_MIXES
from nvqplan.rules.qualification import Rulebook

TERMS: Mapping[str, Shape] = {
    "qualification": {"description": "Id, number or QAN.", "$ref": "#/$defs/qualification"},
    "registered": {"description": "The date of registration; left out: the newest window.", **DATE},
    "age": {"description": "The learner's age at registration; left out: not checked.", **WHOLE},
    "reading": {
        "description": "How rules that are wrong or open in print are read; left out: as printed.",
        "enum": ["printed", "intended"],
    },
    "learners": PATHWAY["learners"],
}
"""What a mix may say for itself, or the file for all its mixes."""

MIX: Mapping[str, Shape] = {
    **TERMS,
    **{key: PATHWAY[key] for key in OF_MIXES},
    "legal": {"description": "The mix breaks no rule.", "const": True},
    "illegal": {
        "description": "All the rules that the mix breaks, and no others.",
        **array({"$ref": "#/$defs/rule"}, minItems=1),
    },
}
"""The keys of a labelled mix; a key that the reader learns to know is added here."""

PROOFS: Mapping[str, Shape] = {
    **TERMS,
    "mixes": named("mix", "The labelled mixes, by names of your own."),
}
"""The keys of a file of proofs."""


def proofs_schema(rulebook: Rulebook) -> Shape:
    """The schema of proof files for this rulebook."""
    mix = table(dict(MIX), ("units",), oneOf=one_of_keys(("legal", "illegal")))
    of_each = {"additionalProperties": {"required": ["qualification"]}}
    return {
        "$schema": DIALECT,
        "title": "nvqplan proofs",
        "description": "Mixes that a rules author has labelled, legal or illegal and why.",
        **table(
            dict(PROOFS),
            ("mixes",),
            anyOf=[{"required": ["qualification"]}, {"properties": {"mixes": of_each}}],
        ),
        "$defs": {"mix": mix, **definitions(rulebook)},
    }
