"""Suppressions in curriculum files: `# nvqplan: ignore[NVQ501] reason until 2027-03-31`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from nvqplan.checking.selection import Selection, why_never_hidden
from nvqplan.core.atoms import is_day
from nvqplan.core.codes import CODES
from nvqplan.core.findings import Finding, Findings, Location
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import did_you_mean, say_date
from nvqplan.reading.comments import Comment
from nvqplan.reports.results import Checked, Settled

SHAPE = "# nvqplan: ignore[NVQ501] reason until 2027-03-31"

ABOUT_COMMENTS = dict.fromkeys(
    ("NVQ111", "NVQ112", "NVQ113", "NVQ511", "NVQ512"),
    "no comment hides what is wrong with comments",
)
"""The codes that no comment hides, and why."""

_SHAPE = r"#[ \t]*nvqplan:[ \t]*ignore\[(?P<codes>[^\]]*)\](?P<rest>(?s:.*))"
_UNTIL = r"(?:^|(?<=\s))until\b[ \t:]*"
_DAY = r"\d{4}-\d\d-\d\d"


class Suppression(NamedTuple):
    """A comment understood: each code with its place, the reason, and the last day if any."""

    comment: Comment
    codes: Mapping[str, Location]
    reason: str
    until: date | None


def suppress(
    checked: Checked,
    comments: Sequence[Comment],
    lines_of: Mapping[str, int],
    today: date,
    sought: Selection,
) -> Checked:
    """Settle what comments cover; `lines_of` tells the line of each pathway's name.

    A comment that covers nothing is found only if its codes were `sought`. Whatever is
    wrong with the comments themselves is a finding of the file.
    """
    if not comments:
        return checked
    found = Findings()
    in_force = []
    for each in read_suppressions(comments, found):
        if each.until is None or each.until >= today:
            in_force.append(each)
            continue
        subject = ", ".join(each.codes)
        message = f"this suppression of {subject} expired on {say_date(each.until)}"
        help = "renew it with a new date and reason, or mend what it hid"
        found.add(each.comment.place, "NVQ511", message, help, subject)
    cover = _Cover(in_force, lines_of)
    left = checked.keeping(cover.passes)
    if checked.is_whole:
        cover.find_unused(left.all_findings, sought, found)
    settled = (*checked.settled, *cover.settled)
    return left._replace(findings=(*left.findings, *found), settled=settled)


class _Cover:
    """Which suppressions cover a line, a pathway by its name, or the file as a whole: ""."""

    def __init__(self, in_force: Sequence[Suppression], lines_of: Mapping[str, int]) -> None:
        self.settled: list[Settled] = []
        self._in_force = in_force
        self._used: set[tuple[int, str]] = set()
        self._over: dict[tuple[int | str, str], list[int]] = {}
        names: dict[int, list[str]] = {}
        for name, line in lines_of.items():
            names.setdefault(line, []).append(name)
        for index, (comment, codes, _, _) in enumerate(in_force):
            whole = [""] if comment.is_first else []
            for place in (comment.target, *names.get(comment.target, ()), *whole):
                for code in codes:
                    self._over.setdefault((place, code), []).append(index)

    def passes(self, finding: Finding) -> bool:
        """Whether nothing covers a finding; else it is settled."""
        places = (finding.location.line, finding.pathway)
        indexes = [index for each in places for index in self._over.get((each, finding.code), ())]
        self._used.update((index, finding.code) for index in indexes)
        if indexes:
            reason = self._in_force[min(indexes)].reason
            self.settled.append(Settled(finding, "comment", reason))
        return not indexes

    def find_unused(self, left: Iterable[Finding], sought: Selection, found: Findings) -> None:
        """Find the codes that cover nothing though sought, and where one is left if any is."""
        lines = {each.code: each.location.line for each in reversed(tuple(left))}
        for index, each in enumerate(self._in_force):
            for code, place in each.codes.items():
                if (index, code) not in self._used and sought.has(code):
                    elsewhere = f"there is one in line {lines[code]}; " if code in lines else ""
                    help = f"{elsewhere}take it out, or it hides what goes wrong one day"
                    found.add(place, "NVQ512", f"there is no {code} here to ignore", help, code)


def read_suppressions(comments: Iterable[Comment], found: Findings) -> Iterator[Suppression]:
    """Every suppression that is whole; what is wrong with the others is found."""
    for comment in comments:
        match = re.fullmatch(_SHAPE, comment.text)
        if match is None or not comment.text.isprintable():
            message = "this comment to nvqplan is not understood"
            found.add(comment.place, "NVQ111", message, f"write {SHAPE}")
            continue
        codes = dict(_codes(comment.place, match, found))
        problems = len(found)
        reason, until = _reason(comment.place, match, found)
        if codes and len(found) == problems:
            yield Suppression(comment, codes, reason, until)


def _codes(
    place: Location, match: re.Match[str], found: Findings
) -> Iterator[tuple[str, Location]]:
    """Each code that may be ignored, with its place."""
    if not match["codes"].strip(" \t,"):
        found.add(place, "NVQ111", "this suppression names no code", f"write {SHAPE}")
    for word in re.finditer(r"[^,\s][^,]*", match["codes"]):
        code = word[0].rstrip()
        where = place._replace(column=place.column + match.start("codes") + word.start())
        if code not in CODES:
            near = did_you_mean(code, CODES, len(found))
            help = near or "nvqplan tells the code with every finding"
            found.add(where, "NVQ113", f"there is no code '{code}'", help, code)
        elif why := ABOUT_COMMENTS.get(code) or why_never_hidden(code):
            found.add(where, "NVQ113", f"{code} cannot be ignored: {why}", subject=code)
        else:
            yield code, where


def _reason(place: Location, match: re.Match[str], found: Findings) -> tuple[str, date | None]:
    """Why, and the last day on which that counts; what is wrong with either is found."""
    written = match["rest"]
    untils = list(re.finditer(_UNTIL, written))
    before = written[: untils[-1].start()] if untils else written
    reason = before.strip().lstrip("-: ")
    if not any(character.isalnum() for character in reason):
        help = f"say why behind the bracket: {SHAPE}"
        found.add(place, "NVQ112", "a suppression must give a reason", help)
    if not untils:
        return reason, None
    day = written[untils[-1].end() :].strip()
    until = date.fromisoformat(day) if re.fullmatch(_DAY, day) and is_day(day) else None
    if until is None:
        column = place.column + match.start("rest") + untils[-1].start()
        message = f"behind 'until' stands a date such as 2027-03-31, not '{day}'"
        found.add(place._replace(column=column), "NVQ111", message, "the date ends the comment")
    return reason, until
