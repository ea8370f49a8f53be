"""Which findings are reported: `--select` and `--ignore`, by code or by the beginning of one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nvqplan.core.codes import CODES
from nvqplan.core.findings import Findings, Located
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import did_you_mean

if TYPE_CHECKING:
    from nvqplan.reports.results import Checked

STEM = "NVQ"


def why_never_hidden(code: str) -> str:
    """Why nobody may hide findings of a code, "" for those that may be hidden."""
    return "what cannot be read is never well, and exit code 2 says so" if CODES[code].stops else ""


class Selection(NamedTuple):
    """Beginnings of codes; the longest that fits a code decides, `ignored` where both are equal."""

    selected: tuple[str, ...] = ()
    """Nothing here means every code."""
    ignored: tuple[str, ...] = ()

    def has(self, code: str) -> bool:
        """Whether findings of a code are reported and counted."""
        if why_never_hidden(code):
            return True
        least = -1 if self.selected else 0
        chosen = max((len(each) for each in self.selected if code.startswith(each)), default=least)
        left_out = max((len(each) for each in self.ignored if code.startswith(each)), default=-1)
        return chosen > left_out


def find_codes(
    written: Iterable[Located], found: Findings, *, to_ignore: bool = False
) -> tuple[str, ...]:
    """The codes and beginnings of codes meant; unknown ones are found, with the nearest."""
    meant = []
    for each in written:
        name = each.text
        codes = [code for code in CODES if code.startswith(name)] if name[:3] == STEM else []
        reasons = [why_never_hidden(code) for code in codes]
        if not codes:
            help = (
                did_you_mean(name, CODES, len(found))
                or "such as NVQ301, or NVQ3 for all that begin so"
            )
            found.add(each, "NVQ113", f"no code is or begins with '{name}'", help, name)
        elif to_ignore and all(reasons):
            found.add(each, "NVQ113", f"{name} cannot be ignored: {reasons[0]}", subject=name)
        else:
            meant.append(name)
    return tuple(meant)


def select(checked: "Checked", selection: Selection) -> "Checked":
    """Leave out the findings whose codes are not selected; they are only counted."""
    if selection == Selection():
        return checked

    left = checked.keeping(lambda finding: selection.has(finding.code))
    return left._replace(ignored=len(checked.all_findings) - len(left.all_findings))
