"""NVQ2xx: naming units and qualifications."""

from nvqplan.explanations.explanation import Explanation, curriculum

NAMING = {
    "NVQ201": Explanation(
        "No unit of the catalogue has this number or UAN, or two have this UAN.",
        "Write the number that the message offers, or look it up with nvqplan units.",
        curriculum(
            "qualification: l1-award\npathways:\n  first: {units: [101, 201, 102, 103, 2o4]}\n"
        ),
    ),
    "NVQ202": Explanation(
        "The unit exists, but the qualification offers it in no group, so it counts for nothing.",
        "Take it out, or choose a qualification that offers it: nvqplan explain and the unit's "
        "number tell which do.",
        curriculum(
            "qualification: l1-award\npathways:\n  first: {units: [101, 201, 102, 103, 401]}\n"
        ),
    ),
    "NVQ203": Explanation(
        "A unit counts once, however often it is listed.",
        "Delete the second one, or write the unit that was meant in its place.",
        curriculum(
            "qualification: l1-award\npathways:\n  first: {units: [101, 201, 102, 103, 101]}\n"
        ),
    ),
    "NVQ204": Explanation(
        "No qualification of the rulebook has this id, number, QAN or level, or several have.",
        "Write the id that the message offers; nvqplan rules lists all of them.",
        curriculum("qualification: l1-awrad\npathways:\n  first: {units: [101, 201, 102, 103]}\n"),
    ),
    "NVQ205": Explanation(
        "The centre's offer does not list the unit, and the learner does not hold it yet.",
        "Choose a unit that the centre delivers, list this one under offer, or under held where "
        "it is already achieved or evidenced.",
        curriculum(
            "qualification: l1-award\n"
            "offer: [101, 102, 201]\n"
            "pathways:\n"
            "  first: {units: [101, 201, 102, 103]}\n"
        ),
    ),
    "NVQ206": Explanation(
        "A held unit is part of the mix: it must stand under units as well.",
        "Add it to units, or take it out of held.",
        curriculum(
            "qualification: l1-award\n"
            "pathways:\n"
            "  first: {units: [101, 201, 102, 103], held: [104]}\n"
        ),
    ),
    "NVQ207": Explanation(
        "The qualification has no rule of this id, so there can be no exception to it.",
        "Write the id that the message offers; nvqplan rules lists all of them.",
        curriculum(
            "qualification: l1-award\n"
            "pathways:\n"
            "  first:\n"
            "    units: [101, 201, 102, 103]\n"
            "    exceptions:\n"
            "      - {rule: levle, reason: Transfer, by: J. Smith, until: 2027-03-31}\n"
        ),
    ),
}
