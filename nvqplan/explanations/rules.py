"""NVQ3xx: rules of combination."""

from nvqplan.explanations.explanation import ASKED, Explanation, asking, curriculum, rulebook
from nvqplan.explanations.explanation import RULES as BAKERY

BUILDS_ON = """
[[qualification.rule]]
id = "builds-on"
says = "Sourdough builds on bread"
requires = { B3 = ["B2"] }
"""

DIPLOMA = "qualification: l3-diploma\nregistered: 2026-09-01\n"
SALES = "pathways:\n  sales:\n    units: [101, 301, 204, 303, 305, 405, 229, 328, 329, 330]\n"

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
        "Every mandatory unit must be in the mix.",
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
        "A unit of the mix asks for another that is not in it.",
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
    "NVQ315": Explanation(
        "A figure of the learner, such as hours of practice, is less than a rule asks or more than "
        "it allows. No choice of units mends that.",
        "Register learners once they have what is asked, or correct the figure under learners.",
        asking("units: [B1, B2]", "role: agent, practice_hours: 80"),
        ASKED,
    ),
}
