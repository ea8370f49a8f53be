"""Every finding code, once: its title, what it means, an example and how severe it is."""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "remark"]
FailOn = Literal["error", "warning", "remark", "never"]
"""The least severe findings that fail."""

FAILING: dict[FailOn, tuple[Severity, ...]] = {
    "error": ("error",),
    "warning": ("error", "warning"),
    "remark": ("error", "warning", "remark"),
    "never": (),
}
"""What fails where a severity is named: that one, and all that are worse."""


class Code(NamedTuple):
    """A kind of finding; one that `stops` leaves a file unread, or a rulebook unusable (exit 2)."""

    title: str
    explanation: str
    example: str
    severity: Severity = "error"
    stops: bool = False


CODES = {
    "NVQ101": Code(
        "file not readable",
        "The file does not exist, is a directory, or may not be read.",
        "nvqplan check nowhere.yaml",
        stops=True,
    ),
    "NVQ102": Code(
        "file not UTF-8",
        "Files are text in UTF-8, with or without a byte order mark. Save it again as UTF-8.",
        "a file saved as UTF-16 by a spreadsheet",
        stops=True,
    ),
    "NVQ103": Code(
        "file too large",
        "Files over 2 MB are refused: no curriculum or catalogue is that large.",
        "a log file given by mistake",
        stops=True,
    ),
    "NVQ104": Code(
        "syntax",
        "The text is not valid YAML, TOML, CSV or JSON, so nothing in it could be read.",
        "units: [101, 204",
        stops=True,
    ),
    "NVQ105": Code(
        "empty file",
        "The file holds no value at all, so there is nothing to check.",
        "a file of comments only",
        stops=True,
    ),
    "NVQ106": Code(
        "key given twice",
        "A key stands twice in one mapping; which value was meant is not ours to guess.",
        "youngest: 17, and five lines below youngest: 16",
    ),
    "NVQ107": Code(
        "unknown key",
        "A key that nothing reads is most often a mistyped one, so it is never passed over.",
        "pathway: for pathways:",
    ),
    "NVQ108": Code(
        "wrong kind of value",
        "The value is not of the kind that its key takes, such as text where a date belongs.",
        "registered: next autumn",
    ),
    "NVQ109": Code(
        "missing key",
        "A key that the file cannot do without is not there.",
        "a curriculum without qualification:",
    ),
    "NVQ110": Code(
        "YAML alias or tag",
        "Anchors, aliases, merge keys and tags are refused: each value is written where it counts.",
        "units: *same",
    ),
    "NVQ111": Code(
        "malformed comment to nvqplan",
        "A comment that speaks to nvqplan names codes in brackets and says why. The word until "
        "begins a date, and the date ends the comment.",
        "# nvqplan: ingore[NVQ305] agreed with the EQA",
    ),
    "NVQ112": Code(
        "suppression without a reason",
        "Who reads the file next must see why a finding is not to be told. Without a reason "
        "nothing is suppressed.",
        "# nvqplan: ignore[NVQ305]",
    ),
    "NVQ113": Code(
        "no such code to leave out",
        "No finding has this code, or it is one that nobody may hide: a file that cannot be read "
        "is never well, and no comment hides what is wrong with comments.",
        "# nvqplan: ignore[NVQ104] the file is not ready",
    ),
    "NVQ201": Code(
        "unknown unit",
        "No unit of the catalogue has this number or UAN.",
        "units: [101, 2o4]",
    ),
    "NVQ202": Code(
        "unit not in the qualification",
        "The unit exists, but the qualification offers it in no group, so it counts for nothing.",
        "units: [101, 401] in the Level 3 Diploma",
    ),
    "NVQ203": Code(
        "unit given twice",
        "A unit counts once, however often it is listed.",
        "units: [101, 204, 101]",
    ),
    "NVQ204": Code(
        "unknown qualification",
        "No qualification of the rulebook has this id, number, QAN or level, or several have.",
        "qualification: 3412-40",
    ),
    "NVQ205": Code(
        "unit outside the offer",
        "The centre's offer does not list the unit, and the learner does not hold it yet.",
        "offer: [101, 301] with units: [101, 301, 204]",
    ),
    "NVQ206": Code(
        "held unit not in the mix",
        "A held unit is part of the mix: list it under units as well.",
        "held: [101] with units: [201, 102]",
    ),
    "NVQ207": Code(
        "unknown rule",
        "The qualification has no rule of this id, so there can be no exception to it.",
        "exceptions: [{rule: levle, …}]",
    ),
    "NVQ301": Code(
        "sum out of bounds",
        "Credits, units, hours or another column, summed over the units that a rule names, "
        "fall short of what it asks or exceed what it allows.",
        "20 of 21 credits from Group B",
    ),
    "NVQ302": Code(
        "mandatory unit missing",
        "Every mandatory unit must be in the mix.",
        "a Level 3 mix without 301",
    ),
    "NVQ303": Code(
        "barred units together",
        "Units that bar each other teach the same thing: at most one of them may be in the mix.",
        "212 with 318",
    ),
    "NVQ304": Code(
        "required unit missing",
        "A unit of the mix asks for another that is not in it.",
        "an advanced unit without the one it builds on",
    ),
    "NVQ305": Code(
        "learner too young",
        "Learners must have reached the lowest age of the qualification when they are registered.",
        "youngest: 15 for the Level 3 Diploma",
    ),
    "NVQ310": Code(
        "draft cannot be completed",
        "No legal mix contains all units of the draft, within the centre's offer.",
        "a Level 2 draft with 112 and 221",
    ),
    "NVQ401": Code(
        "fault in the rulebook",
        "Something in the rules file is unknown or contradicts itself. Nothing is checked against "
        "rules that are only partly understood.",
        "credit = { at_least = 12 } for credits = { at_least = 12 }",
        stops=True,
    ),
    "NVQ402": Code(
        "fault in the catalogue",
        "A row of the unit catalogue cannot be used: a figure is missing or is none, or a unit "
        "number stands twice.",
        "credits: four",
        stops=True,
    ),
    "NVQ403": Code(
        "rules that no mix meets",
        "The rules of the qualification contradict each other for these learners, so that no mix "
        "of units can be legal. No pathway is to blame.",
        "at_least = 60 credits of a group that has 40",
        stops=True,
    ),
    "NVQ501": Code(
        "units could be dropped",
        "The mix stays legal without them, and each costs the centre a registration.",
        "a Level 1 Award mix of 16 credits",
        severity="remark",
    ),
    "NVQ502": Code(
        "verdict hangs on a reading",
        "The handbook is misprinted or open here, and read the other way the verdict changes. "
        "Ask the external quality assurer before you rely on it.",
        "level 3 or above, where the print says level 3",
        severity="warning",
    ),
    "NVQ503": Code(
        "registration date assumed",
        "Some rules depend on the date of registration. The file names none, so the newest "
        "window was used.",
        "a Level 3 curriculum without registered:",
        severity="remark",
    ),
    "NVQ504": Code(
        "age not checked",
        "The qualification has a lowest age. The file does not name the youngest learner's.",
        "a Level 4 curriculum without youngest:",
        severity="remark",
    ),
    "NVQ505": Code(
        "remark of the rulebook",
        "The rules file attaches a remark to mixes like this one.",
        "a Level 4 mix of exactly 42 credits",
        severity="remark",
    ),
    "NVQ506": Code(
        "approved exception",
        "The pathway breaks a rule, and the file says who approved that, why and until when. It "
        "stays illegal, and does not fail.",
        "exceptions: with rule, reason, by and until",
        severity="remark",
    ),
    "NVQ507": Code(
        "exception has expired",
        "The last day of an approved exception is over, so that the rule counts again.",
        "until: 2027-03-31, on 1 April 2027",
        severity="warning",
    ),
    "NVQ508": Code(
        "exception without effect",
        "An exception to a rule that holds, or to one that has an exception already: take it out, "
        "or it hides what goes wrong one day.",
        "an exception to the rule 'level' of a legal mix",
        severity="warning",
    ),
    "NVQ511": Code(
        "suppression has expired",
        "The last day of a suppression is over, so that what it hid is told again.",
        "# nvqplan: ignore[NVQ501] agreed until 2027-03-31, on 1 April 2027",
        severity="warning",
    ),
    "NVQ512": Code(
        "suppression without effect",
        "There is no such finding where the comment stands: take the code out, or it hides what "
        "goes wrong one day.",
        "# nvqplan: ignore[NVQ501] agreed, beside a mix without surplus",
        severity="warning",
    ),
}
