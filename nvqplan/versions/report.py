"""What `diff` has to tell, whatever the format."""

from collections.abc import Sequence
from typing import NamedTuple

from nvqplan.versions.comparing import Comparison, Told, Turns


class Results(NamedTuple):
    """The comparison, what is told of it in words, and the pathways counted so far."""

    comparison: Comparison
    told: Sequence[Told]
    turns: Turns


def rulebook_paths(comparison: Comparison) -> frozenset[str]:
    """The files of both versions: what is told of them stands before all pathways."""
    versions = (comparison.old, comparison.new)
    return frozenset(path for each in versions for path in (each.rules_path, each.units_path))
