"""NVQ3xx: rules of combination."""

from collections.abc import Mapping

from nvqplan.core.explanations.explanation import ASKED, Explanation, asking, curriculum, rulebook
from nvqplan.core.explanations.explanation import RULES as BAKERY

BUILDS_ON = """
[[qualification.rule]]
id = "builds-on"
says = "Sourdough builds on bread"
requires = { B3 = ["B2"] }
"""

PATHWAYS = """
[[qualification.rule]]
id = "pathway"
says = "Exactly one of the pathways Bread and Sourdough"
[qualification.rule.choose]
exactly = 1
of.Bread = { mandatory = ["B2"] }
of.Sourdough = { mandatory = ["B3"] }
"""

SHARED = """
[[qualification.rule]]
id = "components"
says = "4 credits for Basics and 5 for Craft, each unit used once"
[qualification.rule.components.credits]
Basics = { of = { level = { at_most = 2 } }, at_least = 4 }
Craft = { of = { topic = "bread" }, at_least = 5 }
"""

FAMILY = """
[[qualification.rule]]
id = "best"
says = "At least 6 credits, of Bread and Sourdough only the better"
best = { credits = { families = [["B2", "B3"]], at_least = 6 } }
"""

DIPLOMA = "qualification: l3-diploma\nregistered: 2026-09-01\n"
SALES = "pathways:\n  sales:\n    units: [101, 301, 204, 303, 305, 405, 229, 328, 329, 330]\n"


def _baker(rule: str, units: str) -> Mapping[str, str | bytes]:
    """The bakery with one rule more, and a pathway of these units."""
    more = f'\n[[qualification.rule]]\nid = "more"\nsays = "One rule more"\n{rule}\n'
    pathway = curriculum(f"qualification: baker\npathways:\n  first: {{units: {units}}}\n")
    return {**rulebook(BAKERY + more), **pathway}


RULES = {
    "NVQ301": Explanation(
        "Credits, units, hours or another column, summed over the units that a rule names, "
        "fall short of what it asks or exceed what it allows. The message has both figures and "
        "by how much it misses; the units that count stand below it.",
        "Add units that count, or take some out, until the figures meet. nvqplan suggest --with "
        "and the units that you want to keep lists legal mixes around them.",
        curriculum(
            "qualification: l1-certificate\n"
            "registered: 2026-09-01\n"
            "pathways:\n"
            "  office: {units: [101, 201, 103, 104, 112, 113, 114]}\n"
        ),
    ),
    "NVQ302": Explanation(
        "Every mandatory unit must be in the mix, and of units of which one is mandatory, one.",
        "Add the units that the message names.",
        curriculum(
            f"{DIPLOMA}youngest: 17\n{SALES.replace('301, ', '').replace('330', '330, 302')}"
        ),
    ),
    "NVQ303": Explanation(
        "Units that bar each other teach the same thing: at most one of them may be in the mix.",
        "Keep one of them and choose something else for the credits of the other.",
        curriculum(f"{DIPLOMA}youngest: 17\n{SALES.replace('330', '330, 212, 318')}"),
    ),
    "NVQ304": Explanation(
        "A unit of the mix asks for another, or for one of several, that is not in it.",
        "Add the unit that is asked for, or take out the one that asks.",
        {
            **rulebook(BAKERY + BUILDS_ON),
            **curriculum("qualification: baker\npathways:\n  first: {units: [B1, B3]}\n"),
        },
        "nvqplan check --data . example.yaml",
    ),
    "NVQ305": Explanation(
        "Learners must have reached the lowest age of the qualification when they are registered.",
        "Register them later, or choose a qualification without that age.",
        curriculum(f"{DIPLOMA}youngest: 15\n{SALES}"),
    ),
    "NVQ306": Explanation(
        "Of all credits that some units add, or of their hours or number, a part must be of "
        "certain units: half of the optional credits at level 2, say. The message has the part and "
        "the whole of this mix, and how much of that whole is needed or allowed.",
        "Add units of that part, or take out others of the whole: both move the share.",
        _baker("share = { of = { level = { at_least = 2 } }, at_least = 75 }", "[B1, B2]"),
        "nvqplan check --data . example.yaml",
    ),
    "NVQ307": Explanation(
        "Units of the mix together ask for another that is not in it; each of them alone does not.",
        "Add the unit that is asked for, or take out one of those that ask together.",
        _baker('implies = [{ if = ["B2", "B3"], then = ["B1"] }]', "[B2, B3]"),
        "nvqplan check --data . example.yaml",
    ),
    "NVQ308": Explanation(
        "Units that go together are in the mix all or not at all, and some of them are missing.",
        "Add the others of the set, or take out those that are in the mix.",
        _baker('together = [["B1", "B3"]]', "[B2, B3]"),
        "nvqplan check --data . example.yaml",
    ),
    "NVQ309": Explanation(
        "These numbers are of one unit, such as a unit and the one that replaced it: only one of "
        "them may be in the mix.",
        "Keep the number that the learners are registered for, and take out the others.",
        _baker('equivalent = [["B2", "B3"]]', "[B1, B2, B3]"),
        "nvqplan check --data . example.yaml",
    ),
    "NVQ310": Explanation(
        "No legal mix contains all units of the draft, within the centre's offer. What cannot "
        "hold together stands below the message: leave out any one of it, and the rest can.",
        "Take one of the units that collide out of the draft.",
        curriculum(
            "qualification: l2-certificate\n"
            "registered: 2026-09-01\n"
            "pathways:\n"
            "  office: {units: [112, 221], status: draft}\n"
        ),
    ),
    "NVQ311": Explanation(
        "A rule offers alternatives, such as pathways or endorsed titles, and says how many of "
        "them a mix must meet, or may. The message names those that it meets; what the others "
        "lack stands below it.",
        "Complete as many alternatives as the rule asks for; where it allows no more, take out "
        "what completes the others.",
        {
            **rulebook(BAKERY + PATHWAYS),
            **curriculum("qualification: baker\npathways:\n  first: {units: [B1, B2, B3]}\n"),
        },
        "nvqplan check --data . example.yaml",
    ),
    "NVQ312": Explanation(
        "The qualification is made of components, and each unit of the mix is used for one of them "
        "only. However the units are shared out, some component has too little; the message is "
        "about the way that lacks least in all, and names the units used for the component.",
        "Add a unit that the component can use, or one that sets free what another component uses.",
        {
            **rulebook(BAKERY + SHARED),
            **curriculum("qualification: baker\npathways:\n  first: {units: [B1, B3]}\n"),
        },
        "nvqplan check --data . example.yaml",
    ),
    "NVQ313": Explanation(
        "A sum to which, of each family of units, only the best one adds, falls short of what it "
        "asks or exceeds what it allows. The message says how much does not count.",
        "Add units of no family, or a better one of a family.",
        {
            **rulebook(BAKERY + FAMILY),
            **curriculum("qualification: baker\npathways:\n  first: {units: [B2, B3]}\n"),
        },
        "nvqplan check --data . example.yaml",
    ),
    "NVQ315": Explanation(
        "A figure of the learner, such as hours of practice, is less than a rule asks or more than "
        "it allows. No choice of units mends that.",
        "Register learners once they have what is asked, or correct the figure under learners.",
        asking("units: [B1, B2]", "role: agent, practice_hours: 80"),
        ASKED,
    ),
}
