"""What lint has found, held against the slips that the rulebook has on record."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nvqplan.core.findings import Finding, Location, Related
from nvqplan.rules.qualification import Correction, Rulebook


class Field(NamedTuple):
    """A unit or a qualification, and which field of it, as a `[[correction]]` names them."""

    subject: str
    name: str
    written: str = ""
    """What is written there: a correction of something else does not account for it."""


class Suspicion(NamedTuple):
    """A finding, and the fields of which one is at fault: a correction of one accounts for it."""

    finding: Finding
    fields: tuple[Field, ...] = ()

    def is_known(self, correction: Correction) -> bool:
        """Whether a correction accounts for it."""
        return any(
            (correction.subject, correction.field) == (subject, name)
            and correction.printed.startswith(written)
            for subject, name, written in self.fields
        )


def account(
    suspicions: Iterable[Suspicion], corrections: Sequence[Correction], rulebook: Rulebook
) -> Iterator[Finding]:
    """Yield every finding; all those that a correction accounts for become one remark."""
    all_known: list[Suspicion] = []
    for suspicion in suspicions:
        if any(map(suspicion.is_known, corrections)):
            all_known.append(suspicion)
        else:
            yield suspicion.finding
    for each in corrections:
        found = [suspicion.finding for suspicion in all_known if suspicion.is_known(each)]
        yield _known(each, found, rulebook)


def _known(correction: Correction, found: list[Finding], rulebook: Rulebook) -> Finding:
    subject, field, printed, intended, why, node = correction
    what = "unit " if subject in rulebook.catalogue.units else ""
    message = f"known slip, {field} of {what}{subject}: printed '{printed}', meant '{intended}'"
    help = "\n".join((why, *(f"found here: {each.message}" for each in found)))
    related = (Related(node, "on record here"), *(each for one in found for each in one.related))
    return Finding(
        _place(correction, found, rulebook), "NVQ427", message, help, subject, related=related
    )


def _place(correction: Correction, found: list[Finding], rulebook: Rulebook) -> Location:
    """The cell that it corrects, else where lint has found it, else the unit or the record."""
    row = rulebook.catalogue.rows.get(correction.subject, {})
    if found and correction.field not in row:
        return found[0].location
    return row.get(correction.field, row.get("unit", correction.place)).location
