"""What lint has found, held against the slips that the rulebook has on record."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nvqplan.findings import Finding, Location, Related
from nvqplan.qualification import Correction, Rulebook


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
    """Every finding; those that corrections account for as remarks, of which each has one."""
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
    place = found[0].location if found else _place(correction, rulebook)
    return Finding(place, "NVQ427", message, help, subject, related=related)


def _place(correction: Correction, rulebook: Rulebook) -> Location:
    """The cell that it corrects; of what is no cell the unit or the correction itself."""
    row = rulebook.catalogue.rows.get(correction.subject, {})
    cell = row.get(correction.field, row.get("unit", correction.place))
    return cell.location
