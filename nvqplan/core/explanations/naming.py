"""NVQ2xx: naming units and qualifications."""

from nvqplan.core.explanations.explanation import ASKED, Explanation, asking, curriculum, rulebook

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
    "NVQ208": Explanation(
        "The rulebook declares no attribute and no figure of this name for the qualification, so "
        "nobody can tell what is meant. The pathway is not judged.",
        "Write the name that the message offers, or take it out.",
        asking("units: [B1, B2]", "roel: agent, practice_hours: 120"),
        ASKED,
    ),
    "NVQ209": Explanation(
        "The rulebook lists the values of each attribute, and this is none of them. The pathway "
        "is not judged.",
        "Write the value that the message offers.",
        asking("units: [B1, B2]", "role: teamleader, practice_hours: 120"),
        ASKED,
    ),
    "NVQ210": Explanation(
        "A unit is taught, held, accredited or exempt: one of them. Rules may count each apart, "
        "so the pathway is not judged.",
        "Take the unit out of one of the lists.",
        asking("units: [B1, B2], held: [B1], apl: [B1]"),
        ASKED,
    ),
    "NVQ211": Explanation(
        "The rulebook does not say that pathways of this qualification may import units, so they "
        "count for nothing.",
        "Take them out, or choose a qualification that takes imported units.",
        {
            **rulebook(),
            **curriculum(
                "qualification: baker\n"
                "pathways:\n"
                "  first:\n"
                "    units: [B1, B2]\n"
                "    imported: [{unit: X/123/4567, level: 2, credits: 3, glh: 20}]\n"
            ),
        },
        ASKED,
    ),
    "NVQ212": Explanation(
        "An imported unit is offered by the qualification itself, weighs something else in the "
        "catalogue, or does not say all that the rulebook sums. The pathway is not judged.",
        "List it under units where it is offered, else write what it weighs.",
        asking("units: [B1, B2], imported: [{unit: B3, level: 3, credits: 5, glh: 40}]"),
        ASKED,
    ),
}
