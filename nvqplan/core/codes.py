"""Every finding code, once: its title and how severe it is; `explanations` says the rest."""

from typing import Literal

from nvqplan.core.values import NamedTuple

Severity = Literal["error", "warning", "remark"]

FailOn = Literal["error", "warning", "remark", "never"]
"""The least severe findings that fail."""

FAILING: dict[FailOn, tuple[Severity, ...]] = {
    "error": ("error",),
    "warning": ("error", "warning"),
    "remark": ("error", "warning", "remark"),
    "never": (),
}


class Code(NamedTuple):
    """A kind of finding; one that `stops` leaves a file unread, or a rulebook unusable (exit 2)."""

    title: str
    severity: Severity = "error"
    stops: bool = False


OF_VERSIONS = ("NVQ32", "NVQ52")
"""How those codes begin that only a comparison of two rulebooks finds."""

CODES = {
    "NVQ101": Code("file not readable", stops=True),
    "NVQ102": Code("file not UTF-8", stops=True),
    "NVQ103": Code("file too large", stops=True),
    "NVQ104": Code("syntax", stops=True),
    "NVQ105": Code("empty file", stops=True),
    "NVQ106": Code("key given twice"),
    "NVQ107": Code("unknown key"),
    "NVQ108": Code("wrong kind of value"),
    "NVQ109": Code("missing key"),
    "NVQ110": Code("YAML alias or tag"),
    "NVQ111": Code("malformed comment to nvqplan"),
    "NVQ112": Code("suppression without a reason"),
    "NVQ113": Code("no such code to leave out"),
    "NVQ201": Code("unknown unit"),
    "NVQ202": Code("unit not in the qualification"),
    "NVQ203": Code("unit given twice"),
    "NVQ204": Code("unknown qualification"),
    "NVQ205": Code("unit outside the offer"),
    "NVQ206": Code("held unit not in the mix"),
    "NVQ207": Code("unknown rule"),
    "NVQ208": Code("unknown attribute or figure of learners"),
    "NVQ209": Code("unknown value of an attribute"),
    "NVQ210": Code("unit achieved in two ways"),
    "NVQ211": Code("no imported units allowed"),
    "NVQ212": Code("imported unit at odds"),
    "NVQ301": Code("sum out of bounds"),
    "NVQ302": Code("mandatory unit missing"),
    "NVQ303": Code("barred units together"),
    "NVQ304": Code("required unit missing"),
    "NVQ305": Code("learner too young"),
    "NVQ306": Code("share out of bounds"),
    "NVQ307": Code("implied unit missing"),
    "NVQ308": Code("units not together"),
    "NVQ309": Code("one unit under two numbers"),
    "NVQ310": Code("draft cannot be completed"),
    "NVQ311": Code("choice of alternatives not met"),
    "NVQ312": Code("component not filled"),
    "NVQ313": Code("sum of the best out of bounds"),
    "NVQ315": Code("figure of the learner out of bounds"),
    "NVQ321": Code("pathway breaks"),
    "NVQ322": Code("draft breaks"),
    "NVQ323": Code("pathway of a qualification that is gone"),
    "NVQ401": Code("fault in the rulebook", stops=True),
    "NVQ402": Code("fault in the catalogue", stops=True),
    "NVQ403": Code("rules that no mix meets", stops=True),
    "NVQ420": Code("check character does not fit", severity="warning"),
    "NVQ421": Code("UAN of two units", severity="warning"),
    "NVQ422": Code("unit in no qualification", severity="warning"),
    "NVQ423": Code("title spelt in two ways", severity="remark"),
    "NVQ424": Code("credits or hours that no unit has", severity="warning"),
    "NVQ425": Code("criteria numbered with gaps", severity="remark"),
    "NVQ427": Code("known slip in print", severity="remark"),
    "NVQ430": Code("unit in no table", severity="remark"),
    "NVQ431": Code("declared sum is wrong"),
    "NVQ432": Code("rules that contradict each other"),
    "NVQ433": Code("unit in no legal mix", severity="warning"),
    "NVQ434": Code("optional unit is forced", severity="warning"),
    "NVQ435": Code("rule never bites", severity="warning"),
    "NVQ436": Code("bound is stricter than printed", severity="warning"),
    "NVQ437": Code("maximum out of reach", severity="warning"),
    "NVQ438": Code("dates between two rules", severity="warning"),
    "NVQ439": Code("verdicts hang on a reading", severity="remark"),
    "NVQ441": Code("proof that fails"),
    "NVQ442": Code("rule without a proof", severity="remark"),
    "NVQ443": Code("qualification without a proof", severity="remark"),
    "NVQ444": Code("proof given twice", severity="remark"),
    "NVQ446": Code("registered outside validity", severity="warning"),
    "NVQ447": Code("provenance missing", severity="remark"),
    "NVQ448": Code("not valid today", severity="remark"),
    "NVQ449": Code("verified too long ago", severity="remark"),
    "NVQ450": Code("title or alternative that no mix meets", severity="warning"),
    "NVQ501": Code("units could be dropped", severity="remark"),
    "NVQ502": Code("verdict hangs on a reading", severity="warning"),
    "NVQ503": Code("registration date assumed", severity="remark"),
    "NVQ504": Code("age not checked", severity="remark"),
    "NVQ505": Code("remark of the rulebook", severity="remark"),
    "NVQ506": Code("approved exception", severity="remark"),
    "NVQ507": Code("exception has expired", severity="warning"),
    "NVQ508": Code("exception without effect", severity="warning"),
    "NVQ511": Code("suppression has expired", severity="warning"),
    "NVQ512": Code("suppression without effect", severity="warning"),
    "NVQ515": Code("figure of the learner not checked", severity="remark"),
    "NVQ516": Code("attribute assumed", severity="remark"),
    "NVQ517": Code("verdict hangs on an attribute", severity="warning"),
    "NVQ518": Code("advice given up", severity="remark"),
    "NVQ521": Code("unit differs", severity="remark"),
    "NVQ522": Code("qualification differs", severity="remark"),
    "NVQ523": Code("group differs", severity="remark"),
    "NVQ524": Code("rule differs", severity="remark"),
    "NVQ525": Code("note of the rulebook differs", severity="remark"),
    "NVQ526": Code("mixes lost", severity="warning"),
    "NVQ527": Code("mixes gained", severity="remark"),
    "NVQ528": Code("pathway becomes tight", severity="warning"),
    "NVQ529": Code("pathway newly passes", severity="remark"),
}
"""Imported by every command, so no more than it needs; `explanations` says how to add one."""
