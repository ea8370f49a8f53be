"""NVQ5xx: what is told and fails nothing by itself."""

from nvqplan.explanations.explanation import Explanation, curriculum

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
        "--reading. With --strict such a verdict fails.",
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
}
