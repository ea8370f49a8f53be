"""NVQ5xx: what is told and fails nothing by itself."""

from nvqplan.core.explanations.explanation import ASKED, Explanation, asking, curriculum

REMARKS = {
    "NVQ501": Explanation(
        "The mix stays legal without these units, and each costs the centre a registration.",
        "Drop them, unless the learner wants them; units that are held already are never named.",
        curriculum(
            "qualification: l1-award\npathways:\n  first: {units: [101, 201, 102, 103, 104]}\n"
        ),
    ),
    "NVQ502": Explanation(
        "The handbook is misprinted or open here, and read the other way the verdict changes.",
        "Ask the external quality assurer before you rely on it, and say which way to read with "
        "--reading. With --fail-on warning such a verdict fails.",
        curriculum(
            "qualification: l4-diploma\n"
            "registered: 2026-09-01\n"
            "youngest: 18\n"
            "pathways:\n"
            "  lead: {units: [101, 401, 309, 316, 304, 307, 403, 404]}\n"
        ),
    ),
    "NVQ503": Explanation(
        "Some rules depend on the date of registration. The file names none, so the newest "
        "window was used.",
        "Write registered: and the date on which these learners are registered.",
        curriculum(
            "qualification: l3-diploma\n"
            "youngest: 17\n"
            "pathways:\n"
            "  sales: {units: [101, 301, 204, 303, 305, 405, 229, 328, 329, 330]}\n"
        ),
    ),
    "NVQ504": Explanation(
        "The qualification has a lowest age, and the file does not name the youngest learner's.",
        "Write youngest: and the age of the youngest learner at registration.",
        curriculum(
            "qualification: l3-diploma\n"
            "registered: 2026-09-01\n"
            "pathways:\n"
            "  sales: {units: [101, 301, 204, 303, 305, 405, 229, 328, 329, 330]}\n"
        ),
    ),
    "NVQ505": Explanation(
        "The rules file attaches a remark to mixes like this one.",
        "Read it; nothing is wrong with the mix.",
        curriculum(
            "qualification: l3-diploma\n"
            "registered: 2017-07-01\n"
            "youngest: 17\n"
            "pathways:\n"
            "  manager: {units: [101, 301, 204, 303, 305, 405, 229, 328, 329, 319]}\n"
        ),
    ),
    "NVQ506": Explanation(
        "The pathway breaks a rule, and the file says who approved that, why and until when. It "
        "stays illegal, and does not fail.",
        "Nothing, until its last day.",
        curriculum(
            "qualification: l1-award\n"
            "pathways:\n"
            "  first:\n"
            "    units: [101, 102, 103, 105]\n"
            "    exceptions:\n"
            "      - {rule: mandatory, reason: Transfer, by: J. Smith, until: 2027-03-31}\n"
        ),
        "nvqplan check example.yaml --today 2027-03-31",
    ),
    "NVQ507": Explanation(
        "The last day of an approved exception is over, so that the rule counts again.",
        "Mend the pathway, or have the exception approved anew and write its new last day.",
        curriculum(
            "qualification: l1-award\n"
            "pathways:\n"
            "  first:\n"
            "    units: [101, 102, 103, 105]\n"
            "    exceptions:\n"
            "      - {rule: mandatory, reason: Transfer, by: J. Smith, until: 2027-03-31}\n"
        ),
        "nvqplan check example.yaml --today 2027-04-01 --ignore NVQ3",
    ),
    "NVQ508": Explanation(
        "An exception to a rule that holds, or to one that has an exception already, hides what "
        "goes wrong one day.",
        "Take it out.",
        curriculum(
            "qualification: l1-award\n"
            "pathways:\n"
            "  first:\n"
            "    units: [101, 201, 102, 103]\n"
            "    exceptions:\n"
            "      - {rule: mandatory, reason: Transfer, by: J. Smith, until: 2027-03-31}\n"
        ),
        "nvqplan check example.yaml --today 2027-03-31",
    ),
    "NVQ511": Explanation(
        "The last day of a suppression is over, so that what it hid is told again.",
        "Mend what it hid, or write a new last day and why.",
        curriculum(
            "qualification: l1-award\n"
            "pathways:\n"
            "  first: # nvqplan: ignore[NVQ501] the employer asks for it until 2027-03-31\n"
            "    units: [101, 201, 102, 103, 104]\n"
        ),
        "nvqplan check example.yaml --today 2027-04-01 --ignore NVQ501",
    ),
    "NVQ512": Explanation(
        "There is no such finding where the comment stands, so that it hides what goes wrong one "
        "day.",
        "Take the code out, or put the comment beside the finding.",
        curriculum(
            "qualification: l1-award\n"
            "pathways:\n"
            "  first: # nvqplan: ignore[NVQ501] the employer asks for it\n"
            "    units: [101, 201, 102, 103]\n"
        ),
    ),
    "NVQ515": Explanation(
        "A rule asks for a figure of the learner that nobody told, so that it is not checked.",
        "Write the figure under learners.",
        asking("units: [B1, B2]", "role: agent"),
        ASKED,
    ),
    "NVQ516": Explanation(
        "Some rules depend on an attribute of the learner, or on the age, that nobody told. The "
        "verdict is the same whatever it is; what else is told is for the learner that is named.",
        "Write the attribute under learners, or youngest: and the age.",
        asking("units: [B1, B2, B3], held: [B1, B2]", "practice_hours: 120"),
        ASKED,
    ),
    "NVQ517": Explanation(
        "Some rules depend on an attribute of the learner, or on the age, that nobody told, and so "
        "does the verdict: the mix passes, but only for the learners that are named.",
        "Write the attribute under learners, or youngest: and the age. With --fail-on warning such "
        "a verdict fails.",
        asking("units: [B1, B2]", "practice_hours: 120"),
        ASKED,
    ),
    "NVQ518": Explanation(
        "The verdict is known, but to find what lies near the mix, such as its repairs or the "
        "smallest completion of a draft, would take more memory than is allowed.",
        "Allow more with --memory, 1GiB if you say nothing.",
        curriculum(
            """\
qualification: l3-diploma
registered: 2026-09-01
youngest: 17
pathways:
  sales: {status: draft, units: [101, 301]}
"""
        ),
        "nvqplan check example.yaml --memory 64KiB",
    ),
}
