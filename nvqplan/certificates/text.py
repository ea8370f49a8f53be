"""The outcome of `verify`: as text, and as a document."""

from collections.abc import Iterable, Iterator
from typing import Any

from nvqplan.certificates.document import Certificate
from nvqplan.certificates.shape import Problem
from nvqplan.certificates.verifying import Verification, VerifiedPathway
from nvqplan.core.words import amount, printable
from nvqplan.reports.terminal import Painter, shorten


def say_verification(path: str, found: Verification, paint: Painter) -> Iterator[str]:
    """Pathway by pathway, then what is wrong with the whole, and the verdict."""
    for verified in found.pathways:
        yield from _say_pathway(verified, paint)
    for problem in found.problems:
        in_file = found.certificate is None and problem.place
        place = f"{path}:{problem.place}" if in_file else path
        yield f"{paint(_clean(place), 'bold')}: {_clean(problem.says)}"
    if found.certificate is not None:
        yield paint(f"{_clean(path)} {_say_verdict(found.certificate, found)}", "bold")


def _say_pathway(verified: VerifiedPathway, paint: Painter) -> Iterator[str]:
    given = verified.given
    name = f"{_clean(given['path'])}: {paint(_clean(given['pathway']), 'bold')}"
    if verified.problems:
        yield f"{name}: {paint('does not hold', 'red')}"
    else:
        yield f"{name}: {paint('holds', 'green')}, legal for {_clean(given['qualification']['id'])}"
    for problem in verified.problems:
        yield f"  {_clean(problem.says)}"


def _say_verdict(certificate: Certificate, found: Verification) -> str:
    pathways = amount(len(certificate["pathways"]), "pathways")
    if found.holds:
        made = f"made on {certificate['date']} by nvqplan {_clean(certificate['nvqplan'])}"
        return f"holds: {pathways}, {made}, rules read as {certificate['reading']}"
    wrong = sum(bool(each.problems) for each in found.pathways)
    return f"does not hold: {f'{wrong:,} of {pathways}' if wrong else 'see above'}"


def _clean(text: str) -> str:
    """Text of a certificate as it may be shown: whoever wrote it can have written anything."""
    return printable(shorten(text))


def verify_document(path: str, found: Verification) -> dict[str, Any]:
    """The same for programs."""
    return {
        "path": path,
        "holds": found.holds,
        "problems": _problems(found.problems),
        "pathways": [
            {
                "path": each.given["path"],
                "pathway": each.given["pathway"],
                "qualification": each.given["qualification"]["id"],
                "holds": not each.problems,
                "problems": _problems(each.problems),
            }
            for each in found.pathways
        ],
    }


def _problems(problems: Iterable[Problem]) -> list[dict[str, str]]:
    return [{"place": problem.place, "says": problem.says} for problem in problems]
